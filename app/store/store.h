#pragma once

#include "base/result.h"
#include "store/error.h"
#include "store/team_fate.h"
#include "store/values.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace longcode::store {

class BackupThread;
class Reader;
class Writer;
struct ContactRecord;
struct ListedBlock;
struct NewFact;
struct NewSuppressed;

/// The outcome of a write: finished on the writer thread, after the transaction is durable or has failed.
/// Continue with `.then(context, …)`.
template <typename T>
using Outcome = QFuture<Result<T, StoreError>>;

/// Limits on the file. 0: none.
struct StoreLimits {
    qint64 maximumPages = 0; ///< beyond them a write fails as on a full disk
};

/// The console's SQLite file: conversations, messages, send intents, drafts, senders, the relay cursor.
///
/// Writes go to one writer thread which the store owns, in the order of the calls, one durable transaction
/// each (WAL, synchronous=FULL). Reads go through readers, one per thread, which see what is committed.
/// All functions may be called from any thread. Destroying the store finishes every queued write first.
class Store : public QObject {
    Q_OBJECT
public:
    /// Opens `folder`/console.sqlite, or makes it when there is none, and brings its schema up to date.
    /// A damaged or newer file is refused and left as it is. Blocks for as long as the schema steps take.
    [[nodiscard]] static Result<std::unique_ptr<Store>, StoreError> open(const QString &folder,
                                                                         const StoreLimits &limits = {});
    ~Store() override;

    [[nodiscard]] const QString &path() const { return m_path; }
    /// A reader for the calling thread; must be destroyed on it, and before the application's end.
    [[nodiscard]] Result<std::unique_ptr<Reader>, StoreError> openReader() const;

    // ---- Conversations --------------------------------------------------------------------------
    /// Finds the conversation of these two, or begins one.
    Outcome<ConversationId> begin(const Parties &parties, const QDateTime &now);
    /// Names the customer in all his conversations; an empty name removes it.
    Outcome<Changes> rename(ConversationId conversation, const QString &name);
    /// The sender it answers from. Answers to that sender come into this conversation, unless the pair
    /// already has one of its own.
    Outcome<Changes> setSender(ConversationId conversation, const QString &own);
    /// Inbound messages up to `newestSeen` (by order of insertion, so nothing that came in unseen counts).
    Outcome<Changes> markRead(ConversationId conversation, MessageRow newestSeen);
    /// The last one of its kind wins; an empty text removes the draft.
    Outcome<Changes> saveDraft(ConversationId conversation, const QString &text, const QDateTime &now,
                               DraftKind kind = DraftKind::Answer);

    // ---- Outbox ---------------------------------------------------------------------------------
    /// The message, its intent and the end of the draft (unless that stays) in one transaction. Durable when
    /// it finishes.
    Outcome<IntentRecord> writeIntent(const NewIntent &intent);
    /// Waiting → Sending. Only after this succeeded may the one POST of the intent begin; WrongPhase: it has
    /// been handed over before, or is settled.
    Outcome<IntentRecord> intentHandedOver(const IntentId &intent, const QDateTime &now);
    /// Sending → Waiting: certain that not one byte of the request left.
    Outcome<Changes> intentReturned(const IntentId &intent);
    /// The API took it. An event may have come first; the outcome is the same.
    Outcome<Changes> intentAccepted(const IntentId &intent, const events::MessageFacts &answer,
                                    const QDateTime &now);
    /// The API refused it. Changes nothing when an event has shown that it was accepted.
    Outcome<Changes> intentRejected(const IntentId &intent, const ServerError &error, const QDateTime &now);
    /// Waiting → Rejected, and the record of it (its intent, its time), in one transaction: the customer
    /// opted out while it waited.
    Outcome<Changes> intentSuppressed(const ServerError &refusal, const NewSuppressed &suppressed);
    /// Sending → Uncertain.
    Outcome<Changes> intentUncertain(const IntentId &intent);
    /// At start: every intent in Sending becomes Uncertain, for nobody waits for its answer any more. After a
    /// backup was put back (markRestored) those in Waiting and Held too: they may have left since it was
    /// made.
    Outcome<Changes> unansweredBecomeUncertain();
    /// A person's decision about an Uncertain or Rejected one, or a Waiting one that he discards.
    /// CountAsSent: Sent. Discard: Cancelled. What events tell later still wins.
    Outcome<Changes> settle(MessageRow message, Settlement settlement);
    /// Writes `again` (same conversation and text; a new intent), and discards an Uncertain one in the same
    /// transaction; a Failed or Rejected one stays. The draft stays. WrongPhase: it is none of these any
    /// more, and nothing is written.
    Outcome<IntentRecord> sendAgain(MessageRow message, const NewIntent &again);

