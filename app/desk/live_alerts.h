#pragma once

#include "base/clock.h"
#include "desk/alerts.h"
#include "desk/inbox.h"
#include "desk/schedule.h"
#include "desk/team.h"
#include "store/store.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <chrono>

namespace longcode::desk {

struct AlertTiming {
    /// What comes within this time is told together.
    std::chrono::milliseconds gather{400};
    /// Catching up is over when nothing came for so long.
    std::chrono::milliseconds caughtUp{2'000};
    /// Texts of so many people at once, and so many failures, are told as one.
    int many = 4;
};

/// Alerts over store, inbox and team. Rules are facts of the store, one for each number of ours. What is told
/// is plain text of a bounded length in which nothing is hidden. Lives on the UI thread; all handed in
/// outlive it.
class LiveAlerts final : public Alerts {
    Q_OBJECT
public:
    LiveAlerts(store::Store &store, store::Reader &reader, Inbox &inbox, Team &team, const Clock &clock,
               const AlertTiming &timing = {}, QObject *parent = nullptr);

    [[nodiscard]] AlertRule rule(const phone::Address &own) const override;
    void setRule(const phone::Address &own, const AlertRule &rule) override;
    void setQuietUntil(const QDateTime &until) override;
    [[nodiscard]] QDateTime quietUntil() const override { return m_quietUntil; }
    void setOnScreen(ConversationId id) override;
    [[nodiscard]] int unread() const override { return m_unread; }

public Q_SLOTS:
    /// Of Schedule::missed.
    void onMissed(const longcode::desk::ScheduledSend &send);
    /// Of LiveRelayHealth::recoveredByItself.
    void onRecovered(const QString &outcome);
    /// Of LiveInbox::woke.
    void onWoke(longcode::desk::ConversationId id);

private:
    struct Texts {
        MessageRow newest;
        int count = 0;
    };
    void onReceived(ConversationId id, MessageRow row);
    void onMentioned(ConversationId id, MessageRow note);
    void onStoreChanged(const store::Changes &changes);
    void onConversationChanged(ConversationId id);
    void readUnread();
    void tellGathered();
    void tellCaughtUp();
    void tellTexts(const Conversation &conversation, const Texts &texts);
    void tellSummary(int texts, const QList<Conversation> &from, const QString &title);
    void lookForFailures();
    void tellFailure(const Message &message);
    void tell(const Alert &alert, const AlertRule &rule);
    [[nodiscard]] std::optional<Conversation> tellable(ConversationId id) const;

    store::Store &m_store;
    store::Reader &m_reader;
    Inbox &m_inbox;
    const Clock &m_clock;
    AlertTiming m_timing;
    QTimer m_gather, m_catchUp, m_failures, m_count;
    QList<ConversationId> m_order; ///< of m_waiting, as they came
    QHash<ConversationId, Texts> m_waiting;
    QHash<ConversationId, int> m_told;      ///< texts told of since they were last read
    QSet<ConversationId> m_shown;           ///< of these, something is told
    QSet<ConversationId> m_caughtUpFrom;    ///< texts of these came in while catching up
    QList<store::MessageRow> m_toLook;      ///< outbound ones that changed
    QSet<store::MessageRow> m_failuresTold; ///< since the start
    ConversationId m_onScreen;
    QDateTime m_quietUntil;
    int m_unread = 0;
};

} // namespace longcode::desk
