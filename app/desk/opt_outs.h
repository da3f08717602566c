#pragma once

#include "base/failure.h"
#include "desk/values.h"

#include <QAbstractListModel>
#include <QObject>

#include <optional>

namespace longcode::desk {

/// Who stands between us and the customer.
enum class BlockKind : quint8 {
    Keyword, ///< he texted a keyword to a sender of this profile; known from his message
    Listed,  ///< the API lists an opt-out for this profile or sender
    TollFree ///< toll-free: the carriers' network blocks this one number of ours, not the profile
};

/// Why a customer must not be texted, in words for the place where the composer would be.
struct Block {
    BlockKind kind = BlockKind::Keyword;
    QDateTime since;
    QString keyword;     ///< as the customer wrote it, or empty
    QString profileName; ///< the messaging profile it holds for, or empty
    QString title;       ///< "Maria Keller opted out"
    QString what;        ///< one sentence: who, when, with which word, for which of our senders
    QString howLifted;   ///< one sentence: what the customer can do, and what we cannot
    friend bool operator==(const Block &, const Block &) = default;
};

/// A send that was held back because of an opt-out.
struct SuppressedSend {
    QDateTime at;
    ConversationId conversation;
    phone::Address peer, own;
    QString text;   ///< what was to be sent
    QString reason; ///< one sentence
    friend bool operator==(const SuppressedSend &, const SuppressedSend &) = default;
};

enum SuppressedModelRole { SuppressedSendRole = Qt::UserRole + 1 /* desk::SuppressedSend */ };

/// Who must not be texted: from customers' keywords and the API's `autoresponse_type` as they arrive, and
/// from GET /messaging_optouts. Never inferred from error 40300 alone (D32). START lifts a block. Lives on
/// the UI thread.
class OptOuts : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// What holds for this conversation's customer and the sender it answers from.
    [[nodiscard]] virtual std::optional<Block> block(ConversationId id) const = 0;

    /// Reads every page of the API's list again.
    virtual void synchronise() = 0;
    [[nodiscard]] virtual bool isSynchronising() const = 0;
    [[nodiscard]] virtual QDateTime synchronisedAt() const = 0; ///< invalid: never
    [[nodiscard]] virtual int listed() const = 0;               ///< opt-outs the API's list had then
    [[nodiscard]] virtual Failure trouble() const = 0;          ///< of the last reading; empty: none

    /// Newest first. Owned by this object.
    [[nodiscard]] virtual QAbstractItemModel &suppressed() = 0;

Q_SIGNALS:
    void blockChanged(longcode::desk::ConversationId id);
    void synchronisationChanged();
};

} // namespace longcode::desk

Q_DECLARE_METATYPE(longcode::desk::SuppressedSend)
