#include "composer/toned_label.h"

#include <QApplication>
#include <QEvent>

namespace longcode::composer {

TonedLabel::TonedLabel(style::TextTone tone, QWidget *parent) : QLabel(parent), m_tone(tone) {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    colour();
}

void TonedLabel::setTone(style::TextTone tone) {
    m_tone = tone;
    colour();
}

void TonedLabel::setTextSize(style::TextSize size) {
    m_size = size;
    colour();
}

void TonedLabel::setStrong() {
    m_weight = style::TextWeight::Strong;
    colour();
}

void TonedLabel::changeEvent(QEvent *event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        colour();
}

void TonedLabel::colour() {
    QPalette changed = palette();
    changed.setColor(QPalette::WindowText, style::colourOf(m_tone, style::tokensFor(this)));
    setPalette(changed);
    setFont(style::textFont(QApplication::font(this), m_size, m_weight));
}

} // namespace longcode::composer
