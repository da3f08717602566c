#include "base/when_finished.h"
#include "desk/child_program.h"
#include "desk/console.h"
#include "desk/own_relay.h"
#include "desk/profile_file.h"
#include "desk/random_token.h"
#include "desk/relay_link.h"
#include "desk/send_verdict.h"
#include "desk/senders.h"

#include "base/program.h"
#include "events/events.h"
#include "telnyx/telnyx.h"

#include <QLockFile>
#include <QPromise>
#include <QTcpServer>
#include <QUuid>

namespace longcode::desk {

namespace {

using Checked = Result<RelayStatus, Failure>;

/// Takes nothing: for a look at a relay without following its log.
class NoSink final : public EventSink {
public:
    [[nodiscard]] LogPosition position() const override { return {}; }
    void logWasSetBack(const QString & /*logId*/) override {}
    QFuture<Result<bool, Failure>> apply(const LogBatch & /*batch*/) override {
        QPromise<Result<bool, Failure>> never;
        never.start();
        return never.future();
    }
};

/// Connects to a relay once, tells how it went, and goes. Deletes itself.
class RelayProbe final : public QObject {
    Q_OBJECT
public:
    explicit RelayProbe(QObject *parent) : QObject(parent), m_link(m_sink, {}) {}

    QFuture<Checked> start(const RelayEndpoint &endpoint) {
        m_promise.start();
        auto outcome = m_promise.future();
        connect(&m_link, &RelayLink::statusChanged, this, &RelayProbe::onStatus);
        m_link.open(endpoint);
        return outcome;
    }

private:
    void onStatus() {
        const RelayStatus status = m_link.status();
        if (status.condition == RelayCondition::Connecting)
            return;
        disconnect(&m_link, nullptr, this, nullptr);
        const bool heard =
            status.condition == RelayCondition::Connected || status.condition == RelayCondition::CatchingUp;
        Failure trouble = status.trouble;
        if (status.condition == RelayCondition::Lost)
            trouble.remedy = tr("Check the address, and that the relay runs and can be reached from here.");
        m_promise.addResult(heard ? Checked(status) : Checked(failed(std::move(trouble))));
        m_promise.finish();
        deleteLater();
    }

    NoSink m_sink;
    RelayLink m_link;
    QPromise<Checked> m_promise;
};

Result<RelayStatus, Failure> checkOwnRelay(const RelayHere &here) {
    if (!events::PublicKey::fromBase64(here.telnyxPublicKey))
        return failed(
            Failure{RelayProbe::tr("This is not a public key of Telnyx."),
                    RelayProbe::tr("Copy it from the Telnyx portal, “Keys & Credentials”, “Public Key”.")});
    const auto address = parseListenAddress(here.listen);
    if (!address)
        return failed(Failure{address.error(), RelayProbe::tr("Write it as 127.0.0.1:8420.")});
    if (const auto problem = relayUrlProblem(ownRelayUrl(here.listen)))
        return failed(
            Failure{RelayProbe::tr("The relay of this console listens on this machine only."),
                    RelayProbe::tr("Use 127.0.0.1 and a port, or 0.0.0.0 and a port for all networks.")});
    if (!here.publicUrl.isEmpty() &&
        (!here.publicUrl.isValid() || here.publicUrl.scheme() != QLatin1String("https")))
        return failed(Failure{
            RelayProbe::tr("Telnyx reaches a relay over https:// only."),
            RelayProbe::tr("Enter the https:// address of the tunnel or reverse proxy in front of it.")});
    QTcpServer server;
    const QHostAddress host(address->host == QLatin1String("localhost") ? QStringLiteral("127.0.0.1")
                                                                        : address->host);
    if (!server.listen(host, address->port))
        return failed(Failure{
            RelayProbe::tr("The relay cannot listen at %1: %2.").arg(here.listen, server.errorString()),
            RelayProbe::tr("Choose another port.")});
    return RelayStatus{.condition = RelayCondition::NotSetUp,
                       .seq = 0,
                       .roundTrip = {},
                       .publicUrl = here.publicUrl.toString(),
                       .trouble = {}};
}

/// Account set-up over API, keychain and profile folder. Lives on the main thread.
class LiveAccountSetup final : public AccountSetup {
    Q_OBJECT
public:
    LiveAccountSetup(ProfileFolder folder, const Services &services)
        : m_folder(std::move(folder)), m_services(services) {}

