#include "telnyx/decode.h"

#include "events/member_reader.h"
#include "events/message_json.h"

#include <nlohmann/json.hpp>

namespace longcode::telnyx {

using events::MemberReader;
using nlohmann::json;

namespace {

/// Whether the pool picks senders: some weight above zero; `{}` and null mean switched off (D16).
bool hasPool(MemberReader &profile) {
    auto pool = profile.object("number_pool_settings");
    if (!pool)
        return false;
    const double tollFree = pool->number("toll_free_weight").value_or(0);
    const double longCode = pool->number("long_code_weight").value_or(0);
    return tollFree > 0 || longCode > 0;
}

/// The names come with and without `-` and `_` (D24).
sms::SenderKind senderKindFrom(QString type) {
    type.remove(u'-').remove(u'_');
    if (type.compare(QLatin1String("tollfree"), Qt::CaseInsensitive) == 0)
        return sms::SenderKind::TollFree;
    if (type.compare(QLatin1String("shortcode"), Qt::CaseInsensitive) == 0)
        return sms::SenderKind::ShortCode;
    return sms::SenderKind::LongCode;
}

/// A feature that is null is not available; one that is not mentioned is not known to be missing.
bool hasFeature(const json &number, const char *name) {
    const auto features = number.find("features");
    if (features == number.end() || !features->is_object())
        return true;
    const auto feature = features->find(name);
    return feature == features->end() || !feature->is_null();
}

} // namespace

Result<events::MessageFacts, QString> messageFrom(const json &object) {
    auto message = events::messageFromJson(object);
    if (message && message->id.isEmpty())
        return failed(QStringLiteral("id"));
    return message;
}

Result<Profile, QString> profileFrom(const json &object) {
    QString problem;
    if (!object.is_object())
        return failed(QStringLiteral("data"));
    MemberReader member(object, problem);
    member.require("id");
    Profile profile;
    profile.id = ProfileId(member.text("id"));
    profile.name = member.text("name");
    profile.enabled = member.flag("enabled");
    profile.webhookUrl = member.text("webhook_url");
    profile.whitelistedDestinations = member.texts("whitelisted_destinations");
    profile.smartEncoding = member.flag("smart_encoding").value_or(false);
    profile.hasNumberPool = hasPool(member);
    profile.alphaSender = member.text("alpha_sender");
    if (!problem.isEmpty())
        return failed(problem);
    return profile;
}

Result<NumberWithSettings, QString> numberFrom(const json &object) {
    QString problem;
    if (!object.is_object())
        return failed(QStringLiteral("data"));
    MemberReader member(object, problem);
    member.require("id");
    member.require("phone_number");
    NumberWithSettings number;
    number.id = NumberId(member.text("id"));
    number.number = member.text("phone_number");
    number.profile = ProfileId(member.text("messaging_profile_id"));
    number.countryCode = member.text("country_code");
    number.kind = senderKindFrom(member.text("type"));
    number.sms = hasFeature(object, "sms");
    number.mms = hasFeature(object, "mms");
    if (auto health = member.object("health"))
        number.successRatio = health->number("success_ratio");
    if (!problem.isEmpty())
        return failed(problem);
    return number;
}

Result<ShortCode, QString> shortCodeFrom(const json &object) {
    QString problem;
    if (!object.is_object())
        return failed(QStringLiteral("data"));
    MemberReader member(object, problem);
    member.require("short_code");
    ShortCode code;
    code.code = member.text("short_code");
    code.countryCode = member.text("country_code");
    code.profile = ProfileId(member.text("messaging_profile_id"));
    if (!problem.isEmpty())
        return failed(problem);
    return code;
}

Result<OptOut, QString> optOutFrom(const json &object) {
    QString problem;
    if (!object.is_object())
        return failed(QStringLiteral("data"));
    MemberReader member(object, problem);
    member.require("from");
    member.require("to");
    OptOut optOut;
    optOut.from = member.text("from");
    optOut.to = member.text("to");
    optOut.profile = ProfileId(member.text("messaging_profile_id"));
    optOut.keyword = member.text("keyword");
    optOut.at = member.time("created_at");
    if (!problem.isEmpty())
        return failed(problem);
    return optOut;
}

namespace {

QString textAt(const json &object, const char *name) {
    const auto member = object.is_object() ? object.find(name) : object.end();
    return member != object.end() && member->is_string()
               ? QString::fromStdString(member->get_ref<const std::string &>())
               : QString();
}

const json &memberAt(const json &object, const char *name) {
    static const json nothing;
    const auto member = object.is_object() ? object.find(name) : object.end();
    return member != object.end() ? *member : nothing;
}

QUrl firstAttempt(const json &attempts) {
    if (!attempts.is_array() || attempts.empty())
        return {};
    return QUrl(textAt(memberAt(memberAt(attempts.front(), "http"), "request"), "url"));
}

QByteArray envelope(const json &event) {
    return QByteArray::fromStdString(
        json{{"data", event}}.dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace

Result<WebhookDelivery, QString> deliveryFrom(const json &object) {
    WebhookDelivery delivery;
    const json &event = memberAt(object, "webhook");
    delivery.eventType = textAt(event, "event_type");
    if (memberAt(event, "payload").is_object())
        delivery.body = envelope(event);
    delivery.delivered = textAt(object, "status") == QLatin1String("delivered");
    delivery.url = firstAttempt(memberAt(object, "attempts"));
    return delivery;
}

Result<DetailRecord, QString> detailRecordFrom(const json &object) {
    DetailRecord record;
    record.id = events::MessageId(textAt(object, "uuid"));
    record.inbound = textAt(object, "direction") == QLatin1String("inbound");
    record.webhookUrl = QUrl(textAt(object, "delivery_status_webhook_url"));
    record.from = textAt(object, "cli");
    record.to = textAt(object, "cld");
    record.status = textAt(object, "status");
    // Their types are not documented: what has a surprising one is left out.
    QString ignored;
    MemberReader member(object, ignored);
    record.at = member.time("created_at");
    if (!record.at)
        record.at = member.time("sent_at");
    record.parts = static_cast<int>(member.integer("parts").value_or(0));
    if (const QString cost = member.textOrNumber("cost"); !cost.isEmpty())
        record.cost = events::Money{cost, textAt(object, "currency")};
    member.forEach("errors", [&record](const json &error, const QString &) {
        if (error.is_string())
            record.errors.append(events::stringOf(error));
        else if (error.is_object())
            record.errors.append(textAt(error, "code"));
    });
    return record;
}

Result<QByteArray, QString> eventOfMessage(const json &message) {
    const auto facts = messageFrom(message);
    if (!facts)
        return failed(facts.error());
    const events::MessageStatus status =
        facts->to.isEmpty() ? events::MessageStatus::Unknown : facts->to.first().status;
    const bool inbound = facts->direction == events::Direction::Inbound;
    const char *type = inbound                      ? "message.received"
                       : events::isTerminal(status) ? "message.finalized"
                                                    : "message.sent";
    const QString id =
        QStringLiteral("api:%1:%2")
            .arg(facts->id.text(), inbound ? QStringLiteral("received") : events::statusText(status));
    json event{
        {"record_type", "event"}, {"id", id.toStdString()}, {"event_type", type}, {"payload", message}};
    if (const auto at = facts->completedAt ? facts->completedAt
                        : facts->sentAt    ? facts->sentAt
                                           : facts->receivedAt)
        event["occurred_at"] = at->toUTC().toString(Qt::ISODateWithMs).toStdString();
    return envelope(event);
}

} // namespace longcode::telnyx
