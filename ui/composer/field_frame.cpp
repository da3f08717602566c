#include "composer/field_frame.h"

#include "style/tokens.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace longcode::composer {

namespace {

constexpr qreal radius = 8;

} // namespace

FieldFrame::FieldFrame(QWidget *content, QWidget *parent) : QWidget(parent), m_content(content) {
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 5, 6, 5);
    column->addWidget(content);
    content->installEventFilter(this);
    setFocusProxy(content);
}

void FieldFrame::setFill(FieldFill fill) {
    m_fill = fill;
    update();
}

bool FieldFrame::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QWidget::eventFilter(watched, event);
}

void FieldFrame::paintEvent(QPaintEvent *) {
    const style::Tokens &tokens = style::tokensFor(this);
    const bool focused = m_content->hasFocus();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(focused ? tokens.accent : tokens.borderStrong, focused ? 1.6 : 1.0));
    painter.setBrush(m_fill == FieldFill::Note ? tokens.note : tokens.field);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.8, 0.8, -0.8, -0.8), radius, radius);
}

} // namespace longcode::composer
