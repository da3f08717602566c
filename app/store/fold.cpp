#include "store/fold.h"

#include <algorithm>
#include <tuple>

namespace longcode::store {

namespace {

using events::MessageStatus;

MessageState stateOf(MessageStatus status) {
    switch (status) {
    case MessageStatus::Unknown:
    case MessageStatus::Received:
    case MessageStatus::Queued:
    case MessageStatus::Sending:
        return MessageState::Queued;
    case MessageStatus::Scheduled:
        return MessageState::Scheduled;
    case MessageStatus::Sent:
        return MessageState::Sent;
    case MessageStatus::Delivered:
        return MessageState::Delivered;
    case MessageStatus::DeliveryUnconfirmed:
    case MessageStatus::RecipientUnknown:
        return MessageState::Unconfirmed;
    case MessageStatus::DeliveryFailed:
    case MessageStatus::SendingFailed:
    case MessageStatus::Expired:
        return MessageState::Failed;
    case MessageStatus::Cancelled:
        return MessageState::Cancelled;
    }
    return MessageState::Queued;
}

MessageState stateOf(IntentPhase phase) {
    switch (phase) {
    case IntentPhase::Waiting:
        return MessageState::Waiting;
    case IntentPhase::Sending:
        return MessageState::Sending;
    case IntentPhase::Uncertain:
        return MessageState::Uncertain;
    case IntentPhase::Rejected:
        return MessageState::Rejected;
    case IntentPhase::Accepted:
        return MessageState::Queued;
    case IntentPhase::CountedAsSent:
        return MessageState::Sent;
    case IntentPhase::Discarded:
        return MessageState::Cancelled;
    case IntentPhase::Held:
        return MessageState::Held;
    }
    return MessageState::Uncertain;
}

sms::Encoding encodingOf(const QString &text, sms::Encoding otherwise) {
    // D29: several names for each.
    const QString word = text.toLower().remove(QLatin1Char('-')).remove(QLatin1Char(' '));
    if (word.startsWith(QLatin1String("gsm")))
        return sms::Encoding::Gsm7;
    if (word == QLatin1String("ucs2") || word.startsWith(QLatin1String("utf16")))
        return sms::Encoding::Ucs2;
    if (word == QLatin1String("ascii"))
        return sms::Encoding::Ascii;
    return otherwise;
}

bool carriesError(MessageState state) {
    return state == MessageState::Failed || state == MessageState::Unconfirmed ||
           state == MessageState::Cancelled;
}

/// Where the reports have brought the status; `by` is the one that brought it there.
struct Progress {
    std::optional<MessageStatus> status;
    const Report *by = nullptr;
};

Progress progressOf(const QList<Report> &sorted, bool countedAsSent) {
    Progress progress;
    if (countedAsSent)
        progress.status = MessageStatus::Sent;
    for (const Report &report : sorted) {
        const MessageStatus next = events::statusFromText(report.status);
        if (progress.status && !events::mayAdvance(*progress.status, next))
            continue;
        progress = {next, &report};
    }
    return progress;
}

void takeMembers(Standing &standing, const Report &report) {
    standing.segments = report.parts.value_or(standing.segments);
    standing.encoding = encodingOf(report.encoding, standing.encoding);
    if (report.cost)
        standing.cost = report.cost;
    if (!report.carrier.isEmpty())
        standing.carrier = report.carrier;
    if (!report.lineType.isEmpty())
        standing.lineType = report.lineType;
    standing.keyword = std::max(standing.keyword, report.keyword);
}

void takeStatus(Standing &standing, const Progress &progress) {
    standing.state = stateOf(*progress.status);
    if (!progress.by)
        return;
    if (*progress.status == MessageStatus::Unknown || *progress.status == MessageStatus::Received)
        standing.serverStatus = progress.by->status;
    if (carriesError(standing.state))
        standing.error = progress.by->error;
}

Keyword keywordOfResponse(const QString &autoresponseType) {
    const QString word = autoresponseType.trimmed().toUpper();
    if (word == QLatin1String("STOP"))
        return Keyword::Stop;
    if (word == QLatin1String("START"))
        return Keyword::Start;
    return word == QLatin1String("HELP") ? Keyword::Help : Keyword::None;
}

} // namespace

Report reportOf(const QString &eventId, const events::MessageFacts &facts, Direction direction,
                std::optional<QDateTime> occurredAt, qint64 fallbackMs) {
    Report report;
    report.eventId = eventId;
    if (occurredAt)
        report.occurredMs = occurredAt->toMSecsSinceEpoch();
    report.atMs = facts.receivedAt    ? facts.receivedAt->toMSecsSinceEpoch()
                  : report.occurredMs ? report.occurredMs
                                      : fallbackMs;
    const bool inbound = direction == Direction::Inbound;
    const events::Party peer = inbound ? facts.from : facts.to.value(0);
    report.status = peer.statusText;
    report.carrier = peer.carrier;
    report.lineType = peer.lineType;
    report.parts = facts.parts;
    report.encoding = facts.encoding;
    if (facts.cost)
        report.cost = Price{facts.cost->amount, facts.cost->currency};
    if (!facts.errors.isEmpty())
        report.error = {facts.errors.first().code, facts.errors.first().title, facts.errors.first().detail};
    if (inbound)
        report.keyword = keywordOfResponse(facts.autoresponseType);
    return report;
}

Standing fold(const Origin &origin, QList<Report> reports) {
    const auto order = [](const Report &report) {
        return std::make_tuple(events::rank(events::statusFromText(report.status)), report.occurredMs,
                               QStringView(report.eventId));
    };
    std::sort(reports.begin(), reports.end(),
              [&order](const Report &a, const Report &b) { return order(a) < order(b); });

    Standing standing;
    standing.segments = origin.segments;
    standing.encoding = origin.encoding;
    for (const Report &report : std::as_const(reports))
        takeMembers(standing, report);
    if (origin.direction == Direction::Inbound) {
        standing.state = MessageState::Received;
        return standing;
    }
    const Progress progress = progressOf(reports, origin.phase == IntentPhase::CountedAsSent);
    if (progress.status) {
        takeStatus(standing, progress);
    } else {
        standing.state = origin.phase ? stateOf(*origin.phase) : MessageState::Queued;
        if (standing.state == MessageState::Rejected)
            standing.error = origin.refusal;
    }
    return standing;
}

} // namespace longcode::store
