#pragma once

#include "base/result.h"
#include "store/error.h"
#include "store/values.h"

#include <QList>

#include <memory>
#include <optional>

namespace longcode::store {

class Connection;
struct AnswerRecord;
struct BlockRecord;
struct CannedReplyRecord;
struct ContactLine;
struct ContactRecord;
struct MessageFilter;
struct RawEventRecord;
struct ScheduledRecord;
struct SuppressedRecord;
struct TextHit;
struct OutgoingFact;
struct UnfinishedRecord;
struct UnreportedSends;

/// Open, Unread, Failed, Mine, Unassigned and Waiting leave out what is snoozed (Unread and Failed do not:
/// they must not hide). Waiting: the customer's text has no answer; longest first. All others: pinned ones
/// first, then newest first.
enum class ConversationFilter : quint8 {
    Open,
    Unread,
    Failed,
    Mine,
    Unassigned,
    Closed,
    Waiting,
    Scheduled,
    OptedOut,
    Snoozed
};
struct FilterCounts {
    /// `mine`, `unassigned` and all that leave out what is snoozed: as of the moment given.
    int open = 0, unread = 0, failed = 0, mine = 0, unassigned = 0, closed = 0;
    int waiting = 0, scheduled = 0, optedOut = 0, snoozed = 0;
    friend bool operator==(const FilterCounts &, const FilterCounts &) = default;
};

/// Which conversations are wanted.
struct ConversationQuery {
    ConversationFilter filter = ConversationFilter::Open; ///< with a search, Open holds closed ones too
    QString search; ///< names (any part), numbers (any digits), texts (words, the last by its beginning); as
                    ///< typed
    QString me{};   ///< whose claims are Mine; empty: nobody's
    qint64 nowMs = 0; ///< claims and snoozes that ended until then are over
    QString own{};    ///< only conversations that answer from this sender; empty: all
    friend bool operator==(const ConversationQuery &, const ConversationQuery &) = default;
};

/// Reads the store on the thread that opened it. Every call sees all writes that had finished before it; a
/// Snapshot makes several calls see the same state. A call that SQLite fails returns what an empty store
/// would, and takeError() says why.
class Reader {
public:
    explicit Reader(std::unique_ptr<Connection> connection);
    ~Reader();
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    /// While it lives, all reads of this reader see one state. Not nested; keep it short.
    class Snapshot {
    public:
        explicit Snapshot(Reader &reader);
        ~Snapshot();
        Snapshot(const Snapshot &) = delete;
        Snapshot &operator=(const Snapshot &) = delete;

    private:
        Reader &m_reader;
    };

    // ---- Conversations --------------------------------------------------------------------------
    /// The keys of all conversations wanted, newest first, at most `limit` (-1: all). `after`: only those
    /// that come later in the list than this key.
    [[nodiscard]] QList<ConversationKey> conversationKeys(const ConversationQuery &query, int limit = -1,
                                                          std::optional<ConversationKey> after = {});
    /// The key of this one if the query wants it. Of its texts, only the newest message is looked at.
    [[nodiscard]] std::optional<ConversationKey> conversationKey(const ConversationQuery &query,
                                                                 ConversationId id);
    [[nodiscard]] std::optional<ConversationRecord> conversation(ConversationId id);
    /// The conversation of these two.
    [[nodiscard]] std::optional<ConversationId> find(const Parties &parties);
    /// For this name at this time; `own` as in ConversationQuery.
    [[nodiscard]] FilterCounts counts(const QString &me = {}, qint64 nowMs = 0, const QString &own = {});
    /// Conversations whose snooze ended after `afterMs` and up to `untilMs`.
    [[nodiscard]] QList<ConversationId> snoozesEnded(qint64 afterMs, qint64 untilMs);
    /// The earliest end of a snooze or claim after that moment.
    [[nodiscard]] std::optional<qint64> nextEnd(qint64 afterMs);
    /// Conversations whose claim ended after `afterMs` and up to `untilMs`.
    [[nodiscard]] QList<ConversationId> claimsEnded(qint64 afterMs, qint64 untilMs);
    [[nodiscard]] QString draft(ConversationId id, DraftKind kind = DraftKind::Answer);

    // ---- Messages -------------------------------------------------------------------------------
    /// The newest `limit` messages, oldest of them first.
    [[nodiscard]] QList<MessageRecord> newest(ConversationId id, int limit);
    /// The `limit` messages just before `position`, oldest first. Fewer than `limit`: the beginning is
    /// reached.
    [[nodiscard]] QList<MessageRecord> before(ConversationId id, const MessagePosition &position, int limit);
    [[nodiscard]] QList<MessageRecord> after(ConversationId id, const MessagePosition &position, int limit);
    [[nodiscard]] std::optional<MessageRecord> message(MessageRow row);
    /// The unread message that was inserted last, for markRead; none when all are read.
    [[nodiscard]] MessageRow newestUnread(ConversationId id);

