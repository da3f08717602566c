#include "composer/encoding_notice.h"

#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>

namespace longcode::composer {

EncodingNoticeBar::EncodingNoticeBar(QWidget *parent)
    : QWidget(parent)
    , m_sentence(new style::ElidedLabel(style::TextSize::Small, style::TextTone::Muted, this))
    , m_characters(new QLabel(this))
    , m_replace(new QPushButton(tr("Replace (smart encoding)"), this)) {
    setObjectName(QStringLiteral("encodingNotice"));
    m_sentence->setObjectName(QStringLiteral("encodingNoticeText"));
    m_characters->setObjectName(QStringLiteral("encodingNoticeCharacters"));
    m_characters->setTextFormat(Qt::PlainText);
    m_replace->setObjectName(QStringLiteral("replaceButton"));
    m_replace->setToolTip(tr("Replace these characters by ones that GSM-7 has (Alt+R)"));
    style::setButtonKind(m_replace, style::ButtonKind::Link);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 3, 10, 3);
    row->setSpacing(6);
    row->addWidget(m_sentence);
    row->addWidget(m_characters);
    row->addStretch(1);
    row->addWidget(m_replace);
    // Not the button's own shortcut: that clicks a tenth of a second later.
    auto *key = new QShortcut(QKeySequence(Qt::ALT | Qt::Key_R), m_replace);
    connect(key, &QShortcut::activated, this, &EncodingNoticeBar::replaceRequested);
    connect(m_replace, &QPushButton::clicked, this, &EncodingNoticeBar::replaceRequested);
    colour();
    hide();
}

void EncodingNoticeBar::say(const EncodingNotice &notice) {
    m_weight = notice.weight;
    m_sentence->setText(notice.sentence);
    m_characters->setText(notice.characters);
    m_replace->setVisible(notice.replaceable);
    setAccessibleDescription(notice.sentence + u' ' + notice.characters);
    colour();
    setVisible(notice.weight != NoticeWeight::None);
}

QString EncodingNoticeBar::sentence() const {
    return m_sentence->text();
}

QString EncodingNoticeBar::characters() const {
    return m_characters->text();
}

void EncodingNoticeBar::colour() {
    const style::Tokens &tokens = style::tokensFor(this);
    const bool warns = m_weight == NoticeWeight::Warning;
    const QColor ink = warns ? tokens.warn : tokens.muted;
    m_sentence->setTone(warns ? style::TextTone::Warn : style::TextTone::Muted);
    QPalette palette = m_characters->palette();
    palette.setColor(QPalette::WindowText, ink);
    m_characters->setPalette(palette);
    QPalette link = m_replace->palette();
    link.setColor(QPalette::Link, ink);
    m_replace->setPalette(link);
    m_replace->setFont(style::textFont(font(), style::TextSize::Small));
    QFont marked = style::textFont(font(), style::TextSize::Small, style::TextWeight::Strong);
    marked.setUnderline(true);
    m_characters->setFont(marked);
    update();
}

void EncodingNoticeBar::changeEvent(QEvent *event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        colour();
    QWidget::changeEvent(event);
}

void EncodingNoticeBar::paintEvent(QPaintEvent *) {
    const style::Tokens &tokens = style::tokensFor(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_weight == NoticeWeight::Warning ? tokens.warnSoft : tokens.raised);
    painter.drawRoundedRect(rect(), 7, 7);
}

} // namespace longcode::composer
