#include "inbox/day_jump.h"

#include "style/calendar.h"

#include <QCalendarWidget>
#include <QVBoxLayout>

namespace longcode::inbox {

DayJump::DayJump(QWidget *parent) : PopupFrame(parent), m_calendar(new QCalendarWidget(this)) {
    setObjectName(QStringLiteral("dayJump"));
    setAccessibleName(tr("Go to a day"));
    m_calendar->setObjectName(QStringLiteral("dayCalendar"));
    m_calendar->setAccessibleName(tr("Day to go to"));
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setGridVisible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(6, 6, 6, 6);
    column->addWidget(m_calendar);
    const auto choose = [this](const QDate &day) {
        hide();
        Q_EMIT dayChosen(day);
    };
    connect(m_calendar, &QCalendarWidget::clicked, this, choose);
    connect(m_calendar, &QCalendarWidget::activated, this, [this, choose](const QDate &day) {
        if (isVisible()) // a click that was also an activation has chosen already
            choose(day);
    });
}

void DayJump::openOver(const QWidget &widget, const QDate &shown, const QDate &today) {
    style::dressCalendar(*m_calendar);
    m_calendar->setMaximumDate(today);
    m_calendar->setSelectedDate(shown.isValid() ? shown : today);
    adjustSize();
    move(widget.mapToGlobal(QPoint((widget.width() - width()) / 2, 10)));
    show();
    m_calendar->setFocus(Qt::PopupFocusReason);
}

} // namespace longcode::inbox
