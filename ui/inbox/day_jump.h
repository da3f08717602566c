#pragma once

#include "style/popup_frame.h"

#include <QDate>

class QCalendarWidget;

namespace longcode::inbox {

/// A calendar that goes when one clicks beside it: choose a day to go to. UI thread.
class DayJump final : public style::PopupFrame {
    Q_OBJECT
public:
    explicit DayJump(QWidget *parent = nullptr);

    /// Opens at the top of a widget, at the day that is looked at; days after `today` cannot be chosen.
    void openOver(const QWidget &widget, const QDate &shown, const QDate &today);

Q_SIGNALS:
    void dayChosen(const QDate &day);

private:
    QCalendarWidget *m_calendar;
};

} // namespace longcode::inbox
