#include "style/console_style.h"

#include "style/icons.h"

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace longcode::style {

namespace {

constexpr qreal controlRadius = 7;

QRectF hairline(const QRect &rect) {
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

void fillRounded(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &edge, qreal radius) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->setPen(edge.isValid() ? QPen(edge, 1) : QPen(Qt::NoPen));
    painter->drawRoundedRect(hairline(rect), radius, radius);
    painter->restore();
}

void focusRing(QPainter *painter, const QRect &rect, const QColor &colour, qreal radius) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colour, 2));
    painter->drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius);
    painter->restore();
}

bool hasKeyboardFocus(const QStyleOption *option) {
    return (option->state & QStyle::State_HasFocus) && (option->state & QStyle::State_KeyboardFocusChange);
}

} // namespace

void ConsoleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const {
    const bool focused = option->state & State_HasFocus;
    switch (element) {
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            focusRing(painter, option->rect, m_tokens.accent, 4);
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            drawFrame(option, painter, option->palette.color(QPalette::Base), focused);
        return;
    case PE_FrameLineEdit:
        return;
    case PE_Frame:
        drawFrame(option, painter, {}, focused && qobject_cast<const QAbstractScrollArea *>(widget));
        return;
    case PE_FrameGroupBox:
        drawFrame(option, painter, {}, false);
        return;
    case PE_PanelMenu:
    case PE_FrameMenu:
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, element == PE_PanelTipLabel ? m_tokens.raised : m_tokens.surface);
        painter->setPen(m_tokens.borderStrong);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelButtonTool:
        drawToolButtonPanel(option, painter);
        return;
    case PE_IndicatorCheckBox:
        drawCheckBox(option, painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadioButton(option, painter);
        return;
    case PE_IndicatorArrowDown:
        paintIcon(painter, option->rect, IconName::ChevronDown, m_tokens.muted);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ConsoleStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const {
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            drawButtonPanel(button, painter, widget);
        return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            drawButtonLabel(button, painter, widget);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, m_tokens.border);
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void ConsoleStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                      QPainter *painter, const QWidget *widget) const {
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            drawScrollBar(slider, painter, widget);
        return;
    }
    if (control == CC_ComboBox) {
        drawComboBox(option, painter, widget);
        return;
    }
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (control == CC_SpinBox && spin && spin->buttonSymbols == QAbstractSpinBox::NoButtons) {
        drawFrame(option, painter, m_tokens.field, option->state & State_HasFocus);
        return;
    }
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (control == CC_ToolButton && button) {
        QStyleOptionToolButton bare(*button); // an icon needs no arrow beside it, and words bring their own
        bare.features &= ~QStyleOptionToolButton::HasMenu;
        QProxyStyle::drawComplexControl(control, &bare, painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void ConsoleStyle::drawButtonPanel(const QStyleOptionButton *option, QPainter *painter,
                                   const QWidget *widget) const {
    const ButtonKind kind = buttonKind(widget);
    const bool enabled = option->state & State_Enabled;
    const bool over = enabled && (option->state & State_MouseOver);
    const bool down = option->state & (State_Sunken | State_On);
    QColor fill = down   ? m_tokens.raised.darker(m_tokens.dark ? 85 : 105)
                  : over ? m_tokens.raised
                         : m_tokens.surface;
    QColor edge = m_tokens.borderStrong;
    if (kind == ButtonKind::Primary) {
        fill = !enabled ? m_tokens.raised
               : down   ? m_tokens.accent.darker(115)
               : over   ? m_tokens.accent.lighter(110)
                        : m_tokens.accent;
        edge = QColor();
    } else if (kind == ButtonKind::Quiet && !down && !over) {
        fill = edge = QColor();
    } else if (kind == ButtonKind::Link) {
        fill = edge = QColor();
    } else if (kind == ButtonKind::Danger && enabled) {
        edge = m_tokens.danger;
    }
    if (fill.isValid() || edge.isValid())
        fillRounded(painter, option->rect, fill, edge, controlRadius);
    if (hasKeyboardFocus(option))
        focusRing(painter, option->rect, kind == ButtonKind::Primary ? m_tokens.text : m_tokens.accent,
                  controlRadius);
    if (option->features & QStyleOptionButton::HasMenu) {
        const QRect arrow(option->rect.right() - 22, option->rect.center().y() - 7, 14, 14);
        paintIcon(painter, visualRect(option->direction, option->rect, arrow), IconName::ChevronDown,
                  m_tokens.muted);
    }
}

void ConsoleStyle::drawButtonLabel(const QStyleOptionButton *option, QPainter *painter,
                                   const QWidget *widget) const {
    const ButtonKind kind = buttonKind(widget);
    QStyleOptionButton label(*option);
    if (option->state & State_Enabled) {
        const QColor colour = kind == ButtonKind::Primary  ? m_tokens.accentText
                              : kind == ButtonKind::Link   ? widget->palette().color(QPalette::Link)
                              : kind == ButtonKind::Danger ? m_tokens.danger
                                                           : option->palette.color(QPalette::ButtonText);
        label.palette.setColor(QPalette::ButtonText, colour);
    }
    painter->save();
    QFont font = painter->font();
    font.setUnderline(kind == ButtonKind::Link);
    if (kind == ButtonKind::Primary)
        font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    QProxyStyle::drawControl(CE_PushButtonLabel, &label, painter, widget);
    painter->restore();
}

void ConsoleStyle::drawFrame(const QStyleOption *option, QPainter *painter, const QColor &fill,
                             bool focused) const {
    fillRounded(painter, option->rect, fill, focused ? m_tokens.accent : m_tokens.borderStrong,
                controlRadius);
    if (focused)
        focusRing(painter, option->rect, m_tokens.accent, controlRadius);
}

void ConsoleStyle::drawToolButtonPanel(const QStyleOption *option, QPainter *painter) const {
    const bool enabled = option->state & State_Enabled;
    const bool over = enabled && (option->state & State_MouseOver);
    const bool on = option->state & State_On;
    const bool down = option->state & State_Sunken;
    if (on || down || over)
        fillRounded(painter, option->rect, on ? m_tokens.accentSoft : m_tokens.raised, {}, controlRadius);
    if (hasKeyboardFocus(option))
        focusRing(painter, option->rect, m_tokens.accent, controlRadius);
}

void ConsoleStyle::drawCheckBox(const QStyleOption *option, QPainter *painter) const {
    const bool on = option->state & (State_On | State_NoChange);
    const bool enabled = option->state & State_Enabled;
    const QColor edge = option->state & State_MouseOver ? m_tokens.accent : m_tokens.muted;
    fillRounded(painter, option->rect, on ? (enabled ? m_tokens.accent : m_tokens.muted) : m_tokens.field,
                on ? QColor() : edge, 4);
    if (option->state & State_On)
        paintIcon(painter, QRectF(option->rect).adjusted(2, 2, -2, -2), IconName::Check, m_tokens.accentText);
    if (option->state & State_NoChange)
        painter->fillRect(option->rect.adjusted(4, 7, -4, -7), m_tokens.accentText);
}

void ConsoleStyle::drawRadioButton(const QStyleOption *option, QPainter *painter) const {
    const bool on = option->state & State_On;
    const QColor edge = on || (option->state & State_MouseOver) ? m_tokens.accent : m_tokens.muted;
    fillRounded(painter, option->rect, m_tokens.field, edge, option->rect.height() / 2.0);
    if (on)
        fillRounded(painter, option->rect.adjusted(4, 4, -4, -4), m_tokens.accent, m_tokens.accent,
                    option->rect.height() / 2.0);
}

void ConsoleStyle::drawComboBox(const QStyleOptionComplex *option, QPainter *painter,
                                const QWidget *widget) const {
    const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!box)
        return;
    const bool focused = (option->state & State_HasFocus) && (box->editable || hasKeyboardFocus(option));
    const bool over = (option->state & State_MouseOver) && (option->state & State_Enabled);
    if (box->frame)
        drawFrame(option, painter,
                  box->editable ? m_tokens.field
                  : over        ? m_tokens.raised
                                : m_tokens.surface,
                  focused);
    const QRect arrow(option->rect.right() - 21, option->rect.center().y() - 6, 14, 14);
    paintIcon(painter, visualRect(option->direction, option->rect, arrow), IconName::ChevronDown,
              m_tokens.muted);
    Q_UNUSED(widget)
}

void ConsoleStyle::drawScrollBar(const QStyleOptionSlider *option, QPainter *painter,
                                 const QWidget *widget) const {
    if (option->maximum <= option->minimum)
        return;
    const bool over = option->state & (State_MouseOver | State_Sunken);
    const QRect handle = proxy()->subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    const int inset = over ? 2 : 3;
    const QRect thumb = handle.adjusted(inset, inset, -inset, -inset);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(over ? m_tokens.muted : m_tokens.scrollHandle);
    const qreal radius = qMin(thumb.width(), thumb.height()) / 2.0;
    painter->drawRoundedRect(thumb, radius, radius);
    painter->restore();
}

} // namespace longcode::style
