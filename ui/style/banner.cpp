#include "style/banner.h"

#include "style/console_style.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace longcode::style {

namespace {
constexpr int iconExtent = 16;
constexpr int margin = 10;
} // namespace

Banner::Banner(BannerTone tone, QWidget *parent)
    : QWidget(parent), m_tone(tone), m_text(new QLabel(this)), m_row(new QHBoxLayout(this)) {
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_row->setContentsMargins(margin + iconExtent + 8, 4, margin, 4);
    m_row->setSpacing(14);
    m_row->addWidget(m_text, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    colour();
}

void Banner::setTone(BannerTone tone) {
    m_tone = tone;
    colour();
}

void Banner::setIcon(IconName name) {
    m_icon = name;
    update();
}

void Banner::setText(const QString &text) {
    m_text->setText(text);
    setAccessibleDescription(text);
}

QString Banner::text() const {
    return m_text->text();
}

QPushButton *Banner::addAction(const QString &text) {
    auto *button = new QPushButton(text, this);
    setButtonKind(button, ButtonKind::Link);
    m_row->addWidget(button);
    m_actions << button;
    colour();
    return button;
}

QColor Banner::ink() const {
    const Tokens &tokens = tokensFor(this);
    return m_tone == BannerTone::Danger ? tokens.danger
           : m_tone == BannerTone::Warn ? tokens.warn
                                        : tokens.text;
}

void Banner::colour() {
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, ink());
    m_text->setPalette(palette);
    for (QPushButton *button : m_actions) {
        QPalette link = button->palette();
        link.setColor(QPalette::Link, ink());
        button->setPalette(link);
    }
    update();
}

void Banner::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        colour();
}

void Banner::paintEvent(QPaintEvent *) {
    const Tokens &tokens = tokensFor(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_tone == BannerTone::Danger ? tokens.dangerSoft
                     : m_tone == BannerTone::Warn ? tokens.warnSoft
                                                  : tokens.note);
    painter.drawRoundedRect(rect(), 7, 7);
    const int x = layoutDirection() == Qt::RightToLeft ? width() - margin - iconExtent : margin;
    paintIcon(&painter, QRectF(x, (height() - iconExtent) / 2.0, iconExtent, iconExtent), m_icon, ink());
}

} // namespace longcode::style
