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

} // namespace longcode::telnyx
