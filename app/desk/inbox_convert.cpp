#include "desk/inbox_convert.h"

#include "desk/convert.h"
#include "desk/desk_text.h"
#include "rules/error_codes.h"

#include <limits>

namespace longcode::desk {

namespace {

MessageState toDesk(store::MessageState state) {
    // Same words in the same order; the store's header says so, and a test holds both to it.
    return static_cast<MessageState>(state);
}

MessageFailure failureOf(const store::ServerError &error) {
    MessageFailure failure;
    failure.code = error.code;
    failure.what = error.title;
    if (!error.detail.isEmpty() && error.detail != error.title)
        failure.what += (failure.what.isEmpty() ? QString() : QStringLiteral(": ")) + error.detail;
    if (const auto advice = rules::adviceFor(error.code)) {
        failure.cause = advice->cause;
        failure.action = advice->action;
        if (failure.what.isEmpty())
            failure.what = advice->title;
    }
    return failure;
}

/// Without asking which zone no time at all is in, which costs a look at the disk.
qint64 msOrNone(const QDateTime &time) {
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

/// A number that differs whenever something shown does, the same in every model and at every start.
int revisionOf(const Message &message) {
    const QString cost = message.cost ? message.cost->amount + message.cost->currency : QString();
    const QString failure =
        message.failure ? message.failure->code + QLatin1Char('|') + message.failure->what : QString();
    const size_t hash =
        qHashMulti(0, static_cast<int>(message.direction), static_cast<int>(message.state), message.text,
                   message.at.toMSecsSinceEpoch(), message.segments, static_cast<int>(message.encoding), cost,
                   failure, message.serverStatus, message.mediaCount, message.isKeyword, message.author,
                   message.mentions, message.late, msOrNone(message.sendAt), msOrNone(message.heldUntil));
    return static_cast<int>(hash & static_cast<size_t>(std::numeric_limits<int>::max()));
}

} // namespace

Message toDesk(const store::MessageRecord &record) {
    Message message;
    message.row = toDesk(record.row);
    message.conversation = toDesk(record.conversation);
    message.direction = static_cast<Direction>(record.direction);
    message.state = toDesk(record.state);
    message.text = record.text;
    message.at = record.at;
    message.segments = record.segments;
    message.encoding = record.encoding;
    if (record.cost)
        message.cost = Price{record.cost->amount, record.cost->currency};
    if (record.error)
        message.failure = failureOf(*record.error);
    message.serverStatus = record.serverStatus;
    message.mediaCount = record.mediaCount;
    message.isKeyword = record.keyword != store::Keyword::None;
    message.author = record.author;
    message.mentions = record.mentions;
    message.late = record.late;
    message.sendAt = record.sendAt;
    message.heldUntil = record.heldUntil;
    message.revision = revisionOf(message);
    return message;
}

Conversation toDesk(const store::ConversationRecord &record, const QHash<QString, QString> &profileNames) {
    Conversation conversation;
    conversation.id = toDesk(record.key.id);
    conversation.peer = phone::fromWire(record.parties.peer);
    conversation.own = phone::fromWire(record.parties.own);
    conversation.ownName = profileNames.value(record.parties.own);
    conversation.name = record.name;
    conversation.previewIsDraft = !record.draft.isEmpty();
    conversation.preview =
        oneLine(conversation.previewIsDraft ? record.draft.left(store::previewLength) : record.preview);
    if (conversation.preview.isEmpty() && record.lastMediaCount > 0)
        conversation.preview = attachmentsInWords(record.lastMediaCount);
    conversation.lastDirection = static_cast<Direction>(record.lastDirection);
    conversation.lastState = toDesk(record.lastState);
    conversation.lastAt = record.lastAt;
    conversation.unread = record.unread;
    if (record.optOut)
        conversation.optOut = OptOut{record.optOut->since, record.optOut->keyword};
    conversation.carrier = record.carrier;
    conversation.lineType = record.lineType;
    conversation.closed = record.closed;
    conversation.pinned = record.pinnedAtMs > 0;
    conversation.markedUnread = record.markedUnread;
    conversation.snoozedUntil = record.snoozedUntil;
    conversation.waitingSince = record.waitingSince;
    conversation.scheduled = record.scheduled;
    conversation.zone = record.zone;
    conversation.language = record.language;
    return conversation;
}

store::ConversationFilter toStore(InboxFilter filter) {
    switch (filter) {
    case InboxFilter::Open:
        return store::ConversationFilter::Open;
    case InboxFilter::Unread:
        return store::ConversationFilter::Unread;
    case InboxFilter::Failed:
        return store::ConversationFilter::Failed;
    case InboxFilter::Mine:
        return store::ConversationFilter::Mine;
    case InboxFilter::Unassigned:
        return store::ConversationFilter::Unassigned;
    case InboxFilter::Closed:
        return store::ConversationFilter::Closed;
    case InboxFilter::Waiting:
        return store::ConversationFilter::Waiting;
    case InboxFilter::Scheduled:
        return store::ConversationFilter::Scheduled;
    case InboxFilter::OptedOut:
        return store::ConversationFilter::OptedOut;
    case InboxFilter::Snoozed:
        return store::ConversationFilter::Snoozed;
    }
    return store::ConversationFilter::Open;
}

} // namespace longcode::desk
