#pragma once

#include <QDateTime>
#include <QString>

/// The panes of the inbox: the list of conversations, one conversation, and what is known about the customer.
/// Widgets over desk::Inbox and desk::Account; UI thread only.
namespace longcode::inbox {

/// "10:42" in local time, as the locale writes it.
[[nodiscard]] QString timeOfDay(const QDateTime &at);
/// For a list: "10:42" today, "Mon" within a week, else "5 Mar" or "5 Mar 2024".
[[nodiscard]] QString shortWhen(const QDateTime &at, const QDateTime &now);
/// "14:30" today, "Tue 09:00" within a week, else "5 Mar 09:00".
[[nodiscard]] QString dayAndTime(const QDateTime &at, const QDateTime &now);
/// "24 Nov 2026 10:43", whatever day it is.
[[nodiscard]] QString dateAndTime(const QDateTime &at);
/// For a separator: "Today", "Yesterday", "Monday, 2 March", with the year when it is another one.
[[nodiscard]] QString dayInWords(const QDate &day, const QDate &today);

} // namespace longcode::inbox
