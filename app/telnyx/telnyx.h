#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "events/events.h"
#include "sms/sms.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

class QNetworkAccessManager;

/// The REST API over QNetworkAccessManager. Lives on the thread of the QNetworkAccessManager.
/// Emits values only; knows no store and shows nothing.
namespace longcode::telnyx {

using ProfileId = StrongId<struct ProfileIdTag>;
using NumberId = StrongId<struct NumberIdTag>;

enum class ErrorKind : quint8 {
    NotConnected,    ///< nothing left this machine: no route, refused, TLS failed before a byte of the request
    TimedOut,        ///< deadline or transfer timeout, before an answer
    ConnectionLost,  ///< after bytes may have left, before a whole answer
    Cancelled,       ///< by the caller
    BadRequest, Unauthorized, PaymentRequired, Forbidden, NotFound, Conflict, Validation, RateLimited,
    Server,          ///< 5xx
    Redirected,      ///< 3xx: never followed with the key
    UnexpectedStatus,
    BadAnswer        ///< 2xx that is not what the contract says; `title` names the member
};

struct FieldError {
    QString field; ///< JSON pointer, parameter, or `loc` joined with '.'
    QString message;
};

/// One value for the shapes E1 to E6 (contract, section 4) and for everything that fails before.
struct Error {
    ErrorKind kind = ErrorKind::BadAnswer;
    int httpStatus = 0;            ///< 0: no answer
    QString code, title, detail;   ///< the server's own words, plain text, bounded
    QList<FieldError> fields;
    std::optional<std::chrono::seconds> retryAfter;
    QString requestId;             ///< the server's x-request-id, if any
    /// False only when it is certain that the request never left this machine.
    bool mayHaveReachedServer = true;
};

template <typename T>
using Answer = Result<T, Error>;

struct Settings {
    QUrl baseUrl{QStringLiteral("https://api.telnyx.com/v2")};
    QByteArray apiKey; ///< goes into the Authorization header towards baseUrl's host and nowhere else
    std::chrono::milliseconds transferTimeout{20'000}; ///< without progress
    std::chrono::milliseconds deadline{45'000};        ///< overall
    int retries = 3;                                   ///< of idempotent calls only
    std::chrono::milliseconds firstBackoff{500};       ///< doubled each time, with jitter; retry-after wins
};

enum class SendType : quint8 { Unset, Sms, Mms };

/// POST /messages (contract, CreateMessageRequest).
struct SendRequest {
    QString from;       ///< empty: the profile's pool
    ProfileId profile;  ///< needed for pools and alphanumeric senders
    QString to;
    QString text;
    QStringList mediaUrls;
    QUrl webhookUrl;    ///< this message's events go there; empty: the profile's
    SendType type = SendType::Unset;
    sms::RequestedEncoding encoding = sms::RequestedEncoding::Unset;
    std::optional<QDateTime> sendAt; ///< sent to the full minute: the API is no more exact (D40)
};

struct Profile {
    ProfileId id;
    QString name;
    std::optional<bool> enabled;
    QString webhookUrl;
    QStringList whitelistedDestinations;
    bool smartEncoding = false;
    bool hasNumberPool = false;
    QString alphaSender;
};

struct NumberWithSettings {
    NumberId id;
    QString number;     ///< E.164 or short code
    ProfileId profile;  ///< empty: none
    QString countryCode;
    sms::SenderKind kind = sms::SenderKind::LongCode;
    bool sms = true, mms = true; ///< `features` not null
    std::optional<double> successRatio;
};

struct ShortCode {
    QString code;
    QString countryCode;
    ProfileId profile;  ///< empty: none
};

/// From when to when, both included.
struct Period {
    QDateTime from, to;
};

/// An attempt to report an event, as GET /webhook_deliveries has it.
struct WebhookDelivery {
    QString eventType;
    QByteArray body;    ///< the event in the envelope a webhook has; empty: the delivery does not hold it
    bool delivered = false;
    QUrl url;           ///< where the first attempt went; empty: not told
};

/// What GET /detail_records has of a message: no text.
struct DetailRecord {
    events::MessageId id;
    bool inbound = false;
    QUrl webhookUrl;    ///< where its events went
    QString from, to;
    QString status;     ///< as sent
    std::optional<QDateTime> at;
    int parts = 0;      ///< 0: not told
    std::optional<events::Money> cost;
    QStringList errors; ///< codes or words, as sent
};

/// One line of GET /messaging_optouts. Which of the two is ours is not documented beyond doubt: `from` is
/// called the sending address, as the block's error message calls it.
struct OptOut {
    QString from, to;
    ProfileId profile;  ///< empty: none told
    QString keyword;    ///< or empty
    std::optional<QDateTime> at;
};

/// The operations the console uses. Adding one is a row in `client.cpp` and a method here.
/// Every future finishes exactly once, on this object's thread; destroying the client cancels.
class Client : public QObject {
    Q_OBJECT
public:
    Client(QNetworkAccessManager &network, Settings settings, QObject *parent = nullptr);
    ~Client() override;

    /// POST /messages, once. Never retried.
    QFuture<Answer<events::MessageFacts>> sendMessage(const SendRequest &request);
    /// DELETE /messages/{id}: ends a scheduled send. The API refuses it (403, 404) within the last minute, and
    /// when it is not, or no longer, scheduled.
    QFuture<Answer<events::MessageFacts>> cancelScheduled(const events::MessageId &id);
    /// GET /messages/{id}; reaches 10 days back.
    QFuture<Answer<events::MessageFacts>> message(const events::MessageId &id);
    /// All pages.
    QFuture<Answer<QList<Profile>>> profiles();
    QFuture<Answer<Profile>> profile(const ProfileId &id);
    /// All pages of GET /phone_numbers/messaging.
    QFuture<Answer<QList<NumberWithSettings>>> numbersWithMessagingSettings();
    /// PATCH /phone_numbers/{id}/messaging; an empty profile unassigns (D13).
    QFuture<Answer<NumberWithSettings>> assignNumber(const NumberId &number, const ProfileId &profile);
    /// PATCH /messaging_profiles/{id}: where the profile's events go.
    QFuture<Answer<Profile>> setWebhookUrl(const ProfileId &profile, const QUrl &url);
    /// All pages.
    QFuture<Answer<QList<ShortCode>>> shortCodes();
    /// All pages of who must not be texted.
    QFuture<Answer<QList<OptOut>>> optOuts();
    /// All pages of what began in that time. Whether messages' events are among them is not documented.
    QFuture<Answer<QList<WebhookDelivery>>> webhookDeliveries(const Period &period);
    /// All pages of the messages created in that time.
    QFuture<Answer<QList<DetailRecord>>> messageDetailRecords(const Period &period);
    /// GET /messages/{id} as the event of a webhook, made of the answer: `message.received` for an inbound
    /// one, `message.finalized` for one that has ended, else `message.sent`.
    QFuture<Answer<QByteArray>> messageAsEvent(const events::MessageId &id);
    /// The cheapest read-only call that proves the key: one profile, page size 1.
    QFuture<Answer<bool>> checkKey();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace longcode::telnyx
