#include "style/popup_frame.h"

#include "style/theme.h"

#include <QPainter>

namespace longcode::style {

PopupFrame::PopupFrame(QWidget *parent) : QFrame(parent, Qt::Popup) {}

void PopupFrame::paintEvent(QPaintEvent *) {
    const Tokens &tokens = tokensFor(this);
    QPainter painter(this);
    painter.setPen(tokens.borderStrong);
    painter.setBrush(tokens.surface);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace longcode::style
