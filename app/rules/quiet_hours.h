#pragma once

#include "phone/phone.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// When a text would reach somebody at a bad hour. Warns, never forbids; no legal advice. Thread-safe, no
/// I/O.
namespace longcode::rules {

/// What a text is to its recipient: part of a conversation, a reminder nobody asked for at that moment, or
/// promotion.
enum class MessageKind : quint8 { Conversation = 1, Reminder = 2, Promotion = 4 };

enum class QuietWeight : quint8 { Practice, Law };

/// A line of resources/rules/quiet_hours.tsv.
struct QuietRule {
    QStringList countries; ///< ISO 3166-1 alpha-2, or "*"
    quint8 kinds = 0;      ///< MessageKind values added up
    int lastDay = 7;       ///< from Monday (1) to this day
    bool isClosedOnHolidays = false;
    int from = 0; ///< minutes of the day in which sending may begin
    int to = 0;   ///< minutes of the day from which it may not; 1440 is the day's end
    QuietWeight weight = QuietWeight::Practice;
    QString source; ///< the page or law, in words
};

/// A rule that is broken in one of the recipient's possible zones.
struct QuietHit {
    enum class Cause : quint8 { TooEarly, TooLate, ClosedDay, Holiday };
    Cause cause = Cause::TooEarly;
    QuietRule rule;
    QByteArray zone;
    QDateTime local; ///< the moment of sending on the clock there
    QString holiday; ///< its name, for Cause::Holiday
};

struct QuietVerdict {
    QList<QuietHit> hits;    ///< law before practice; empty: go ahead
    QList<QByteArray> zones; ///< all that were looked at; empty: nobody knows where the recipient is
    QDateTime nextAllowed;   ///< UTC, the moment itself when nothing is hit; invalid: not within two weeks
    [[nodiscard]] bool isQuiet() const { return !hits.isEmpty(); }
};

/// Judges sending a text of `kind` to `number` at `when`. Every rule of the number's country must allow it in
/// every zone the number may be in and in `contactZone` (IANA name; an unknown one is left out), so the
/// strictest counts. A +1 number of an area code nobody knows counts as one of the United States.
[[nodiscard]] QuietVerdict quietAt(const phone::Address &number, const QDateTime &when,
                                   const std::optional<QByteArray> &contactZone, MessageKind kind);

/// A whole sentence about a hit, with the clock there and the hours that are allowed.
[[nodiscard]] QString sentence(const QuietHit &hit);

/// The public holiday of `country` on `date`, or empty. Countries without a closed holiday are not known.
[[nodiscard]] QString publicHoliday(const QString &country, QDate date);

/// "America/New_York" → "New York".
[[nodiscard]] QString zonePlace(const QByteArray &zone);

} // namespace longcode::rules