    QFuture<Result<QList<Sender>, Failure>> checkKey(const QString &apiKey) override;
    QFuture<Result<RelayStatus, Failure>> checkRelay(const RelayChoice &relay) override;
    QFuture<Result<bool, Failure>> save(const AccountDraft &draft) override;

private:
    using Saved = Result<bool, Failure>;
    using SavedPromise = std::shared_ptr<QPromise<Saved>>;

    void saveToken(const AccountDraft &draft, const QString &id, const SavedPromise &promise);
    void saveProfile(const AccountDraft &draft, const QString &id, const SavedPromise &promise);
    void finish(const SavedPromise &promise, Saved saved);

    ProfileFolder m_folder;
    Services m_services;
};

QFuture<Result<QList<Sender>, Failure>> LiveAccountSetup::checkKey(const QString &apiKey) {
    telnyx::Settings settings;
    if (!m_services.apiBase.isEmpty())
        settings.baseUrl = m_services.apiBase;
    settings.apiKey = apiKey.trimmed().toUtf8();
    auto *client = new telnyx::Client(m_services.network, settings, this);
    return mapped<Result<QList<Sender>, Failure>>(
        readSenders(*client), this,
        [client](const Result<QList<Sender>, telnyx::Error> &senders) -> Result<QList<Sender>, Failure> {
            client->deleteLater();
            if (senders)
                return *senders;
            return failed(accountFailure(senders.error()));
        });
}

QFuture<Result<RelayStatus, Failure>> LiveAccountSetup::checkRelay(const RelayChoice &relay) {
    if (const auto *here = std::get_if<RelayHere>(&relay))
        return QtFuture::makeReadyFuture(checkOwnRelay(*here));
    const auto &elsewhere = std::get<RelayElsewhere>(relay);
    if (auto problem = relayUrlProblem(elsewhere.url))
        return QtFuture::makeReadyFuture(Checked(failed(std::move(*problem))));
    auto *probe = new RelayProbe(this);
    return probe->start({.url = elsewhere.url, .token = elsewhere.token.trimmed().toUtf8()});
}

QFuture<Result<bool, Failure>> LiveAccountSetup::save(const AccountDraft &draft) {
    auto promise = std::make_shared<QPromise<Saved>>();
    promise->start();
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    // The profile comes last: without it there is no account, and a second try begins anew.
    whenFinished(m_services.secrets.keep(apiKeyName(id), draft.apiKey.trimmed().toUtf8()), this,
                 [this, draft, id, promise](const Saved &kept) {
                     if (kept)
                         saveToken(draft, id, promise);
                     else
                         finish(promise, kept);
                 });
    return promise->future();
}

void LiveAccountSetup::saveToken(const AccountDraft &draft, const QString &id, const SavedPromise &promise) {
    const auto *elsewhere = std::get_if<RelayElsewhere>(&draft.relay);
    const QByteArray token = elsewhere ? elsewhere->token.trimmed().toUtf8() : randomToken<8>();
    whenFinished(m_services.secrets.keep(relayTokenName(id), token), this,
                 [this, draft, id, promise](const Saved &kept) {
                     if (kept)
                         saveProfile(draft, id, promise);
                     else
                         finish(promise, kept);
                 });
}

void LiveAccountSetup::saveProfile(const AccountDraft &draft, const QString &id,
                                   const SavedPromise &promise) {
    Profile profile{.id = id,
                    .name = draft.name.trimmed(),
                    .apiBase = m_services.apiBase,
                    .home = draft.home,
                    .sender = draft.sender,
                    .relay = draft.relay};
    // The lock makes the folder, and keeps a set-up away from an account that is open.
    const auto lock = lockFolder(m_folder);
    finish(promise, lock ? writeProfile(m_folder, profile) : Saved(failed(Failure(lock.error()))));
}

void LiveAccountSetup::finish(const SavedPromise &promise, Saved saved) {
    promise->addResult(std::move(saved));
    promise->finish();
}

} // namespace

std::unique_ptr<AccountSetup> makeAccountSetup(const ProfileFolder &folder, const Services &services) {
    return std::make_unique<LiveAccountSetup>(folder, services);
}

} // namespace longcode::desk

#include "live_account_setup.moc"
