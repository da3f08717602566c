#include "base/when_finished.h"
#include "desk/open_console.h"
#include "desk/profile_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QPromise>

#include <functional>

namespace longcode::desk {

namespace {

using Opened = Result<std::shared_ptr<Console>, Failure>;
using Secret = Result<std::optional<QByteArray>, Failure>;

/// One console on its way. Deletes itself when it has told the outcome.
class Opening : public QObject {
    Q_OBJECT
public:
    explicit Opening(const Services &services) : m_services(services) { m_promise.start(); }
    [[nodiscard]] QFuture<Opened> outcome() const { return m_promise.future(); }

protected:
    void finish(Opened outcome) {
        if (m_finished)
            return;
        m_finished = true;
        m_promise.addResult(std::move(outcome));
        m_promise.finish();
        deleteLater();
    }

    /// The folder, with a reader for this thread; or it is finished.
    void openThen(const ProfileFolder &folder, MissingStore missing, std::function<void(OpenFolder)> go) {
        whenFinished(openFolder(folder, missing), this,
                     [this, go = std::move(go)](const Result<std::shared_ptr<OpenFolder>, Failure> &opened) {
                         if (!opened) {
                             finish(failed(opened.error()));
                             return;
                         }
                         auto reader = (*opened)->store->openReader();
                         if (!reader) {
                             finish(failed(store::sentence(reader.error())));
                             return;
                         }
                         (*opened)->reader = std::move(*reader);
                         go(std::move(**opened));
                     });
    }

    Services m_services;

private:
    QPromise<Opened> m_promise;
    bool m_finished = false;
};

/// Folder, keychain, then the console. A relay of its own is started, not waited for: what is here already
/// can be read without it.
class AccountOpening final : public Opening {
    Q_OBJECT
public:
    using Opening::Opening;

    void start(const ProfileFolder &folder) {
        auto profile = readProfile(folder);
        if (!profile) {
            finish(failed(profile.error()));
            return;
        }
        m_path = folder.path;
        m_profile = std::move(*profile);
        openThen(folder, MissingStore::IsRefused, [this](OpenFolder open) {
            m_folder = std::move(open);
            askForKey();
        });
    }

private:
    void askForKey() {
        whenFinished(m_services.secrets.fetch(apiKeyName(m_profile.id)), this,
                     [this](const Secret &key) { onKey(key); });
    }

    void onKey(const Secret &key) {
        if (!checkSecret(key, tr("The API key of this account")))
            return;
        m_apiKey = **key;
        whenFinished(m_services.secrets.fetch(relayTokenName(m_profile.id)), this,
                     [this](const Secret &token) {
                         if (checkSecret(token, tr("The relay's token of this account")))
                             open(**token);
                     });
    }

    bool checkSecret(const Secret &secret, const QString &what) {
        if (!secret)
            finish(failed(secret.error()));
        else if (!*secret)
            finish(failed(
                Failure{tr("%1 is not in the system's keychain, or the keychain is locked.").arg(what),
                        tr("Unlock the keychain and start again. If it is really gone, set the account up "
                           "again: conversations stay.")}));
        return secret && *secret;
    }

    void open(const QByteArray &token) {
        telnyx::Settings api;
        if (!m_profile.apiBase.isEmpty())
            api.baseUrl = m_profile.apiBase;
        if (!m_services.apiBase.isEmpty())
            api.baseUrl = m_services.apiBase;
        api.apiKey = m_apiKey;
        const auto *here = std::get_if<RelayHere>(&m_profile.relay);
        auto console = std::make_shared<OpenConsole>(
            std::move(m_folder), ProfileFolder{m_path},
            AccountFacts{.name = m_profile.name,
                         .sandbox = false,
                         .home = m_profile.home,
                         .publicKey = here ? here->telnyxPublicKey : QByteArray()},
            std::move(api), m_services);
        if (const auto *elsewhere = std::get_if<RelayElsewhere>(&m_profile.relay))
            console->useRelay(RelayEndpoint{.url = elsewhere->url, .token = token});
        else
            startOwnRelay(*console, *here, token);
        finish(std::shared_ptr<Console>(std::move(console)));
    }

