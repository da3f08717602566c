#pragma once

#include "desk/account.h"
#include "desk/console.h"
#include "desk/outbox.h"
#include "support/fake_inbox.h"

#include <QHash>
#include <QPair>
#include <QPromise>

#include <optional>
#include <variant>

namespace longcode::tests {

/// An outbox in memory: remembers what it was told, answers as the test says.
class FakeOutbox : public desk::Outbox {
    Q_OBJECT
public:
    using Outbox::Outbox;

    [[nodiscard]] std::optional<desk::SendProblem> obstacle(desk::ConversationId id,
                                                            const QString &text) const override;
    QFuture<Result<desk::MessageRow, desk::SendProblem>> send(desk::ConversationId id,
                                                              const QString &text) override;
    void settle(desk::MessageRow message, desk::Settlement settlement) override {
        settled.append({message, settlement});
    }
    [[nodiscard]] QString draft(desk::ConversationId id) const override { return drafts.value(id); }
    void keepDraft(desk::ConversationId id, const QString &text) override { drafts[id] = text; }
    void setSender(desk::ConversationId id, const phone::Address &own) override;
    [[nodiscard]] desk::PriceEstimate priceEstimate(const phone::Address &own,
                                                    const phone::Address &peer) const override;

    /// Answers the sends that `holdSends` kept waiting, oldest first.
    void answer(const Result<desk::MessageRow, desk::SendProblem> &result);

    QHash<desk::ConversationId, QString> drafts;
    QList<QPair<desk::ConversationId, QString>> sent;
    QList<QPair<desk::MessageRow, desk::Settlement>> settled;
    QList<QPair<desk::ConversationId, phone::Address>> senders;
    std::optional<desk::SendProblem> problem; ///< obstacle() and send() answer it
    desk::PriceEstimate price{{QStringLiteral("0.0051"), QStringLiteral("USD")}, false};
    bool holdSends = false;

Q_SIGNALS:
    void senderSet(longcode::desk::ConversationId id, const longcode::phone::Address &own);

private:
    struct Waiting {
        desk::ConversationId id;
        std::shared_ptr<QPromise<Result<desk::MessageRow, desk::SendProblem>>> promise;
    };
    QList<Waiting> m_waiting;
    qint64 m_nextRow = 1;
};

/// Setting up an account, answered by hand: each call waits until the test answers it.
class FakeAccountSetup : public desk::AccountSetup {
    Q_OBJECT
public:
    using AccountSetup::AccountSetup;
    QFuture<Result<QList<desk::Sender>, Failure>> checkKey(const QString &apiKey) override;
    QFuture<Result<desk::RelayStatus, Failure>> checkRelay(const desk::RelayChoice &relay) override;
    QFuture<Result<bool, Failure>> save(const desk::AccountDraft &draft) override;

    void answerKey(const Result<QList<desk::Sender>, Failure> &result);
    void answerRelay(const Result<desk::RelayStatus, Failure> &result);
    void answerSave(const Result<bool, Failure> &result);

    QStringList keys;
    QList<desk::RelayChoice> relays;
    QList<desk::AccountDraft> saved;

private:
    QPromise<Result<QList<desk::Sender>, Failure>> m_key;
    QPromise<Result<desk::RelayStatus, Failure>> m_relay;
    QPromise<Result<bool, Failure>> m_save;
};

/// An open console over SampleDesk's inbox and account.
class FakeConsole final : public desk::Console {
    Q_OBJECT
public:
    FakeConsole();
    [[nodiscard]] desk::Inbox &inbox() override { return sample.inbox; }
    [[nodiscard]] desk::Outbox &outbox() override { return out; }
    [[nodiscard]] desk::Account &account() override { return sample.account; }
    void close() override { closed = true; }

    SampleDesk sample;
    FakeOutbox out;
    bool closed = false;
};

/// The two profiles and three senders that the sandbox has at its start.
[[nodiscard]] QList<desk::Sender> sandboxSenders();

} // namespace longcode::tests
