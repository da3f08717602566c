#include "style/console_style.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QScrollBar>
#include <QStyleOption>
#include <QVariant>

namespace longcode::style {

namespace {

constexpr const char *kindProperty = "longcodeButtonKind";
constexpr int controlHeight = 32;
constexpr int scrollBarExtent = 11;
constexpr int shortestHandle = 32;

} // namespace

void setButtonKind(QAbstractButton *button, ButtonKind kind) {
    button->setProperty(kindProperty, static_cast<int>(kind));
    if (kind == ButtonKind::Link)
        button->setCursor(Qt::PointingHandCursor);
    button->updateGeometry();
    button->update();
}

ButtonKind buttonKind(const QWidget *button) {
    return button ? static_cast<ButtonKind>(button->property(kindProperty).toInt()) : ButtonKind::Plain;
}

ConsoleStyle::ConsoleStyle(const Tokens &tokens) : QProxyStyle(QStringLiteral("fusion")), m_tokens(tokens) {}

QRect ConsoleStyle::scrollBarRect(const QStyleOptionSlider *option, SubControl subControl) const {
    const bool upright = option->orientation == Qt::Vertical;
    const QRect groove = option->rect;
    const int length = upright ? groove.height() : groove.width();
    const qint64 range = qint64(option->maximum) - option->minimum;
    int handle = length;
    if (range > 0)
        handle = qBound(qMin(shortestHandle, length),
                        int(qint64(option->pageStep) * length / (range + qMax(1, option->pageStep))), length);
    const int start = sliderPositionFromValue(option->minimum, option->maximum, option->sliderPosition,
                                              length - handle, option->upsideDown);
    const auto part = [&](int from, int extent) {
        return upright ? QRect(groove.x(), groove.y() + from, groove.width(), extent)
                       : QRect(groove.x() + from, groove.y(), extent, groove.height());
    };
    switch (subControl) {
    case SC_ScrollBarGroove:
        return groove;
    case SC_ScrollBarSlider:
        return part(start, handle);
    case SC_ScrollBarSubPage:
        return part(0, start);
    case SC_ScrollBarAddPage:
        return part(start + handle, length - start - handle);
    default:
        return {}; // no arrow buttons
    }
}

QRect ConsoleStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                   SubControl subControl, const QWidget *widget) const {
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return visualRect(slider->direction, slider->rect, scrollBarRect(slider, subControl));
    }
    QRect rect = QProxyStyle::subControlRect(control, option, subControl, widget);
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField) {
        const int before =
            qobject_cast<const QAbstractSpinBox *>(widget) ? 2 : 10; // a date's field has its own
        rect = visualRect(option->direction, option->rect, option->rect.adjusted(before, 2, -26, -2));
    }
    return rect;
}

QRect ConsoleStyle::subElementRect(SubElement element, const QStyleOption *option,
                                   const QWidget *widget) const {
    if (element == SE_LineEditContents)
        return option->rect.adjusted(8, 1, -8, -1);
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize ConsoleStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                     const QWidget *widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        if (buttonKind(widget) == ButtonKind::Link)
            return {size.width() + 6, size.height() + 4};
        result.setWidth(size.width() + 26);
        result.setHeight(qMax(controlHeight, size.height() + 12));
        return result;
    case CT_LineEdit:
        return {size.width() + 18, qMax(controlHeight, size.height() + 12)};
    case CT_ComboBox:
        return {qMax(result.width(), size.width() + 40), qMax(controlHeight, size.height() + 12)};
    case CT_SpinBox:
        return {result.width() + 6, qMax(controlHeight, result.height())};
    case CT_ToolButton:
        return {qMax(controlHeight, size.width() + 12), qMax(controlHeight, size.height() + 8)};
    case CT_MenuItem:
        result.setHeight(qMax(result.height(), option->fontMetrics.height() + 10));
        return result;
    default:
        return result;
    }
}

int ConsoleStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const {
    switch (metric) {
    case PM_ScrollBarExtent:
        return scrollBarExtent;
    case PM_ScrollBarSliderMin:
        return shortestHandle;
    case PM_SplitterWidth:
    case PM_DefaultFrameWidth:
        return 1;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ConsoleStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                            QStyleHintReturn *returnData) const {
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_ScrollView_FrameOnlyAroundContents:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void ConsoleStyle::polish(QWidget *widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) ||
        qobject_cast<QScrollBar *>(widget) || qobject_cast<QLineEdit *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

} // namespace longcode::style
