#pragma once

#include "base/result.h"
#include "desk/values.h"

#include <QFuture>
#include <QObject>

#include <chrono>

namespace longcode::desk {

enum class SendProblemKind : quint8 {
    Empty,
    TooManySegments,
    OptedOut,
    NoSender,
    ProfileDisabled,
    NotStored,
    ConversationUnknown,
    HasLeft,  ///< too late to take it back or to change it
    WrongTime ///< it cannot be scheduled for then
};

struct SendProblem {
    SendProblemKind kind;
    Failure sentence;
};

/// What a person decides about a message that may or may not have been sent.
enum class Settlement : quint8 { SendAgain, CountAsSent, Discard };

/// What the customer will be charged for, and what it costs us.
struct PriceEstimate {
    Price perSegment;
    bool learned =
        false; ///< from this account's own last message of that kind; else the documentation's sample rate
};

/// Writing and sending. A send is an intent that is durable before the first byte leaves; one intent is
/// handed to the API at most once.
class Outbox : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Synchronous check, for the composer: nothing, or why this cannot be sent now.
    [[nodiscard]] virtual std::optional<SendProblem> obstacle(ConversationId id,
                                                              const QString &text) const = 0;
    /// Finishes when the intent is durable, and the draft is gone with it in the same transaction.
    virtual QFuture<Result<MessageRow, SendProblem>> send(ConversationId id, const QString &text) = 0;
    virtual void settle(MessageRow message, Settlement settlement) = 0;

    /// How long each send is kept here so that it can be taken back; 0: not at all, as at first. Kept for
    /// ever.
    [[nodiscard]] virtual std::chrono::seconds undoWindow() const = 0;
    /// At most `longestUndo`.
    virtual void setUndoWindow(std::chrono::seconds window) = 0;
    static constexpr std::chrono::seconds longestUndo{60};
    /// A send in its undo window becomes a text again, which it finishes with; it is the conversation's draft
    /// too, when that has none. A failure: it has left, or was taken back before.
    virtual QFuture<Result<QString, SendProblem>> takeBack(MessageRow message) = 0;

    [[nodiscard]] virtual QString draft(ConversationId id) const = 0;
    /// Durable within a fraction of a second; the last one wins.
    virtual void keepDraft(ConversationId id, const QString &text) = 0;
    /// The same of a note for colleagues. Kept beside the answer's; saying the note (Team::addNote) does not
    /// end it, keeping an empty text does.
    [[nodiscard]] virtual QString noteDraft(ConversationId id) const = 0;
    virtual void keepNoteDraft(ConversationId id, const QString &text) = 0;

    /// The sender a conversation answers from; changing it begins no new conversation.
    virtual void setSender(ConversationId id, const phone::Address &own) = 0;
    [[nodiscard]] virtual PriceEstimate priceEstimate(const phone::Address &own,
                                                      const phone::Address &peer) const = 0;
    /// `perSegment` of a whole MMS; for cheaperAsMms().
    [[nodiscard]] virtual PriceEstimate mmsEstimate(const phone::Address &own,
                                                    const phone::Address &peer) const = 0;

Q_SIGNALS:
    void undoWindowChanged();
    /// A fault that concerns no single message ("the key was refused"); empty sentence: it is over.
    void troubleChanged(const longcode::Failure &trouble);
};

} // namespace longcode::desk