    /// Held → Waiting: it may be posted from now on.
    Outcome<IntentRecord> releaseHeld(const IntentId &intent);
    /// Held → Discarded, and its text becomes the draft when the conversation has none. WrongPhase: it has
    /// left Held; nothing was changed.
    Outcome<IntentRecord> takeBackHeld(const IntentId &intent, const QDateTime &now);
    /// Held or Scheduled ones that are certainly cancelled (the API confirmed it, or it never left): the old
    /// one is Cancelled and `again` is written, in one transaction.
    Outcome<IntentRecord> replaceScheduled(MessageRow message, const NewIntent &again);
    /// The API confirmed the cancellation, or an intent in Held is dropped.
    Outcome<Changes> scheduledCancelled(MessageRow message, const QDateTime &now);
    /// A send that was held back because of an opt-out; kept for ever.
    Outcome<Changes> recordSuppressed(const NewSuppressed &suppressed);

    // ---- Events ---------------------------------------------------------------------------------
    /// Applies entries of a relay's log and moves its cursor, in one transaction. Entries up to the cursor
    /// are skipped. For webhooks the state reached depends only on their set, not on order or repetition;
    /// for team facts on their order in the log. A log of another name is applied over what is there: what
    /// it says counts as said later, what it does not speak of stays.
    Outcome<Changes> applyEvents(const LogId &log, const QList<LoggedEvent> &events, Arrival arrival);

    /// Applies events that no log has; their `seq` does not count.
    Outcome<Changes> applyRecovered(const QList<LoggedEvent> &events);

    // ---- Team -----------------------------------------------------------------------------------
    /// Puts a fact on its way to the relay. A note is shown as waiting from here on, a closing counts.
    Outcome<Changes> queueFact(const NewFact &fact);
    /// It is not on its way any more. One that is not known changes nothing.
    Outcome<Changes> dropFact(const QString &id, FactFate fate);

    // ---- Triage ---------------------------------------------------------------------------------
    Outcome<Changes> setPinned(const QList<ConversationId> &conversations, bool pinned, const QDateTime &now);
    /// An invalid time ends it. A customer's text ends it too.
    Outcome<Changes> snooze(const QList<ConversationId> &conversations, const QDateTime &until);
    Outcome<Changes> markUnread(const QList<ConversationId> &conversations);
    /// All that is in them now.
    Outcome<Changes> markAllRead(const QList<ConversationId> &conversations);

    /// Where a person left a conversation; invalid: at its newest. Tells nobody.
    Outcome<Changes> keepReadPosition(ConversationId conversation, MessageRow message);

    // ---- Blocks ---------------------------------------------------------------------------------
    /// Everything GET /messaging_optouts listed, in place of what it listed before. One without a time holds
    /// from `now` on.
    Outcome<Changes> replaceListedBlocks(const QList<ListedBlock> &blocks, const QDateTime &now);

    // ---- Contacts -------------------------------------------------------------------------------
    /// Adds or replaces, all or none. Numbers that other contacts have are taken from them. What a person
    /// typed as the name of a number (rename()) wins over what a file calls it, and stays when the contact
    /// goes; what a person says here takes its place.
    Outcome<Changes> saveContacts(const QList<ContactRecord> &contacts, NameSource source);
    Outcome<Changes> removeContacts(const QStringList &ids);
    /// Removes some and saves others in one transaction (merge, undo).
    Outcome<Changes> changeContacts(const QStringList &removed, const QList<ContactRecord> &saved,
                                    NameSource source);

    // ---- Keeping --------------------------------------------------------------------------------
    /// Copies the whole store to `path` by SQLite's backup, while it is used, checks the copy and only then
    /// puts it in place of an older one. Runs on a thread of its own, in small steps with rests; one at a
    /// time, else Busy; ends with the store, then Closed. Finishes with the size in bytes.
    [[nodiscard]] QFuture<Result<qint64, StoreError>> backUp(const QString &path) const;

    // ---- Account --------------------------------------------------------------------------------
    Outcome<Changes> replaceSenders(const QList<SenderRecord> &senders);
    /// A small fact under a name of the caller's; an empty value removes it.
    Outcome<Changes> setFact(const QString &name, const QString &value);

Q_SIGNALS:
    /// After each transaction that changed something, from the writer thread, before its future finishes.
    void changed(const longcode::store::Changes &changes);

private:
    explicit Store(QString path);
    QString m_path;
    std::unique_ptr<BackupThread> m_backup;
    std::unique_ptr<Writer> m_writer;
};

} // namespace longcode::store
