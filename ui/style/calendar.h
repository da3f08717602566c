#pragma once

class QCalendarWidget;

namespace longcode::style {

/// Gives a calendar the console's colours and arrows, and weekends the colour of text: nothing is wrong with
/// them. To be called each time before it is shown, for the scheme may have changed.
void dressCalendar(QCalendarWidget &calendar);

} // namespace longcode::style
