#pragma once

#include "base/result.h"
#include "store/error.h"
#include "store/team_fate.h"
#include "store/values.h"

#include <optional>

/// What the store's writes do inside their transaction, on the writer thread. Each leaves the transaction to
/// its caller, which rolls back on an error.
namespace longcode::store {

class WriteSession;

struct ContactRecord;
struct ListedBlock;
struct NewFact;
struct NewSuppressed;

/// Nothing, or why the operation must not be committed.
using Status = std::optional<StoreError>;

Status rename(WriteSession &session, ConversationId conversation, const QString &name);
Status setSender(WriteSession &session, ConversationId conversation, const QString &own);
Status markRead(WriteSession &session, ConversationId conversation, MessageRow newestSeen);
Status saveDraft(WriteSession &session, ConversationId conversation, const QString &text,
                 const QDateTime &now, DraftKind kind);

Result<IntentRecord, StoreError> writeIntent(WriteSession &session, const NewIntent &intent);
Result<IntentRecord, StoreError> intentHandedOver(WriteSession &session, const IntentId &intent,
                                                  const QDateTime &now);
Status intentReturned(WriteSession &session, const IntentId &intent);
Status intentAccepted(WriteSession &session, const IntentId &intent, const events::MessageFacts &answer,
                      const QDateTime &now);
Status intentRejected(WriteSession &session, const IntentId &intent, const ServerError &error,
                      const QDateTime &now);
Status intentSuppressed(WriteSession &session, const ServerError &refusal, const NewSuppressed &suppressed);
Status intentUncertain(WriteSession &session, const IntentId &intent);
Status unansweredBecomeUncertain(WriteSession &session);
Status settle(WriteSession &session, MessageRow message, Settlement settlement);
Result<IntentRecord, StoreError> sendAgain(WriteSession &session, MessageRow message, const NewIntent &again);

Result<IntentRecord, StoreError> releaseHeld(WriteSession &session, const IntentId &intent);
Result<IntentRecord, StoreError> takeBackHeld(WriteSession &session, const IntentId &intent,
                                              const QDateTime &now);
Result<IntentRecord, StoreError> replaceScheduled(WriteSession &session, MessageRow message,
                                                  const NewIntent &again);
Status scheduledCancelled(WriteSession &session, MessageRow message, const QDateTime &now);
Status recordSuppressed(WriteSession &session, const NewSuppressed &suppressed);

Status applyEvents(WriteSession &session, const LogId &log, const QList<LoggedEvent> &events,
                   Arrival arrival);

Status applyRecovered(WriteSession &session, const QList<LoggedEvent> &events);

/// One team fact of a log, in its place.
void applyFact(WriteSession &session, const LogId &log, const LoggedEvent &logged);
/// A customer's text came in: the conversation is open again.
void reopen(WriteSession &session, ConversationId conversation);
/// The message came with an intent that was not written here: the author of it, now or when he is told.
void noteHandle(WriteSession &session, MessageRow message, const IntentId &intent);
Status setPinned(WriteSession &session, const QList<ConversationId> &conversations, bool pinned,
                 const QDateTime &now);
Status snooze(WriteSession &session, const QList<ConversationId> &conversations, const QDateTime &until);
Status markUnread(WriteSession &session, const QList<ConversationId> &conversations);
Status markAllRead(WriteSession &session, const QList<ConversationId> &conversations);
Status keepReadPosition(WriteSession &session, ConversationId conversation, MessageRow message);
/// It was opened: not marked as unread any more.
void endMark(WriteSession &session, ConversationId conversation);
/// A customer's text came in: the conversation is not put aside any more.
void endSnooze(WriteSession &session, ConversationId conversation);

Status replaceListedBlocks(WriteSession &session, const QList<ListedBlock> &blocks, const QDateTime &now);
/// Keeps the STOP or START that this inbound message is, if it is one.
void keepKeyword(WriteSession &session, MessageRow message, const Parties &parties);
/// What our senders belong to has changed.
void touchPeersWithBlocks(WriteSession &session);

Status saveContacts(WriteSession &session, const QList<ContactRecord> &contacts, NameSource source);
Status removeContacts(WriteSession &session, const QStringList &ids);

Status queueFact(WriteSession &session, const NewFact &fact);
Status dropFact(WriteSession &session, const QString &id, FactFate fate);

Status replaceSenders(WriteSession &session, const QList<SenderRecord> &senders);
Status setFact(WriteSession &session, const QString &name, const QString &value);

/// Binds the message of an intent to Telnyx's id. A row that an event had made for that id is merged into it.
void bindTelnyxId(WriteSession &session, MessageRow message, const QString &telnyxId);
/// The message is known to be accepted, whatever the intent's phase.
void markAccepted(WriteSession &session, const IntentId &intent);

/// Gives the customer a name in all conversations, and to the contact whose number it is; an empty one
/// removes it.
void namePeer(WriteSession &session, const QString &peer, const QString &name);

/// Lower case and without accents, so that "jose" finds "José".
[[nodiscard]] QString foldedForSearch(const QString &text);

} // namespace longcode::store
