#pragma once

#include "desk/account.h"
#include "desk/console.h"
#include "desk/outbox.h"
#include "desk/relay_health.h"
#include "desk/team.h"
#include "support/fake_address_book.h"
#include "support/fake_alerts.h"
#include "support/fake_backups.h"
#include "support/fake_diagnoses.h"
#include "support/fake_inbox.h"
#include "support/fake_opt_outs.h"
#include "support/fake_schedule.h"
#include "support/fake_search.h"
#include "support/fake_transcripts.h"
#include "support/fake_triage.h"

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
    [[nodiscard]] std::chrono::seconds undoWindow() const override { return undo; }
    void setUndoWindow(std::chrono::seconds window) override;
    /// The text of the last send, unless `problem` is set.
    QFuture<Result<QString, desk::SendProblem>> takeBack(desk::MessageRow message) override;
    [[nodiscard]] QString draft(desk::ConversationId id) const override { return drafts.value(id); }
    void keepDraft(desk::ConversationId id, const QString &text) override { drafts[id] = text; }
    [[nodiscard]] QString noteDraft(desk::ConversationId id) const override { return noteDrafts.value(id); }
    void keepNoteDraft(desk::ConversationId id, const QString &text) override { noteDrafts[id] = text; }
    void setSender(desk::ConversationId id, const phone::Address &own) override;
    [[nodiscard]] desk::PriceEstimate priceEstimate(const phone::Address &own,
                                                    const phone::Address &peer) const override;
    [[nodiscard]] desk::PriceEstimate mmsEstimate(const phone::Address &,
                                                  const phone::Address &) const override {
        return mmsPrice;
    }

    /// Answers the sends that `holdSends` kept waiting, oldest first.
    void answer(const Result<desk::MessageRow, desk::SendProblem> &result);

    QHash<desk::ConversationId, QString> drafts, noteDrafts;
    QList<QPair<desk::ConversationId, QString>> sent;
    QList<QPair<desk::MessageRow, desk::Settlement>> settled;
    QList<QPair<desk::ConversationId, phone::Address>> senders;
    std::optional<desk::SendProblem> problem; ///< obstacle() and send() answer it
    desk::PriceEstimate price{{QStringLiteral("0.0051"), QStringLiteral("USD")}, false};
    desk::PriceEstimate mmsPrice{{QStringLiteral("0.04"), QStringLiteral("USD")}, false};
    bool holdSends = false;
    std::chrono::seconds undo{0};
    QList<desk::MessageRow> takenBack;

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

/// A team in memory: without colleagues until the test gives it some. Remembers what it was told, and shows
/// it in the inbox if it has one, as the relay's answer would.
class FakeTeam final : public desk::Team {
    Q_OBJECT
public:
    explicit FakeTeam(FakeInbox *inbox = nullptr, QObject *parent = nullptr);

    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] desk::TeamRole role() const override { return m_role; }
    [[nodiscard]] QList<desk::TeamMember> members() const override { return m_members; }
    [[nodiscard]] bool isTeam() const override { return m_members.size() > 1; }
    [[nodiscard]] bool may(desk::TeamPermission permission) const override;
    void claim(desk::ConversationId id, std::chrono::minutes length, desk::ClaimMode mode) override;
    void assign(desk::ConversationId id, const QString &member, std::chrono::minutes length) override;
    void release(desk::ConversationId id) override;
    void addNote(desk::ConversationId id, const QString &text, const QStringList &mentions) override;
    void setClosed(desk::ConversationId id, bool closed) override;
    [[nodiscard]] QList<desk::CannedReply> cannedReplies() const override { return m_replies; }
    void saveCannedReply(const desk::CannedReply &reply) override;
    void removeCannedReply(const QString &id) override;
    void setActivity(desk::ConversationId id, desk::TeamActivity activity) override;
    [[nodiscard]] QList<desk::Colleague> colleagues(desk::ConversationId id) const override;
    [[nodiscard]] std::optional<desk::AnswerQuestion> answerCheck(desk::ConversationId) const override {
        return question;
    }
    [[nodiscard]] int unsent() const override { return m_unsent; }

    /// Set: every note is refused at once, with this.
    std::optional<Failure> refusesNotes;
    /// Oneself is `members`' entry of that name.
    void setMembers(const QString &name, const QList<desk::TeamMember> &members);
    void setColleagues(desk::ConversationId id, const QList<desk::Colleague> &colleagues);
    void setCannedReplies(const QList<desk::CannedReply> &replies);
    void setUnsent(int count);

    struct Note {
        desk::ConversationId id;
        QString text;
        QStringList mentions;
    };
    std::optional<desk::AnswerQuestion> question;
    QList<Note> notes;
    QList<QPair<desk::ConversationId, QString>> claims; ///< assignee; empty: released
    QList<QPair<desk::ConversationId, bool>> closings;
    QList<QPair<desk::ConversationId, desk::TeamActivity>> activities;

