#include "health/state_dot.h"

#include <QPainter>

namespace longcode::health {

QColor colourOf(StateTone tone, const style::Tokens &tokens) {
    switch (tone) {
    case StateTone::Quiet:
        return tokens.muted;
    case StateTone::Good:
        return tokens.accent;
    case StateTone::Warn:
        return tokens.warn;
    case StateTone::Bad:
        return tokens.danger;
    }
    return tokens.muted;
}

StateDot::StateDot(QWidget *parent) : QWidget(parent) {
    setFixedSize(14, 14);
}

void StateDot::setTone(StateTone tone) {
    m_tone = tone;
    update();
}

void StateDot::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(m_tone, style::tokensFor(this)));
    painter.drawEllipse(QRectF(rect()).adjusted(2, 2, -2, -2));
}

} // namespace longcode::health
