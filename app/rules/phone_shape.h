#pragma once

#include <QString>
#include <QStringView>

/// Shapes of phone numbers in filings. Whether a number exists is not asked.
namespace longcode::rules {

/// "+", then 8 to 15 digits of which the first is not 0.
[[nodiscard]] bool isE164(const QString &text);
/// What was most likely meant, for a number of the +1 plan or one that only has separators; else empty.
[[nodiscard]] QString asE164(const QString &text);
/// Whether a text shows a phone number: international, or grouped 3-3-4, or ten digits that somebody is told
/// to call. Order numbers, dates and parcel numbers are none.
[[nodiscard]] bool containsPhone(const QString &text);
/// A number of the +1 plan whose area code is one of the toll-free ones.
[[nodiscard]] bool isTollFree(const QString &e164);

} // namespace longcode::rules
