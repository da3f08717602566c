#pragma once

#include "desk/log_gaps.h"
#include "desk/relay_health.h"
#include "protocol/protocol.h"
#include "telnyx/telnyx.h"

#include <QHash>
#include <QPromise>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace longcode {
class Clock;
}

namespace longcode::desk {

class LiveTeam;
struct RecoveryOutcome;

/// When the console wonders about its relay.
struct HealthTiming {
    std::chrono::milliseconds askEvery{10'000};
    std::chrono::milliseconds lookForSilenceEvery{60'000};
    std::chrono::seconds silentAfter{
        600}; ///< a message taken by the API that long ago, and nothing heard since
    std::chrono::milliseconds selfTestWithin{60'000};
    std::chrono::seconds outageAfter{300};        ///< a link lost for longer may have cost reports
    std::chrono::seconds recoverEvery{24 * 3600}; ///< what was missed is looked for without being asked
};

/// The relay's health over what the relay says, what the store holds, and the API. Lives on the UI thread;
/// says its wishes to the relay by signals, so it knows no connection.
class LiveRelayHealth final : public RelayHealth {
    Q_OBJECT
public:
    /// All handed in outlive it.
    LiveRelayHealth(store::Store &store, store::Reader &reader, telnyx::Client &client, LiveTeam &team,
                    QUrl apiBase, const Clock &clock, const HealthTiming &timing = {},
                    QObject *parent = nullptr);

    void watch(bool watching) override;
    [[nodiscard]] std::optional<RelayFigures> figures() const override;
    [[nodiscard]] QList<LogGap> gaps() const override { return m_gaps.all(); }
    void forgetGaps() override;
    [[nodiscard]] std::optional<Failure> silence() const override { return m_silence; }
    [[nodiscard]] QList<WebhookCheck> webhooks() const override { return m_webhooks; }
    QFuture<Result<QList<WebhookCheck>, Failure>> checkWebhooks() override;
    [[nodiscard]] QString receiverUrl() const override;
    [[nodiscard]] QString ownRelayAddress() const override { return m_ownRelayAddress; }
    QFuture<Result<QString, Failure>> setWebhookUrl(const QString &profileId) override;
    QFuture<Result<QString, Failure>> selfTest() override;
    QFuture<Result<QString, Failure>> recover(const QDateTime &from, const QDateTime &to) override;

public Q_SLOTS:
    /// `here`: how far the store had followed before.
    void onWelcome(const longcode::protocol::Welcome &welcome, const longcode::desk::LogPosition &here);
    void onStatus(const longcode::desk::RelayStatus &status);
    void onState(const longcode::protocol::RelayState &state);
    void onSelfTested(const longcode::protocol::SelfTestResult &result);
    void onRelayGone();
    void onOwnRelayReady(const longcode::desk::RelayEndpoint &endpoint);
    /// Reports that were found elsewhere: what one console found is missing at the others too.
    void shareRecovered(const longcode::desk::RecoveryOutcome &outcome);

Q_SIGNALS:
    void askState();
    void selfTestWanted(const QString &id);
    /// A search for missed reports that nobody asked for has ended, after an outage or because it found some:
    /// RecoveryOutcome's words, or why it could not be made. The daily one says nothing when nothing was
    /// missing.
    void recoveredByItself(const QString &outcome);

private:
    using Sentence = Result<QString, Failure>;

    void lookForSilence();
    enum class Occasion : quint8 { Outage, Daily };
    /// After an outage, a gap in the log, and once a day: recover(), since then.
    void recoverSince(const QDateTime &from, Occasion occasion);
    void recoverDaily();
    void keepProfiles(const QList<telnyx::Profile> &profiles);
    void finishSelfTest(const QString &id, const Sentence &outcome);

    store::Store &m_store;
    store::Reader &m_reader;
    telnyx::Client &m_client;
    LiveTeam &m_team;
    QUrl m_apiBase;
    const Clock &m_clock;
    HealthTiming m_timing;
    LogGaps m_gaps;
    QTimer m_ask, m_look;
    std::optional<RelayFigures> m_figures;
    std::optional<Failure> m_silence;
    QString m_ownRelayAddress;
    QList<WebhookCheck> m_webhooks;
    QHash<QString, std::shared_ptr<QPromise<Sentence>>> m_selfTests;
    QString m_publicUrl;
    qint64 m_applied = 0;
    QDateTime m_goneSince;       ///< valid while the relay is away, after it was there
    QFuture<Sentence> m_running; ///< of the search that nobody asked for
    bool m_byItself = false;
    bool m_foundSome = false; ///< by the last search that ended
    bool m_connected = false, m_watching = false, m_recovering = false;
};

} // namespace longcode::desk
