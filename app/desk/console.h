#pragma once

#include "base/clock.h"
#include "base/failure.h"
#include "base/result.h"
#include "desk/account.h"
#include "desk/address_book.h"
#include "desk/alerts.h"
#include "desk/backups.h"
#include "desk/diagnosis.h"
#include "desk/inbox.h"
#include "desk/opt_outs.h"
#include "desk/outbox.h"
#include "desk/relay_health.h"
#include "desk/schedule.h"
#include "desk/search.h"
#include "desk/team.h"
#include "desk/transcripts.h"
#include "desk/triage.h"

#include <QFuture>
#include <QUrl>

#include <memory>

class QNetworkAccessManager;

namespace longcode::desk {

class SecretStore;

/// Where a console's things are: one folder.
struct ProfileFolder {
    QString path;
};

/// What `main` hands in. All outlive the console.
struct Services {
    QNetworkAccessManager &network;
    const Clock &clock;
    SecretStore &secrets;
    /// The API's address, when it is not Telnyx's own (tests, a proxy). Kept in profile.json by save().
    QUrl apiBase{};
    /// The folder of longcode-relay; empty: the application's own.
    QString programs{};
};

/// One open account: store, API client, relay link, and the faces the UI talks to.
class Console : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual Inbox &inbox() = 0;
    [[nodiscard]] virtual Outbox &outbox() = 0;
    [[nodiscard]] virtual Account &account() = 0;
    [[nodiscard]] virtual Team &team() = 0;
    [[nodiscard]] virtual RelayHealth &relayHealth() = 0;
    [[nodiscard]] virtual Triage &triage() = 0;
    [[nodiscard]] virtual Search &search() = 0;
    [[nodiscard]] virtual Schedule &schedule() = 0;
    [[nodiscard]] virtual OptOuts &optOuts() = 0;
    [[nodiscard]] virtual Diagnoses &diagnoses() = 0;
    [[nodiscard]] virtual AddressBook &addressBook() = 0;
    [[nodiscard]] virtual Transcripts &transcripts() = 0;
    [[nodiscard]] virtual Alerts &alerts() = 0;
    [[nodiscard]] virtual Backups &backups() = 0;
    /// Writes down what is pending and closes. Called by the destructor too.
    virtual void close() = 0;
};

/// Whether the folder holds an account.
[[nodiscard]] bool hasAccount(const ProfileFolder &folder);

/// Opens the folder's account: key from the keychain, own relay started if the account has one. The folder is
/// locked against a second console.
[[nodiscard]] QFuture<Result<std::shared_ptr<Console>, Failure>> openAccount(const ProfileFolder &folder,
                                                                             const Services &services);

/// Starts longcode-sandbox and longcode-relay from `programs` on loopback and opens a console on them. Both
/// processes end with the console.
[[nodiscard]] QFuture<Result<std::shared_ptr<Console>, Failure>>
openSandbox(const ProfileFolder &folder, const QString &programs, const Services &services);

[[nodiscard]] std::unique_ptr<AccountSetup> makeAccountSetup(const ProfileFolder &folder,
                                                             const Services &services);

} // namespace longcode::desk