private:
    void take(desk::ConversationId id, const QString &assignee, std::chrono::minutes length);

    FakeInbox *m_inbox;
    QString m_name{QStringLiteral("Console")};
    desk::TeamRole m_role = desk::TeamRole::Admin;
    QList<desk::TeamMember> m_members;
    QList<desk::CannedReply> m_replies;
    QHash<desk::ConversationId, QList<desk::Colleague>> m_colleagues;
    int m_unsent = 0;
    int m_nextReply = 1;
};

/// A relay's health as the test sets it; futures wait until the test answers them.
class FakeRelayHealth final : public desk::RelayHealth {
    Q_OBJECT
public:
    using RelayHealth::RelayHealth;
    void watch(bool watching) override { watched = watching; }
    [[nodiscard]] std::optional<desk::RelayFigures> figures() const override { return m_figures; }
    [[nodiscard]] QList<desk::LogGap> gaps() const override { return m_gaps; }
    void forgetGaps() override { setGaps({}); }
    [[nodiscard]] std::optional<Failure> silence() const override { return m_silence; }
    [[nodiscard]] QList<desk::WebhookCheck> webhooks() const override { return m_webhooks; }
    QFuture<Result<QList<desk::WebhookCheck>, Failure>> checkWebhooks() override;
    [[nodiscard]] QString receiverUrl() const override { return receiver; }
    [[nodiscard]] QString ownRelayAddress() const override { return m_ownRelay; }
    QFuture<Result<QString, Failure>> setWebhookUrl(const QString &profileId) override;
    QFuture<Result<QString, Failure>> selfTest() override;
    QFuture<Result<QString, Failure>> recover(const QDateTime &from, const QDateTime &to) override;

    void setFigures(const std::optional<desk::RelayFigures> &figures);
    void setOwnRelay(const QString &address);
    void setGaps(const QList<desk::LogGap> &gaps);
    void setSilence(const std::optional<Failure> &silence);
    void setWebhooks(const QList<desk::WebhookCheck> &webhooks);
    /// Answers setWebhookUrl, selfTest or recover, whichever was asked last.
    void answer(const Result<QString, Failure> &result);

    bool watched = false;
    QString receiver;
    QStringList profilesSet;
    int selfTests = 0;
    QList<QPair<QDateTime, QDateTime>> recovered;

private:
    std::optional<desk::RelayFigures> m_figures;
    QString m_ownRelay;
    QList<desk::LogGap> m_gaps;
    std::optional<Failure> m_silence;
    QList<desk::WebhookCheck> m_webhooks;
    QPromise<Result<QString, Failure>> m_asked;
};

/// Figures of a relay that is well, with two readers and a forward in trouble.
[[nodiscard]] desk::RelayFigures sampleFigures();

/// An open console over SampleDesk's inbox and account.
class FakeConsole final : public desk::Console {
    Q_OBJECT
public:
    FakeConsole();
    [[nodiscard]] desk::Inbox &inbox() override { return sample.inbox; }
    [[nodiscard]] desk::Outbox &outbox() override { return out; }
    [[nodiscard]] desk::Account &account() override { return sample.account; }
    [[nodiscard]] desk::Team &team() override { return crew; }
    [[nodiscard]] desk::RelayHealth &relayHealth() override { return health; }
    [[nodiscard]] desk::Triage &triage() override { return sorting; }
    [[nodiscard]] desk::Search &search() override { return finder; }
    [[nodiscard]] desk::Schedule &schedule() override { return later; }
    [[nodiscard]] desk::OptOuts &optOuts() override { return blocks; }
    [[nodiscard]] desk::Diagnoses &diagnoses() override { return reasons; }
    [[nodiscard]] desk::AddressBook &addressBook() override { return people; }
    [[nodiscard]] desk::Transcripts &transcripts() override { return papers; }
    [[nodiscard]] desk::Alerts &alerts() override { return bells; }
    [[nodiscard]] desk::Backups &backups() override { return copies; }
    void close() override { closed = true; }

    SampleDesk sample;
    FakeOutbox out;
    FakeTeam crew{&sample.inbox};
    FakeRelayHealth health;
    FakeTriage sorting{&sample.inbox};
    FakeSearch finder;
    FakeSchedule later{sampleNow()};
    FakeOptOuts blocks;
    FakeDiagnoses reasons;
    FakeAddressBook people;
    FakeTranscripts papers;
    FakeAlerts bells;
    FakeBackups copies;
    bool closed = false;
};

/// The two profiles and three senders that the sandbox has at its start.
[[nodiscard]] QList<desk::Sender> sandboxSenders();

} // namespace longcode::tests
