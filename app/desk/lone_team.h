#pragma once

#include "desk/relay_health.h"
#include "desk/team.h"

namespace longcode::desk {

/// Nobody else, and nothing shared.
class LoneTeam final : public Team {
    Q_OBJECT
public:
    using Team::Team;
    [[nodiscard]] QString name() const override { return {}; }
    [[nodiscard]] TeamRole role() const override { return TeamRole::Admin; }
    [[nodiscard]] QList<TeamMember> members() const override { return {}; }
    [[nodiscard]] bool isTeam() const override { return false; }
    [[nodiscard]] bool may(TeamPermission) const override { return true; }
    void claim(ConversationId, std::chrono::minutes, ClaimMode) override {}
    void assign(ConversationId, const QString &, std::chrono::minutes) override {}
    void release(ConversationId) override {}
    void addNote(ConversationId, const QString &, const QStringList &) override {}
    void setClosed(ConversationId, bool) override {}
    [[nodiscard]] QList<CannedReply> cannedReplies() const override { return {}; }
    void saveCannedReply(const CannedReply &) override {}
    void removeCannedReply(const QString &) override {}
    void setActivity(ConversationId, TeamActivity) override {}
    [[nodiscard]] QList<Colleague> colleagues(ConversationId) const override { return {}; }
    [[nodiscard]] std::optional<AnswerQuestion> answerCheck(ConversationId) const override { return {}; }
    [[nodiscard]] int unsent() const override { return 0; }
};

/// A relay of which nothing is known.
class UnknownHealth final : public RelayHealth {
    Q_OBJECT
public:
    using RelayHealth::RelayHealth;
    void watch(bool) override {}
    [[nodiscard]] std::optional<RelayFigures> figures() const override { return {}; }
    [[nodiscard]] QList<LogGap> gaps() const override { return {}; }
    void forgetGaps() override {}
    [[nodiscard]] std::optional<Failure> silence() const override { return {}; }
    [[nodiscard]] QList<WebhookCheck> webhooks() const override { return {}; }
    QFuture<Result<QList<WebhookCheck>, Failure>> checkWebhooks() override {
        return QtFuture::makeReadyFuture(Result<QList<WebhookCheck>, Failure>(failed(notKnown())));
    }
    [[nodiscard]] QString receiverUrl() const override { return {}; }
    QFuture<Result<QString, Failure>> setWebhookUrl(const QString &) override { return refuse(); }
    QFuture<Result<QString, Failure>> selfTest() override { return refuse(); }
    QFuture<Result<QString, Failure>> recover(const QDateTime &, const QDateTime &) override {
        return refuse();
    }

private:
    static Failure notKnown() { return {tr("Nothing is known of the relay."), {}}; }
    static QFuture<Result<QString, Failure>> refuse() {
        return QtFuture::makeReadyFuture(Result<QString, Failure>(failed(notKnown())));
    }
};

} // namespace longcode::desk
