#pragma once

#include "store/values.h"

#include <QList>
#include <QString>

#include <optional>

/// How the state of a message follows from everything that was told of it. Pure; the outcome depends only on
/// the set of reports, never on their order.
namespace longcode::store {

/// The event id under which the API's answer to the POST is kept.
inline constexpr char answerId[] = "answer";

/// What one event, or the API's answer, says of a message.
struct Report {
    QString eventId;
    QString status;        ///< the API's word
    qint64 atMs = 0;       ///< when the message was received, as far as the event says
    qint64 occurredMs = 0; ///< 0: not said
    std::optional<int> parts;
    QString encoding;
    std::optional<Price> cost;
    ServerError error;
    QString carrier, lineType; ///< of the customer
    Keyword keyword = Keyword::None;
};

/// The derived columns of a message.
struct Standing {
    MessageState state = MessageState::Waiting;
    int segments = 0;
    sms::Encoding encoding = sms::Encoding::Gsm7;
    std::optional<Price> cost;
    ServerError error;
    QString serverStatus;
    QString carrier, lineType;
    Keyword keyword = Keyword::None;
    friend bool operator==(const Standing &, const Standing &) = default;
};

/// What is known of a message without any report.
struct Origin {
    Direction direction = Direction::Outbound;
    std::optional<IntentPhase> phase; ///< of the intent it was written as
    int segments = 0;                 ///< estimates
    sms::Encoding encoding = sms::Encoding::Gsm7;
    ServerError refusal;
};

/// The report that the facts of a message amount to. `fallbackMs` stands in for times that it lacks.
[[nodiscard]] Report reportOf(const QString &eventId, const events::MessageFacts &facts, Direction direction,
                              std::optional<QDateTime> occurredAt, qint64 fallbackMs);

/// Status goes forward only, by rank (D27); among equals the earlier occurrence was first. Every other member
/// is the one of the highest report that has it.
[[nodiscard]] Standing fold(const Origin &origin, QList<Report> reports);

} // namespace longcode::store
