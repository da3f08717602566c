#pragma once

#include "desk/account.h"
#include "desk/drafts.h"
#include "desk/outbox.h"
#include "desk/price_memory.h"
#include "desk/send_check.h"
#include "desk/send_queue.h"

#include <QSet>

namespace longcode::desk {

/// The outbox over the console's store: checks, writes intents, keeps drafts, and leaves the sending to the
/// queue. Lives on the UI thread.
class StoredOutbox final : public Outbox {
    Q_OBJECT
public:
    /// All handed in outlive it.
    StoredOutbox(store::Store &store, store::Reader &reader, const Account &account, SendQueue &queue,
                 const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] std::optional<SendProblem> obstacle(ConversationId id, const QString &text) const override;
    QFuture<Result<MessageRow, SendProblem>> send(ConversationId id, const QString &text) override;
    void settle(MessageRow message, Settlement settlement) override;
    [[nodiscard]] std::chrono::seconds undoWindow() const override { return m_undoWindow; }
    void setUndoWindow(std::chrono::seconds window) override;
    QFuture<Result<QString, SendProblem>> takeBack(MessageRow message) override;
    [[nodiscard]] QString draft(ConversationId id) const override;
    void keepDraft(ConversationId id, const QString &text) override;
    [[nodiscard]] QString noteDraft(ConversationId id) const override;
    void keepNoteDraft(ConversationId id, const QString &text) override;
    void setSender(ConversationId id, const phone::Address &own) override;
    [[nodiscard]] PriceEstimate priceEstimate(const phone::Address &own,
                                              const phone::Address &peer) const override;
    [[nodiscard]] PriceEstimate mmsEstimate(const phone::Address &own,
                                            const phone::Address &peer) const override;

    /// Hands what is pending to the store.
    void flush();

    using Sent = Result<MessageRow, SendProblem>;
    /// The intent a text would be if it were sent now, or why it cannot be. One that an opt-out holds back is
    /// recorded as suppressed.
    /// `sender`: leaves from this one, else from the one the conversation answers from.
    [[nodiscard]] Result<store::NewIntent, SendProblem> prepared(ConversationId id, const QString &text,
                                                                 const std::optional<QString> &sender = {});
    /// Writes an intent, ends the draft with it when that is this text, and leaves it to the queue.
    QFuture<Sent> write(const store::NewIntent &intent);
    /// What becomes of a written intent from here on.
    Sent taken(const Result<store::IntentRecord, store::StoreError> &written);

    [[nodiscard]] SendingAccount sendingAccount() const;

private:
    [[nodiscard]] std::optional<SendProblem> check(const store::ConversationRecord &conversation,
                                                   const QString &text) const;
    [[nodiscard]] store::NewIntent newIntent(const store::ConversationRecord &conversation,
                                             const QString &text) const;
    void sendAgain(MessageRow message);
    void report(const store::StoreError &error);

    store::Store &m_store;
    store::Reader &m_reader;
    const Account &m_account;
    SendQueue &m_queue;
    const Clock &m_clock;
    Drafts m_drafts, m_noteDrafts;
    PriceMemory m_prices;
    QSet<MessageRow> m_sentAgain;
    std::chrono::seconds m_undoWindow{0};
};

} // namespace longcode::desk