    /// The oldest unread one in the conversation's order; none when all are read.
    [[nodiscard]] MessageRow firstUnread(ConversationId id);
    /// What keepReadPosition() wrote last.
    [[nodiscard]] MessageRow readPosition(ConversationId id);

    // ---- Outbox, events, account ----------------------------------------------------------------
    /// Intents in Waiting, Sending or Uncertain, in the order of writing.
    [[nodiscard]] QList<IntentRecord> openIntents();
    [[nodiscard]] std::optional<IntentRecord> intent(const IntentId &intent);
    /// The intent a message was written as, if it was written here.
    [[nodiscard]] std::optional<IntentRecord> intentOf(MessageRow message);
    /// The cursor of this log; seq 0 when it is new.
    [[nodiscard]] Cursor cursor(const LogId &log);
    /// The log applied last, if any: what Hello says.
    [[nodiscard]] std::optional<Cursor> lastCursor();
    [[nodiscard]] QList<SenderRecord> senders();
    /// The newest paid outbound messages, newest first.
    [[nodiscard]] QList<PaidRecord> lastPaid(int limit);
    [[nodiscard]] QString fact(const QString &name);

    // ---- Team -----------------------------------------------------------------------------------
    /// By folder, then title.
    [[nodiscard]] QList<CannedReplyRecord> cannedReplies();
    /// What is on its way to the relay, in the order of saying.
    [[nodiscard]] QList<OutgoingFact> outgoing();
    /// The newest answer in the conversation since then that was neither written here nor by `me`.
    [[nodiscard]] std::optional<AnswerRecord> lastAnswerOfOthers(ConversationId id, const QString &me,
                                                                 const QDateTime &since);
    /// Messages taken by the API before `before` and after the newest webhook, of which no event tells.
    /// Older than a day ones do not count: their events may have gone anywhere.
    [[nodiscard]] UnreportedSends unreportedSends(const QDateTime &before);
    /// Whether the message, and this event of it, are here.
    [[nodiscard]] bool knowsMessage(const events::MessageId &id);
    [[nodiscard]] bool knowsEvent(const events::MessageId &id, const events::EventId &event);
    /// Outbound messages since then whose state may still change, newest first.
    [[nodiscard]] QList<UnfinishedRecord> unfinished(const QDateTime &since, int limit);

    // ---- Search ---------------------------------------------------------------------------------
    /// Texts that have all the words and fit the filter, newest first: those stored before `before` (none:
    /// from the newest on), at most `limit`. May be interrupted from another thread by interrupt().
    [[nodiscard]] QList<TextHit> searchTexts(const MessageFilter &filter, MessageRow before, int limit);
    /// All texts of one conversation that have all the words, newest first.
    [[nodiscard]] QList<MessageRow> findTexts(ConversationId id, const QString &text, int limit);
    /// Conversations whose name or number fits what was typed, newest first. None when the filter asks for
    /// something that only messages have.
    [[nodiscard]] QList<ConversationId> searchPeople(const MessageFilter &filter, int limit);
    /// Ends the search that is going on in another thread: it returns what it has. The one call that any
    /// thread may make.
    void interrupt();
    /// The day's first message in a conversation at or after that moment; none: all are older.
    [[nodiscard]] std::optional<MessagePosition> firstSince(ConversationId id, qint64 atMs);

    // ---- What is kept of events; sends that wait; blocks -----------------------------------------
    /// Notes and what has not left among them.
    [[nodiscard]] qint64 messageCount(ConversationId id);
    /// The numbers of ours that the conversation has had.
    [[nodiscard]] QStringList ownNumbers(ConversationId id);
    /// Oldest first.
    [[nodiscard]] QList<RawEventRecord> rawEvents(MessageRow message);
    /// Sends with a time that have not left: Held, or Scheduled at the API; the next first.
    [[nodiscard]] QList<ScheduledRecord> scheduled(int limit = -1);
    /// Intents in Held, the first to be released first.
    [[nodiscard]] QList<IntentRecord> heldIntents();
    /// What is known about a block between these two, newest first; ended ones too.
    [[nodiscard]] QList<BlockRecord> blocks(const Parties &parties);
    [[nodiscard]] int listedBlocks();
    /// Newest first.
    [[nodiscard]] QList<SuppressedRecord> suppressed(int limit, qint64 beforeRow = 0);

    // ---- Contacts -------------------------------------------------------------------------------
    /// Ids by name; `search` as typed into a search field, empty: all.
    [[nodiscard]] QStringList contactIds(const QString &search = {});
    [[nodiscard]] std::optional<ContactRecord> contact(const QString &id);
    [[nodiscard]] std::optional<ContactRecord> contactOf(const QString &address);
    [[nodiscard]] int contactCount();
    /// All of them, by name, in one statement.
    [[nodiscard]] QList<ContactLine> contactLines();

    /// The last failure of a read, and forgets it.
    [[nodiscard]] std::optional<StoreError> takeError();

private:
    std::unique_ptr<Connection> m_connection;
};

} // namespace longcode::store
