#pragma once

#include "desk/fact_queue.h"
#include "desk/presence.h"
#include "desk/team.h"
#include "store/values.h"

#include <QMap>

namespace longcode {
class Clock;
}
namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store

namespace longcode::desk {

/// The team over the store, which knows what was told, and a relay, which others listen to. Lives on the UI
/// thread; is told of the relay's words and says its own by signals, so it knows no connection.
class LiveTeam final : public Team {
    Q_OBJECT
public:
    /// All handed in outlive it.
    LiveTeam(store::Store &store, store::Reader &reader, const Clock &clock,
             std::chrono::milliseconds presenceLasts = protocol::presenceLasts, QObject *parent = nullptr);

    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] TeamRole role() const override { return m_role; }
    [[nodiscard]] QList<TeamMember> members() const override { return m_members; }
    [[nodiscard]] bool isTeam() const override { return m_members.size() > 1; }
    [[nodiscard]] bool may(TeamPermission permission) const override;
    void claim(ConversationId id, std::chrono::minutes length, ClaimMode mode) override;
    void assign(ConversationId id, const QString &member, std::chrono::minutes length) override;
    void release(ConversationId id) override;
    void addNote(ConversationId id, const QString &text, const QStringList &mentions) override;
    void setClosed(ConversationId id, bool closed) override;
    [[nodiscard]] QList<CannedReply> cannedReplies() const override;
    void saveCannedReply(const CannedReply &reply) override;
    void removeCannedReply(const QString &id) override;
    void setActivity(ConversationId id, TeamActivity activity) override;
    [[nodiscard]] QList<Colleague> colleagues(ConversationId id) const override;
    [[nodiscard]] std::optional<AnswerQuestion> answerCheck(ConversationId id) const override;
    [[nodiscard]] int unsent() const override;

    [[nodiscard]] FactQueue &facts() { return m_facts; }
    [[nodiscard]] PresenceBoard &presence() { return m_presence; }

public Q_SLOTS:
    void onWelcome(const longcode::protocol::Welcome &welcome);
    void onRelayGone();
    /// Told to colleagues when there are any.
    void shareRead(longcode::store::ConversationId id, const QDateTime &upTo);
    void shareName(const QString &peer, const QString &name);
    void shareAnswer(const longcode::store::IntentRecord &intent);

private:
    /// How long ago an answer of a colleague may be to be asked about.
    static constexpr int recentSeconds = 60;
    /// How old a mention may be that is told while catching up: a new console reads years of notes.
    static constexpr int mentionDays = 7;

    [[nodiscard]] std::optional<protocol::Parties> partiesOf(ConversationId id) const;
    [[nodiscard]] std::optional<AnswerQuestion> recentAnswer(ConversationId id) const;
    [[nodiscard]] std::optional<AnswerQuestion> livingClaim(ConversationId id) const;
    void publishClaim(ConversationId id, const QString &assignee, std::chrono::minutes length, bool takeOver);
    void remember() const;
    void recall();
    void onStoreChanged(const store::Changes &changes);
    void onRefused(const protocol::Fact &fact, const Failure &why);
    void refuseNote(ConversationId id, const QString &text, const Failure &why);
    void forgetCannedReplies();
    void keepMention(ConversationId id, MessageRow note);
    void mentionSeen(ConversationId id);
    void rememberMentions() const;
    void recallMentions();
    void onPresenceChanged(const protocol::Parties &parties);

    store::Store &m_store;
    store::Reader &m_reader;
    const Clock &m_clock;
    FactQueue m_facts;
    PresenceBoard m_presence;
    QString m_name;
    TeamRole m_role = TeamRole::Admin;
    QList<TeamMember> m_members;
    /// Kept between changes: the composer asks with every one of them.
    mutable std::optional<QList<CannedReply>> m_cannedReplies;
    QMap<qint64, qint64> m_mentions; ///< by conversation: the newest note that was not looked at
    ConversationId m_lookedAt;
    bool m_mentionsTold = false; ///< those of an earlier run
};

} // namespace longcode::desk
