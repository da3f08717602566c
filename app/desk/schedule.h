#pragma once

#include "base/result.h"
#include "desk/outbox.h"

#include <QAbstractListModel>
#include <QFuture>
#include <QObject>

#include <chrono>
#include <optional>

namespace longcode::desk {

/// A text that waits for its time.
struct ScheduledSend {
    MessageRow message;
    ConversationId conversation;
    phone::Address peer, own;
    QString name; ///< of the customer, or empty
    QString text;
    QDateTime at;          ///< UTC, to the minute
    bool keptHere = false; ///< not given to the API yet: this console must run at that time
    bool beingCancelled = false;
    bool missed = false; ///< its time passed while this console did not run: a person decides
    friend bool operator==(const ScheduledSend &, const ScheduledSend &) = default;
};

enum ScheduleModelRole { ScheduledSendRole = Qt::UserRole + 1 /* desk::ScheduledSend */ };

/// Sends that leave later. Up to five days ahead the API keeps them (`send_at`, D40); what is further away is
/// kept here and handed over when it comes into reach. Each is an intent of the outbox, with its guarantees.
/// Lives on the UI thread.
class Schedule : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    static constexpr std::chrono::minutes soonest{5};
    static constexpr std::chrono::hours furthestAtApi{24 * 5};
    /// Until so long before its time the API lets a send be cancelled.
    static constexpr std::chrono::minutes lastCancel{1};

    /// All that wait, the next first.
    [[nodiscard]] virtual QAbstractItemModel &sends() = 0;
    /// Nothing, or why a text cannot be scheduled for this time.
    [[nodiscard]] virtual std::optional<Failure> obstacle(const QDateTime &at) const = 0;
    /// Whether a text for this time would be kept here at first.
    [[nodiscard]] virtual bool wouldBeKeptHere(const QDateTime &at) const = 0;
    /// As Outbox::send, but later.
    virtual QFuture<Result<MessageRow, SendProblem>> schedule(ConversationId id, const QString &text,
                                                              const QDateTime &at) = 0;
    /// Cancels, and only when that is certain writes the new one. Finishes with the new message.
    virtual QFuture<Result<MessageRow, SendProblem>> change(MessageRow message, const QString &text,
                                                            const QDateTime &at) = 0;
    /// Finishes when it is certain that it will not be sent; a failure: it may still be.
    virtual QFuture<Result<bool, Failure>> cancel(MessageRow message) = 0;
    /// One that was missed, or is to leave now after all.
    virtual QFuture<Result<MessageRow, SendProblem>> sendNow(MessageRow message) = 0;

Q_SIGNALS:
    void countChanged();
    /// The time of one passed while the console did not run.
    void missed(const longcode::desk::ScheduledSend &send);
};

} // namespace longcode::desk

Q_DECLARE_METATYPE(longcode::desk::ScheduledSend)
