#include "style/panel.h"

#include "style/tokens.h"

#include <QPainter>

namespace longcode::style {

namespace {

QColor colourOf(Fill fill, const Tokens &tokens) {
    switch (fill) {
    case Fill::Window:
        return tokens.window;
    case Fill::Surface:
        return tokens.surface;
    case Fill::Field:
        return tokens.field;
    case Fill::Raised:
        return tokens.raised;
    case Fill::AccentSoft:
        return tokens.accentSoft;
    case Fill::WarnSoft:
        return tokens.warnSoft;
    case Fill::DangerSoft:
        return tokens.dangerSoft;
    case Fill::Note:
        return tokens.note;
    }
    return tokens.surface;
}

} // namespace

Panel::Panel(Fill fill, QWidget *parent) : QWidget(parent), m_fill(fill) {}

void Panel::setFill(Fill fill) {
    m_fill = fill;
    update();
}

void Panel::setEdges(Qt::Edges edges) {
    m_edges = edges;
    update();
}

void Panel::setRadius(int radius) {
    m_radius = radius;
    update();
}

void Panel::paintEvent(QPaintEvent *) {
    const Tokens &tokens = tokensFor(this);
    QPainter painter(this);
    if (m_radius > 0) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(colourOf(m_fill, tokens));
        painter.setPen(m_edges ? QPen(tokens.borderStrong) : QPen(Qt::NoPen));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_radius, m_radius);
        return;
    }
    painter.fillRect(rect(), colourOf(m_fill, tokens));
    if (m_edges & Qt::TopEdge)
        painter.fillRect(0, 0, width(), 1, tokens.border);
    if (m_edges & Qt::BottomEdge)
        painter.fillRect(0, height() - 1, width(), 1, tokens.border);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    if (m_edges & (mirrored ? Qt::RightEdge : Qt::LeftEdge))
        painter.fillRect(0, 0, 1, height(), tokens.border);
    if (m_edges & (mirrored ? Qt::LeftEdge : Qt::RightEdge))
        painter.fillRect(width() - 1, 0, 1, height(), tokens.border);
}

} // namespace longcode::style
