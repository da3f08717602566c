#include "desk/live_relay_health.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/live_team.h"
#include "desk/random_token.h"
#include "desk/recovery.h"
#include "desk/send_queue.h"
#include "desk/send_verdict.h"
#include "store/reader.h"
#include "store/team.h"

#include <QLocale>

namespace longcode::desk {

namespace {

constexpr char lastRecoveryFact[] = "recovery/last";
constexpr int longestLookBackDays = 10; // what the API reads back

template <typename T>
QFuture<Result<T, Failure>> refuse(const Failure &why) {
    return QtFuture::makeReadyFuture(Result<T, Failure>(failed(Failure(why))));
}

/// Two spellings of one address count as one. What follows the path is the receiver's own business.
bool isSameReceiver(const QString &a, const QString &b) {
    const auto plain = [](const QString &text) {
        QUrl url(text);
        url.setQuery(QString());
        url.setFragment(QString());
        if (url.port(-1) == (url.scheme() == QLatin1String("https") ? 443 : 80))
            url.setPort(-1);
        return url.adjusted(QUrl::NormalizePathSegments | QUrl::StripTrailingSlash);
    };
    return !a.isEmpty() && plain(a) == plain(b);
}

RelayFigures toDesk(const protocol::RelayState &state) {
    RelayFigures figures{.publicUrl = state.publicUrl,
                         .version = state.version,
                         .startedAt = state.startedAt,
                         .at = state.now,
                         .first = state.first,
                         .head = state.head,
                         .applied = 0,
                         .lastWebhookAt = state.lastWebhookAt,
                         .stored = state.stored,
                         .duplicates = state.duplicates,
                         .refused = state.refused,
                         .storeFailing = state.storeFailing,
                         .logBytes = state.logBytes,
                         .freeBytes = state.freeBytes,
                         .readers = {},
                         .forwards = {}};
    for (const protocol::ReaderState &reader : state.readers)
        figures.readers.append({.name = reader.name,
                                .console = reader.console,
                                .acknowledged = reader.acknowledged,
                                .seenAt = reader.seenAt,
                                .connected = reader.connected});
    for (const protocol::ForwardState &forward : state.forwards)
        figures.forwards.append({.name = forward.name,
                                 .waiting = forward.waiting,
                                 .dead = forward.dead,
                                 .trouble = forward.trouble.left(300)});
    return figures;
}

} // namespace

LiveRelayHealth::LiveRelayHealth(store::Store &store, store::Reader &reader, telnyx::Client &client,
                                 LiveTeam &team, QUrl apiBase, const Clock &clock, const HealthTiming &timing,
                                 QObject *parent)
    : RelayHealth(parent)
    , m_store(store)
    , m_reader(reader)
    , m_client(client)
    , m_team(team)
    , m_apiBase(std::move(apiBase))
    , m_clock(clock)
    , m_timing(timing)
    , m_gaps(store, reader) {
    m_ask.setInterval(m_timing.askEvery);
    m_look.setInterval(m_timing.lookForSilenceEvery);
    connect(&m_ask, &QTimer::timeout, this, &LiveRelayHealth::askState);
    connect(&m_look, &QTimer::timeout, this, &LiveRelayHealth::lookForSilence);
    connect(&m_look, &QTimer::timeout, this, &LiveRelayHealth::recoverDaily);
    m_look.start();
}

void LiveRelayHealth::watch(bool watching) {
    m_watching = watching;
    if (!watching || !m_connected) {
        m_ask.stop();
        return;
    }
    m_ask.start();
    Q_EMIT askState();
}

std::optional<RelayFigures> LiveRelayHealth::figures() const {
    auto figures = m_figures;
    if (figures)
        figures->applied = m_applied;
    return figures;
}

void LiveRelayHealth::forgetGaps() {
    m_gaps.forget();
    Q_EMIT gapsChanged();
}

void LiveRelayHealth::onWelcome(const protocol::Welcome &welcome, const LogPosition &here) {
    m_connected = true;
    m_publicUrl = welcome.publicUrl;
    const QDateTime gone = std::exchange(m_goneSince, {});
    const bool hasGap = m_gaps.look(here, welcome, m_clock.now());
    if (hasGap)
        Q_EMIT gapsChanged();
    watch(m_watching);
    lookForSilence();
    if (hasGap)
        recoverSince(m_gaps.all().constLast().since, Occasion::Outage);
    else if (gone.isValid() && gone.secsTo(m_clock.now()) > m_timing.outageAfter.count())
        recoverSince(gone, Occasion::Outage);
}

void LiveRelayHealth::recoverSince(const QDateTime &from, Occasion occasion) {
    if (m_recovering)
        return;
    const QDateTime now = m_clock.now();
    m_store.setFact(QLatin1String(lastRecoveryFact), now.toString(Qt::ISODateWithMs));
    const QDateTime oldest = now.addDays(-longestLookBackDays);
    m_running = recover(from.isValid() ? std::max(from, oldest) : oldest, now);
    m_byItself = true;
    whenFinished(m_running, this, [this, occasion](const Sentence &outcome) {
        m_byItself = false;
        if (occasion == Occasion::Outage || m_foundSome || !outcome)
            Q_EMIT recoveredByItself(outcome ? *outcome : outcome.error().what);
    });
}

void LiveRelayHealth::recoverDaily() {
    const QDateTime now = m_clock.now();
    const auto last =
        QDateTime::fromString(m_reader.fact(QLatin1String(lastRecoveryFact)), Qt::ISODateWithMs);
    // A first start has missed nothing; neither has a clock that was set back.
    if (!last.isValid() || last > now)
        m_store.setFact(QLatin1String(lastRecoveryFact), now.toString(Qt::ISODateWithMs));
    else if (m_connected && last.secsTo(now) > m_timing.recoverEvery.count())
        recoverSince(last, Occasion::Daily);
}

void LiveRelayHealth::onStatus(const RelayStatus &status) {
    if (!status.publicUrl.isEmpty())
        m_publicUrl = status.publicUrl;
    const bool moved = m_applied != status.seq;
    m_applied = status.seq;
    if (moved && m_figures)
        Q_EMIT figuresChanged();
    // Something was heard: the silence may be over.
    if (moved && m_silence)
        lookForSilence();
}

void LiveRelayHealth::onRelayGone() {
    if (m_connected)
        m_goneSince = m_clock.now();
    m_connected = false;
    m_ask.stop();
    const auto waiting = m_selfTests.keys();
    for (const QString &id : waiting)
        finishSelfTest(id, failed(Failure{tr("The connection to the relay was lost before it answered."),
                                          tr("Try again when it is back.")}));
}

void LiveRelayHealth::onState(const protocol::RelayState &state) {
    m_figures = toDesk(state);
    Q_EMIT figuresChanged();
}

void LiveRelayHealth::lookForSilence() {
    std::optional<Failure> silence;
    const auto sends = m_reader.unreportedSends(m_clock.now().addSecs(-m_timing.silentAfter.count()));
    if (m_connected && sends.count > 0) {
        const QString since = QLocale().toString(sends.oldest.toLocalTime(), QLocale::ShortFormat);
        silence =
            Failure{tr("%n messages were accepted since %1, and Telnyx has reported nothing of them.",
                       nullptr, sends.count)
                        .arg(since),
                    tr("Check on the relay's page that the messaging profiles report to this relay, run the "
                       "self-test, then look up what was missed.")};
    }
    if (silence == m_silence)
        return;
    m_silence = silence;
    Q_EMIT silenceChanged();
}

QString LiveRelayHealth::receiverUrl() const {
    return webhookBase(m_publicUrl, m_apiBase).toString();
}

void LiveRelayHealth::onOwnRelayReady(const RelayEndpoint &endpoint) {
    m_ownRelayAddress = endpoint.url.authority(QUrl::FullyEncoded);
    Q_EMIT figuresChanged();
}

void LiveRelayHealth::keepProfiles(const QList<telnyx::Profile> &profiles) {
    QList<WebhookCheck> checks;
    const QString receiver = receiverUrl();
    for (const telnyx::Profile &profile : profiles)
        checks.append({.profileId = profile.id.text(),
                       .profileName = profile.name,
                       .url = profile.webhookUrl,
                       .matches = isSameReceiver(profile.webhookUrl, receiver)});
    m_webhooks = checks;
    Q_EMIT webhooksChanged();
}

QFuture<Result<QList<WebhookCheck>, Failure>> LiveRelayHealth::checkWebhooks() {
    using Checks = Result<QList<WebhookCheck>, Failure>;
    return mapped<Checks>(m_client.profiles(), this,
                          [this](const telnyx::Answer<QList<telnyx::Profile>> &profiles) -> Checks {
                              if (!profiles)
                                  return failed(accountFailure(profiles.error()));
                              keepProfiles(*profiles);
                              return m_webhooks;
                          });
}

QFuture<Result<QString, Failure>> LiveRelayHealth::setWebhookUrl(const QString &profileId) {
    const QString receiver = receiverUrl();
    if (receiver.isEmpty())
        return refuse<QString>({tr("The relay does not know how Telnyx reaches it."),
                                tr("Give it its public address first (--public-url), then try again.")});
    return mapped<Sentence>(
        m_client.setWebhookUrl(telnyx::ProfileId(profileId), QUrl(receiver)), this,
        [this, receiver](const telnyx::Answer<telnyx::Profile> &profile) -> Sentence {
            if (!profile)
                return failed(accountFailure(profile.error()));
            for (WebhookCheck &check : m_webhooks)
                if (check.profileId == profile->id.text()) {
                    check.url = profile->webhookUrl;
                    check.matches = isSameReceiver(check.url, receiver);
                }
            Q_EMIT webhooksChanged();
            return tr("The profile “%1” reports to %2 from now on.").arg(profile->name, receiver);
        });
}

QFuture<Result<QString, Failure>> LiveRelayHealth::selfTest() {
    if (!m_connected)
        return refuse<QString>({tr("The relay is not connected."), tr("Try again when it is.")});
    const QString id = QString::fromLatin1(randomToken<4>());
    auto promise = std::make_shared<QPromise<Sentence>>();
    promise->start();
    m_selfTests.insert(id, promise);
    QTimer::singleShot(m_timing.selfTestWithin, this, [this, id] {
        finishSelfTest(id, failed(Failure{tr("The relay did not tell how its self-test went."),
                                          tr("Look into the relay's journal.")}));
    });
    Q_EMIT selfTestWanted(id);
    return promise->future();
}

void LiveRelayHealth::onSelfTested(const protocol::SelfTestResult &result) {
    const QString message = result.message.left(500);
    if (result.arrived)
        finishSelfTest(result.id, message);
    else
        finishSelfTest(
            result.id,
            failed(Failure{message, tr("Check the tunnel or proxy in front of the relay, and the public "
                                       "address that the relay was given.")}));
}

void LiveRelayHealth::finishSelfTest(const QString &id, const Sentence &outcome) {
    const auto promise = m_selfTests.take(id);
    if (!promise)
        return;
    promise->addResult(outcome);
    promise->finish();
}

QFuture<Result<QString, Failure>> LiveRelayHealth::recover(const QDateTime &from, const QDateTime &to) {
    if (m_recovering && m_byItself)
        return m_running;
    if (m_recovering)
        return refuse<QString>(
            {tr("A search for missed reports is under way already."), tr("Wait for its end.")});
    m_recovering = true;
    auto *recovery = new Recovery(m_client, m_store, m_reader, m_clock, this);
    return mapped<Sentence>(recovery->start({.from = from, .to = to}), this,
                            [this](const Result<RecoveryOutcome, Failure> &outcome) -> Sentence {
                                m_recovering = false;
                                m_foundSome = outcome && !outcome->events.isEmpty();
                                if (!outcome)
                                    return failed(outcome.error());
                                shareRecovered(*outcome);
                                return outcome->inWords();
                            });
}

void LiveRelayHealth::shareRecovered(const RecoveryOutcome &outcome) {
    if (!m_team.isTeam() || !m_team.may(TeamPermission::Operate))
        return;
    for (const RecoveredEvent &event : outcome.events)
        m_team.facts().add(protocol::Recovered{.source = event.source, .event = event.body});
}

} // namespace longcode::desk
