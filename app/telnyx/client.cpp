#include "telnyx/call.h"
#include "telnyx/decode.h"
#include "telnyx/paginator.h"
#include "telnyx/send_request.h"
#include "telnyx/transport.h"

#include <QFutureWatcher>
#include <QNetworkAccessManager>
#include <QPromise>

namespace longcode::telnyx {

using nlohmann::json;

namespace {

// One row per operation.
constexpr Operation sendMessageOperation{Verb::Post, "/messages"};
constexpr Operation cancelOperation{Verb::Delete, "/messages/{id}"};
constexpr Operation messageOperation{Verb::Get, "/messages/{id}"};
constexpr Operation profilesOperation{Verb::Get, "/messaging_profiles"};
constexpr Operation profileOperation{Verb::Get, "/messaging_profiles/{id}"};
constexpr Operation numbersOperation{Verb::Get, "/phone_numbers/messaging"};
constexpr Operation assignNumberOperation{Verb::Patch, "/phone_numbers/{id}/messaging"};

constexpr Operation setProfileOperation{Verb::Patch, "/messaging_profiles/{id}"};
constexpr Operation shortCodesOperation{Verb::Get, "/short_codes"};
constexpr Operation optOutsOperation{Verb::Get, "/messaging_optouts"};
constexpr Operation deliveriesOperation{Verb::Get, "/webhook_deliveries"};
constexpr Operation detailRecordsOperation{Verb::Get, "/detail_records"};

template <typename T>
using Decoder = Result<T, QString> (*)(const json &);

template <typename T>
void finish(QPromise<Answer<T>> &promise, Answer<T> answer) {
    promise.addResult(std::move(answer));
    promise.finish();
}

template <typename T>
Answer<T> decoded(const json &value, Decoder<T> decode, const QString &path = {}) {
    auto result = decode(value);
    if (result)
        return *std::move(result);
    return failed(badAnswer(path.isEmpty() ? result.error() : QString(path % u'.' % result.error())));
}

template <typename T>
Answer<QList<T>> decodedList(const json &list, Decoder<T> decode) {
    QList<T> all;
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto one = decoded(list[i], decode, QString(QLatin1String("data[") % QString::number(i) % u']'));
        if (!one)
            return failed(std::move(one.error()));
        all.append(*std::move(one));
    }
    return all;
}

Result<bool, QString> anything(const json &) {
    return true;
}

QString utcText(const QDateTime &time) {
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QByteArray bodyText(const json &body) {
    return QByteArray::fromStdString(body.dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace

class Client::Private {
public:
    Private(QNetworkAccessManager &network, Settings settings) : m_transport(network, std::move(settings)) {}

    /// One request, one object. Cancelling the future ends the request.
    template <typename T>
    QFuture<Answer<T>> one(Request request, Decoder<T> decode) {
        const auto promise = std::make_shared<QPromise<Answer<T>>>();
        promise->start();
        const auto call = m_transport.call(std::move(request), [promise, decode](JsonAnswer answer) {
            finish<T>(*promise, answer ? decoded(unwrapped(*answer), decode)
                                       : Answer<T>(failed(std::move(answer.error()))));
        });
        auto *watcher = new QFutureWatcher<Answer<T>>(call);
        QObject::connect(watcher, &QFutureWatcherBase::canceled, call.data(), &Call::cancel);
        watcher->setFuture(promise->future());
        return promise->future();
    }

    /// All pages of a list. Cancelling the future stops before the next page.
    template <typename T>
    QFuture<Answer<QList<T>>> all(Request request, PageStyle style, Decoder<T> decode) {
        const auto promise = std::make_shared<QPromise<Answer<QList<T>>>>();
        promise->start();
        const auto isWanted = [promise] { return !promise->isCanceled(); };
        collectPages(m_transport, std::move(request), style, isWanted, [promise, decode](JsonAnswer answer) {
            finish<QList<T>>(*promise, answer ? decodedList(*answer, decode)
                                              : Answer<QList<T>>(failed(std::move(answer.error()))));
        });
        return promise->future();
    }

private:
    Transport m_transport;
};

Client::Client(QNetworkAccessManager &network, Settings settings, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(network, std::move(settings))) {}

Client::~Client() = default;

QFuture<Answer<events::MessageFacts>> Client::sendMessage(const SendRequest &request) {
    return d->one({sendMessageOperation, {}, {}, sendBody(request)}, &messageFrom);
}

QFuture<Answer<events::MessageFacts>> Client::cancelScheduled(const events::MessageId &id) {
    return d->one({cancelOperation, {id.text()}}, &messageFrom);
}

QFuture<Answer<events::MessageFacts>> Client::message(const events::MessageId &id) {
    return d->one({messageOperation, {id.text()}}, &messageFrom);
}

QFuture<Answer<QList<Profile>>> Client::profiles() {
    return d->all({profilesOperation}, PageStyle::P1, &profileFrom);
}

QFuture<Answer<Profile>> Client::profile(const ProfileId &id) {
    return d->one({profileOperation, {id.text()}}, &profileFrom);
}

QFuture<Answer<QList<NumberWithSettings>>> Client::numbersWithMessagingSettings() {
    return d->all({numbersOperation}, PageStyle::P1, &numberFrom);
}

QFuture<Answer<NumberWithSettings>> Client::assignNumber(const NumberId &number, const ProfileId &profile) {
    const json body{{"messaging_profile_id", profile.text().toStdString()}};
    return d->one({assignNumberOperation, {number.text()}, {}, bodyText(body)}, &numberFrom);
}

QFuture<Answer<Profile>> Client::setWebhookUrl(const ProfileId &profile, const QUrl &url) {
    const json body{{"webhook_url", url.toString(QUrl::FullyEncoded).toStdString()}};
    return d->one({setProfileOperation, {profile.text()}, {}, bodyText(body)}, &profileFrom);
}

QFuture<Answer<QList<ShortCode>>> Client::shortCodes() {
    return d->all({shortCodesOperation}, PageStyle::P1, &shortCodeFrom);
}

QFuture<Answer<QList<OptOut>>> Client::optOuts() {
    return d->all({optOutsOperation}, PageStyle::P1, &optOutFrom);
}

QFuture<Answer<QList<WebhookDelivery>>> Client::webhookDeliveries(const Period &period) {
    return d->all({deliveriesOperation,
                   {},
                   {{QStringLiteral("filter[started_at][gte]"), utcText(period.from)},
                    {QStringLiteral("filter[started_at][lte]"), utcText(period.to)}}},
                  PageStyle::P1, &deliveryFrom);
}

QFuture<Answer<QList<DetailRecord>>> Client::messageDetailRecords(const Period &period) {
    return d->all({detailRecordsOperation,
                   {},
                   {{QStringLiteral("filter[record_type]"), QStringLiteral("messaging")},
                    {QStringLiteral("filter[created_at][gte]"), utcText(period.from)},
                    {QStringLiteral("filter[created_at][lte]"), utcText(period.to)}}},
                  PageStyle::P1Short, &detailRecordFrom);
}

QFuture<Answer<QByteArray>> Client::messageAsEvent(const events::MessageId &id) {
    return d->one({messageOperation, {id.text()}}, &eventOfMessage);
}

QFuture<Answer<bool>> Client::checkKey() {
    return d->one({profilesOperation, {}, {{QStringLiteral("page[size]"), QStringLiteral("1")}}}, &anything);
}

} // namespace longcode::telnyx
