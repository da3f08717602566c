#pragma once

#include "base/result.h"
#include "desk/values.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <variant>

namespace longcode::desk {

enum class RelayCondition : quint8 {
    NotSetUp,
    Connecting,
    CatchingUp,
    Connected,
    Silent, ///< connected, but messages sent long ago are without any event (`trouble` says more)
    Lost,
    Refused
};

struct RelayStatus {
    RelayCondition condition = RelayCondition::NotSetUp;
    qint64 seq = 0; ///< the newest event applied here
    std::optional<std::chrono::milliseconds> roundTrip;
    QString publicUrl; ///< empty: the relay does not know how Telnyx reaches it
    Failure trouble;   ///< empty unless Silent, Lost or Refused
    friend bool operator==(const RelayStatus &, const RelayStatus &) = default;
};

/// The account that is open: what it may send from, and whether its relay is heard.
class Account : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual QString name() const = 0; ///< "Sandbox", or the account's own
    [[nodiscard]] virtual bool isSandbox() const = 0;
    [[nodiscard]] virtual QList<Sender> senders() const = 0;
    [[nodiscard]] virtual phone::Region homeRegion() const = 0;
    [[nodiscard]] virtual RelayStatus relay() const = 0;
    /// Reads profiles and numbers again.
    virtual void refresh() = 0;
    virtual void reconnectRelay() = 0;
    /// Whether texts are counted in the whole GSM-7 alphabet of 3GPP TS 23.038, or in the set that Telnyx
    /// documents. Estimates only; what the API reports wins. Kept in the profile.
    [[nodiscard]] virtual bool countsFullAlphabet() const = 0;
    virtual void setCountsFullAlphabet(bool full) = 0;

Q_SIGNALS:
    void sendersChanged();
    void relayChanged();
    void alphabetChanged();
};

/// A relay that the console runs by itself, or one that runs somewhere.
struct RelayHere {
    QByteArray telnyxPublicKey; ///< base64, from the portal
    /// Port 0: a free one, chosen at the first start and kept, so that a tunnel can be pointed at it.
    QString listen = QStringLiteral("127.0.0.1:0");
    QUrl publicUrl; ///< how Telnyx reaches it (tunnel or reverse proxy); may be empty, then said so
};
struct RelayElsewhere {
    QUrl url; ///< ws:// only to loopback, wss:// else
    QString token;
};
using RelayChoice = std::variant<RelayHere, RelayElsewhere>;

struct AccountDraft {
    QString name;
    QString apiKey;
    RelayChoice relay;
    phone::Address sender;
    phone::Region home{QStringLiteral("US")};
};

/// Making an account. Nothing is kept before save().
class AccountSetup : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// One read-only call, then profiles and numbers of the account.
    virtual QFuture<Result<QList<Sender>, Failure>> checkKey(const QString &apiKey) = 0;
    /// Connects once and says goodbye. For RelayHere: checks key and address, starts nothing.
    virtual QFuture<Result<RelayStatus, Failure>> checkRelay(const RelayChoice &relay) = 0;
    /// Key and token go into the keychain, the rest into the profile folder.
    virtual QFuture<Result<bool, Failure>> save(const AccountDraft &draft) = 0;
};

} // namespace longcode::desk
