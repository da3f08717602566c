#include "style/elided_label.h"

#include "style/plain_text.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace longcode::style {

QColor colourOf(TextTone tone, const Tokens &tokens) {
    switch (tone) {
    case TextTone::Text:
        return tokens.text;
    case TextTone::Muted:
        return tokens.muted;
    case TextTone::Accent:
        return tokens.accent;
    case TextTone::Warn:
        return tokens.warn;
    case TextTone::Danger:
        return tokens.danger;
    }
    return tokens.text;
}

ElidedLabel::ElidedLabel(QWidget *parent) : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

ElidedLabel::ElidedLabel(TextSize size, TextTone tone, QWidget *parent) : ElidedLabel(parent) {
    m_size = size;
    m_tone = tone;
}

void ElidedLabel::setTextSize(TextSize size, TextWeight weight) {
    m_size = size;
    m_weight = weight;
    updateGeometry();
    update();
}

void ElidedLabel::setTone(TextTone tone) {
    m_tone = tone;
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode) {
    m_elide = mode;
    update();
}

QFont ElidedLabel::labelFont() const {
    return textFont(font(), m_size, m_weight);
}

QSize ElidedLabel::sizeHint() const {
    const QFontMetrics metrics(labelFont());
    return {metrics.horizontalAdvance(displayLine(text())) + 2, metrics.height() + 2};
}

QSize ElidedLabel::minimumSizeHint() const {
    const QFontMetrics metrics(labelFont());
    return {qMin(sizeHint().width(), metrics.averageCharWidth() * 4), metrics.height() + 2};
}

void ElidedLabel::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setFont(labelFont());
    painter.setPen(isEnabled() ? colourOf(m_tone, tokensFor(this))
                               : palette().color(QPalette::Disabled, QPalette::Text));
    const QString shown = painter.fontMetrics().elidedText(displayLine(text()), m_elide, width());
    const Qt::Alignment horizontal =
        QStyle::visualAlignment(layoutDirection(), alignment() & Qt::AlignHorizontal_Mask);
    painter.drawText(rect(), int(horizontal | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
}

bool ElidedLabel::event(QEvent *event) {
    if (event->type() != QEvent::ToolTip)
        return QLabel::event(event);
    if (sizeHint().width() <= width())
        return QLabel::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), plainToolTip(displayLine(text())), this);
    return true;
}

} // namespace longcode::style
