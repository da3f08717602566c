#include "sandbox/message.h"

#include "sandbox/places.h"

#include <algorithm>
#include <array>

namespace longcode::sandbox {

namespace {

constexpr const char *organization = "2f5d2c5c-9b33-4f5e-8d0e-5e1f3a6c7b21";

Json timeOrNull(const std::optional<QDateTime> &time) {
    return time ? Json(timeText(*time)) : Json();
}
Json money(long long millionths) {
    return {{"amount", moneyText(millionths)}, {"currency", "USD"}};
}

/// Of media that came from a phone everything is known; null stands only where the API has not looked yet.
Json mediaJson(const Message &message) {
    Json list = Json::array();
    for (const MediaFile &file : message.media) {
        Json json{{"url", file.url},
                  {"content_type", orNull(file.contentType)},
                  {"sha256", orNull(file.sha256)},
                  {"size", file.size ? Json(*file.size) : Json()}};
        if (message.inbound && !file.size) {
            json.erase("sha256");
            json.erase("size");
        }
        list.push_back(std::move(json));
    }
    return list;
}

Json recipientJson(const Recipient &recipient) {
    return {{"phone_number", recipient.number},
            {"status", recipient.status},
            {"carrier", recipient.carrier},
            {"line_type", recipient.lineType}};
}

void addCost(Json &json, const Message &message) {
    if (message.inbound) {
        json["cost"] = money(0);
        return;
    }
    json["cost"] = message.cost ? money(message.cost->rate + message.cost->carrierFee) : Json();
    json["cost_breakdown"] = message.cost ? Json{{"carrier_fee", money(message.cost->carrierFee)},
                                                 {"rate", money(message.cost->rate)}}
                                          : Json();
}

void addOutboundMembers(Json &json, const Message &message) {
    json["smart_encoding_applied"] = message.smartEncodingApplied;
    json["tcr_campaign_id"] = nullptr;
    json["tcr_campaign_billable"] = false;
    json["tcr_campaign_registered"] = nullptr;
    if (!message.smartEncoding.is_null())
        json["smart_encoding"] = message.smartEncoding;
    if (message.sendAt)
        json["send_at"] = timeText(*message.sendAt);
}

void addInboundMembers(Json &json, const Message &message) {
    json["from"]["status"] = "received";
    // Group messages name the others as plain texts, not as objects (D22).
    if (!message.cc.empty())
        json["cc"] = message.cc;
    if (!message.autoresponseType.empty())
        json["autoresponse_type"] = message.autoresponseType;
}

} // namespace

Json payload(const Message &message, std::optional<std::size_t> recipient) {
    Json to = Json::array();
    Json errors = Json::array();
    for (std::size_t i = 0; i < message.to.size(); ++i) {
        if (recipient && *recipient != i)
            continue;
        to.push_back(recipientJson(message.to[i]));
        for (const ApiError &error : message.to[i].errors)
            errors.push_back(toJson(error));
    }
    Json json{{"record_type", "message"},
              {"direction", message.inbound ? "inbound" : "outbound"},
              {"id", message.id},
              {"type", message.mms ? "MMS" : "SMS"},
              {"messaging_profile_id", message.profileId},
              {"organization_id", organization},
              {"from",
               {{"phone_number", message.from},
                {"carrier", message.inbound ? carrierOf(message.from) : std::string("Telnyx")},
                {"line_type", "Wireless"}}},
              {"to", std::move(to)},
              {"text", message.text},
              {"subject", message.subject ? Json(*message.subject) : Json()},
              {"media", mediaJson(message)},
              {"webhook_url", orNull(message.webhookUrl)},
              {"webhook_failover_url", orNull(message.webhookFailoverUrl)},
              {"encoding", message.encoding},
              {"parts", message.parts},
              {"tags", message.tags},
              {"received_at", timeText(message.receivedAt)},
              {"sent_at", timeOrNull(message.sentAt)},
              {"completed_at", timeOrNull(message.completedAt)},
              {"valid_until", timeOrNull(message.validUntil)},
              {"errors", std::move(errors)}};
    addCost(json, message);
    if (message.inbound)
        addInboundMembers(json, message);
    else
        addOutboundMembers(json, message);
    if (message.isGroup())
        json["group_message_id"] = message.groupId;
    return json;
}

std::string moneyText(long long millionths) {
    std::string digits = std::to_string(millionths);
    if (digits.size() < 7)
        digits.insert(0, 7 - digits.size(), '0');
    digits.insert(digits.size() - 6, 1, '.');
    while (digits.back() == '0' && digits.size() - digits.find('.') > 5)
        digits.pop_back();
    return digits;
}

bool isFinal(std::string_view status) {
    constexpr std::array<std::string_view, 7> finals{
        "delivered", "sending_failed", "delivery_failed", "delivery_unconfirmed",
        "expired",   "cancelled",      "unknown"};
    return std::find(finals.begin(), finals.end(), status) != finals.end();
}

} // namespace longcode::sandbox