    void startOwnRelay(OpenConsole &console, const RelayHere &here, const QByteArray &token) const {
        auto relay = ownRelay(here, token);
        // Kept, so that a tunnel finds the relay there the next time too.
        connect(relay.get(), &OwnRelay::portChosen, &console,
                [path = m_path, profile = m_profile](const QString &address) mutable {
                    std::get<RelayHere>(profile.relay).listen = address;
                    if (const auto kept = writeProfile({path}, profile); !kept)
                        qWarning("%s", qUtf8Printable(kept.error().what));
                });
        console.useRelay(std::move(relay));
    }

    std::unique_ptr<OwnRelay> ownRelay(const RelayHere &here, const QByteArray &token) const {
        const QString programs =
            m_services.programs.isEmpty() ? QCoreApplication::applicationDirPath() : m_services.programs;
        return std::make_unique<OwnRelay>(
            OwnRelaySettings{.program = programPath(programs, QStringLiteral("longcode-relay")),
                             .folder = QDir(m_path).filePath(QStringLiteral("relay")),
                             .listen = here.listen,
                             .publicKey = here.telnyxPublicKey,
                             .token = token,
                             .publicUrl = here.publicUrl.toString()});
    }

    QString m_path;
    OpenFolder m_folder;
    Profile m_profile;
    QByteArray m_apiKey;
};

/// Folder, sandbox and relay, then the console.
class SandboxOpening final : public Opening {
    Q_OBJECT
public:
    using Opening::Opening;

    void start(const ProfileFolder &folder, const QString &programs) {
        m_path = folder;
        openThen(folder, MissingStore::BeginsAnew, [this, programs](OpenFolder open) {
            m_folder = std::move(open);
            startSandbox(programs);
        });
    }

private:
    void startSandbox(const QString &programs) {
        m_sandbox = std::make_unique<SandboxSession>(
            programs, QDir(m_path.path).filePath(QStringLiteral("sandbox")), m_services.network);
        connect(m_sandbox.get(), &SandboxSession::ready, this, &SandboxOpening::onReady);
        connect(m_sandbox.get(), &SandboxSession::failed, this,
                [this](const Failure &why) { finish(longcode::failed(Failure(why))); });
        m_sandbox->start();
    }

    void onReady(const SandboxAddresses &addresses) {
        telnyx::Settings api;
        api.baseUrl = addresses.api;
        api.apiKey = addresses.apiKey;
        m_sandbox->disconnect(this);
        auto console = std::make_shared<OpenConsole>(std::move(m_folder), m_path,
                                                     AccountFacts{.name = tr("Sandbox"),
                                                                  .sandbox = true,
                                                                  .home = phone::Region{QStringLiteral("US")},
                                                                  .publicKey = addresses.publicKey},
                                                     std::move(api), m_services);
        console->useSandbox(std::move(m_sandbox), addresses.relay);
        finish(std::shared_ptr<Console>(std::move(console)));
    }

    ProfileFolder m_path;
    OpenFolder m_folder;
    std::unique_ptr<SandboxSession> m_sandbox;
};

} // namespace

QFuture<Result<std::shared_ptr<Console>, Failure>> openAccount(const ProfileFolder &folder,
                                                               const Services &services) {
    auto *opening = new AccountOpening(services);
    auto outcome = opening->outcome();
    opening->start(folder);
    return outcome;
}

QFuture<Result<std::shared_ptr<Console>, Failure>>
openSandbox(const ProfileFolder &folder, const QString &programs, const Services &services) {
    auto *opening = new SandboxOpening(services);
    auto outcome = opening->outcome();
    opening->start(folder, programs);
    return outcome;
}

} // namespace longcode::desk

#include "opening.moc"
