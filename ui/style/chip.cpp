#include "style/chip.h"

#include "style/theme.h"

#include <QLocale>
#include <QPainter>

namespace longcode::style {

Chip::Chip(const QString &text, QWidget *parent) : QAbstractButton(parent) {
    setText(text);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(text);
}

void Chip::setCount(int count) {
    if (m_count == count)
        return;
    m_count = count;
    setAccessibleName(words());
    updateGeometry();
    update();
}

QString Chip::words() const {
    return m_count < 0
               ? text()
               : tr("%1 %2", "a filter and how many it holds").arg(text(), QLocale().toString(m_count));
}

QFont Chip::chipFont() const {
    return textFont(font(), TextSize::Small);
}

QSize Chip::sizeHint() const {
    const QFontMetrics metrics(chipFont());
    return {metrics.horizontalAdvance(words()) + 24, metrics.height() + 7};
}

void Chip::paintEvent(QPaintEvent *) {
    const Tokens &tokens = tokensFor(this);
    const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool over = isEnabled() && underMouse();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isChecked() ? QPen(Qt::NoPen) : QPen(tokens.borderStrong));
    painter.setBrush(isChecked() ? tokens.accent : over || isDown() ? tokens.raised : tokens.surface);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    if (hasFocus()) {
        const QRectF ring = pill.adjusted(2, 2, -2, -2);
        painter.setPen(QPen(isChecked() ? tokens.accentText : tokens.accent, 1.2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2);
    }
    painter.setFont(chipFont());
    painter.setPen(isChecked() ? tokens.accentText : isEnabled() ? tokens.muted : tokens.scrollHandle);
    painter.drawText(rect(), Qt::AlignCenter, words());
}

} // namespace longcode::style
