#include "desk/open_console.h"

#include "desk/profile_file.h"
#include "desk/random_token.h"
#include "store/backup.h"

#include <QPromise>
#include <QThread>
#include <QThreadPool>

namespace longcode::desk {

namespace {

using Opened = Result<std::shared_ptr<OpenFolder>, Failure>;

Opened openNow(const ProfileFolder &folder, MissingStore missing, QThread *home, store::StopSign &stop) {
    auto lock = lockFolder(folder);
    if (!lock)
        return failed(lock.error());
    if (missing == MissingStore::IsRefused && isStoreMissing(folder.path))
        return failed(missingStoreSentence(folder.path, stop));
    auto opened = store::Store::open(folder.path);
    if (!opened)
        return failed(storeSentence(opened.error(), folder.path, stop));
    // The reader of the screen's thread is opened there, and finds what this one finds.
    if (const auto reader = (*opened)->openReader(); !reader)
        return failed(storeSentence(reader.error(), folder.path, stop));
    (*opened)->moveToThread(home);
    auto open = std::make_shared<OpenFolder>();
    open->lock = std::move(*lock);
    open->store = std::move(*opened);
    return open;
}

} // namespace

QFuture<Opened> openFolder(const ProfileFolder &folder, MissingStore missing) {
    auto promise = std::make_shared<QPromise<Opened>>();
    promise->start();
    QThreadPool::globalInstance()->start(
        [promise, folder, missing, home = QThread::currentThread(), stop = askedAtQuit()] {
            promise->addResult(openNow(folder, missing, home, *stop));
            promise->finish();
        });
    return promise->future();
}

OpenConsole::OpenConsole(OpenFolder folder, const ProfileFolder &path, const AccountFacts &facts,
                         telnyx::Settings api, const Services &services)
    : m_folder(std::move(folder))
    , m_apiBase(api.baseUrl)
    , m_client(services.network, std::move(api))
    , m_sink(*m_folder.store, *m_folder.reader, services.clock)
    , m_link(m_sink, {})
    , m_account(facts, *m_folder.store, *m_folder.reader, m_client, m_link)
    , m_queue(*m_folder.store, *m_folder.reader, m_client, services.clock, {})
    , m_outbox(*m_folder.store, *m_folder.reader, m_account, m_queue, services.clock)
    , m_inbox(*m_folder.store, *m_folder.reader, services.clock)
    , m_team(*m_folder.store, *m_folder.reader, services.clock)
    , m_health(*m_folder.store, *m_folder.reader, m_client, m_team, m_apiBase, services.clock)
    , m_triage(*m_folder.store, *m_folder.reader, m_team, services.clock)
    , m_search(*m_folder.store)
    , m_schedule(*m_folder.store, *m_folder.reader, m_client, m_outbox, services.clock)
    , m_optOuts(*m_folder.store, *m_folder.reader, m_client, m_account, services.clock)
    , m_diagnoses(*m_folder.store, *m_folder.reader, m_client, m_account, services.clock)
    , m_addressBook(*m_folder.store, *m_folder.reader, path.path, facts.home, services.clock)
    , m_transcripts(*m_folder.store, *m_folder.reader, facts.name, services.clock)
    , m_alerts(*m_folder.store, *m_folder.reader, m_inbox, m_team, services.clock)
    , m_backups(*m_folder.store, *m_folder.reader, services.clock, path.path) {
    connect(&m_link, &RelayLink::statusChanged, this, &OpenConsole::onRelayStatus);
    connect(&m_account, &LiveAccount::refreshed, &m_queue, &SendQueue::accountWorks);
    m_transcripts.setPublicKey(QString::fromLatin1(facts.publicKey));
    nameConsole();
    joinTeam();
    joinDesk();
}

/// The name is random: it tells stores apart, and nobody's machine.
void OpenConsole::nameConsole() {
    const QString fact = QStringLiteral("console-name");
    QString name = m_folder.reader->fact(fact);
    if (name.isEmpty()) {
        name = QString::fromLatin1(randomToken<4>());
        m_folder.store->setFact(fact, name);
    }
    m_link.setConsoleName(name);
}

/// What people do here goes out through the link, what the relay says comes in.
void OpenConsole::joinTeam() {
    m_inbox.setMe(m_team.name());
    connect(&m_team, &Team::membersChanged, &m_inbox, [this] { m_inbox.setMe(m_team.name()); });
    connect(&m_inbox, &LiveInbox::readHere, &m_team, &LiveTeam::shareRead);
    connect(&m_inbox, &LiveInbox::namedHere, &m_team, &LiveTeam::shareName);
    connect(&m_queue, &SendQueue::handedOver, &m_team, &LiveTeam::shareAnswer);
    connect(&m_health, &RelayHealth::silenceChanged, &m_account,
            [this] { m_account.setSilence(m_health.silence()); });

    FactQueue &facts = m_team.facts();
    PresenceBoard &presence = m_team.presence();
    connect(&m_link, &RelayLink::welcomed, this, [this](const protocol::Welcome &welcome) {
        m_health.onWelcome(welcome, m_sink.position());
        m_team.onWelcome(welcome);
    });
    connect(&m_link, &RelayLink::published, &facts, &FactQueue::onPublished);
    connect(&m_link, &RelayLink::notPublished, &facts, &FactQueue::onNotPublished);
    connect(&facts, &FactQueue::publish, &m_link, &RelayLink::publish);
    connect(&m_link, &RelayLink::presenceChanged, &presence, &PresenceBoard::onPresence);
    connect(&presence, &PresenceBoard::send, &m_link, &RelayLink::sendPresence);
    connect(&m_link, &RelayLink::relayStateRead, &m_health, &LiveRelayHealth::onState);
    connect(&m_link, &RelayLink::selfTested, &m_health, &LiveRelayHealth::onSelfTested);
    connect(&m_health, &LiveRelayHealth::askState, &m_link, &RelayLink::askState);
    connect(&m_health, &LiveRelayHealth::selfTestWanted, &m_link, &RelayLink::selfTest);
}

/// What the parts of the desk tell each other.
void OpenConsole::joinDesk() {
    connect(&m_addressBook, &LiveAddressBook::namedHere, &m_team, &LiveTeam::shareName);
    connect(&m_schedule, &Schedule::missed, &m_alerts, &LiveAlerts::onMissed);
    connect(&m_inbox, &LiveInbox::woke, &m_alerts, &LiveAlerts::onWoke);
    connect(&m_inbox, &LiveInbox::woke, &m_triage, &Triage::woke);
    connect(&m_health, &LiveRelayHealth::recoveredByItself, &m_alerts, &LiveAlerts::onRecovered);
    connect(&m_diagnoses, &LiveDiagnoses::recovered, &m_health, &LiveRelayHealth::shareRecovered);
    connect(&m_backups, &Backups::failed, &m_triage, &Triage::failed);
    connect(&m_triage, &LiveTriage::readHere, &m_team, &LiveTeam::shareRead);
}

OpenConsole::~OpenConsole() {
    close();
}

void OpenConsole::begin() {
    m_queue.start();
    m_account.refresh();
    m_schedule.start();
    m_optOuts.start();
}

void OpenConsole::useRelay(const RelayEndpoint &endpoint) {
    m_link.open(endpoint);
    begin();
}

void OpenConsole::useRelay(std::unique_ptr<OwnRelay> relay) {
    m_relay = std::move(relay);
    connect(m_relay.get(), &OwnRelay::ready, &m_link, &RelayLink::open);
    connect(m_relay.get(), &OwnRelay::ready, &m_health, &LiveRelayHealth::onOwnRelayReady);
    connect(m_relay.get(), &OwnRelay::ended, &m_link, &RelayLink::unavailable);
    m_relay->start();
    begin();
}

void OpenConsole::useSandbox(std::unique_ptr<SandboxSession> sandbox, const RelayEndpoint &relay) {
    m_sandbox = std::move(sandbox);
    connect(m_sandbox.get(), &SandboxSession::relayReady, &m_link, &RelayLink::open);
    connect(m_sandbox.get(), &SandboxSession::relayEnded, &m_link, &RelayLink::unavailable);
    useRelay(relay);
}

void OpenConsole::onRelayStatus() {
    const RelayStatus &status = m_link.status();
    m_health.onStatus(status);
    if (status.condition == RelayCondition::Connected || status.condition == RelayCondition::CatchingUp) {
        m_queue.setWebhookBase(webhookBase(status.publicUrl, m_apiBase));
        return;
    }
    m_team.onRelayGone();
    m_health.onRelayGone();
}

void OpenConsole::close() {
    if (m_closed)
        return;
    m_closed = true;
    m_schedule.stop();
    m_optOuts.stop();
    m_queue.stop();
    m_outbox.flush();
    m_link.close();
    if (m_relay)
        m_relay->stop();
    if (m_sandbox)
        m_sandbox->stop();
}

} // namespace longcode::desk
