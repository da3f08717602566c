#include "sandbox/api_error.h"

#include <array>

namespace longcode::sandbox {

namespace {

struct Known {
    std::string_view code, title, detail;
};

/// Codes and titles as documented; the explanations are our own.
constexpr std::array table{
    Known{"10003", "Invalid URL", "The value is not an absolute http or https URL."},
    Known{"10004", "Missing required parameter", "A required member is missing."},
    Known{"10005", "Resource not found", "There is no resource with this identifier."},
    Known{"10007", "Unexpected error", "Something went wrong on the server."},
    Known{"10009", "Authentication failed", "The API key is missing or not valid."},
    Known{"10010", "Authorization failed", "This may not be done with the resource."},
    Known{"10011", "Too many requests", "More requests came than the account may make."},
    Known{"10015", "Invalid parameter", "A value has the wrong type or form."},
    Known{"10016", "Unsupported media type", "This operation takes application/json."},
    Known{"10017", "Method not allowed", "The path exists, but not with this method."},
    Known{"10032", "Invalid enumerated value", "The value is not one of those allowed."},
    Known{"20100", "Insufficient funds", "The account has no funds left."},
    Known{"40001", "Not routable", "The number is a landline or cannot be reached by text."},
    Known{"40002", "Blocked as spam - temporary", "The carrier's spam filter stopped the message for now."},
    Known{"40003", "Blocked as spam - permanent", "The carrier blocks this sender."},
    Known{"40004", "Rejected by destination",
          "The recipient's carrier refused the message without a reason."},
    Known{"40005", "Message expired during transmission", "The message expired before it was delivered."},
    Known{"40006", "Recipient server unavailable", "The recipient's carrier does not answer."},
    Known{"40008", "Undeliverable", "The carrier did not accept the message."},
    Known{"40009", "Invalid message body", "The text cannot be sent as it is."},
    Known{"40010", "Not 10DLC registered", "The sender belongs to no 10DLC campaign."},
    Known{"40011", "Too many requests upstream", "The carrier's throughput limit was exceeded."},
    Known{"40012", "Invalid messaging destination number", "The carrier refused the destination number."},
    Known{"40013", "Invalid messaging source number", "The carrier refused the source number."},
    Known{"40014", "Message expired in queue", "The message waited in the queue beyond its validity."},
    Known{"40015", "Blocked as spam - internal", "The provider's spam filter stopped the message."},
    Known{"40016", "T-Mobile 10DLC sending limit reached", "T-Mobile's limit for this campaign is used up."},
    Known{"40017", "AT&T 10DLC spam message rejected", "AT&T took the message for spam."},
    Known{"40018", "AT&T 10DLC sending limit reached", "AT&T's limit for this campaign is used up."},
    Known{"40019", "AT&T 10DLC tag data invalid", "The campaign data of the message is not right."},
    Known{"40020", "Artificial traffic inflation", "Traffic with codes is blocked for 24 hours."},
    Known{"40100", "Not messaging enabled", "The number is not set up for messaging."},
    Known{"40300", "Blocked due to STOP message", "The recipient has opted out."},
    Known{"40301", "Unsupported message type", "These two numbers cannot exchange this type of message."},
    Known{"40302", "Message too large", "The text takes more than 10 parts."},
    Known{"40304", "Invalid combination of message content", "SMS and MMS content are mixed."},
    Known{"40305", "Invalid 'from' address", "The sender belongs to no messaging profile that may be used."},
    Known{"40306", "Alpha sender not configured", "The messaging profile has no alphanumeric sender."},
    Known{"40307", "Alpha sender mismatch", "The sender is not the one set on the messaging profile."},
    Known{"40308", "Invalid 'from' address for MMS", "This sender cannot send MMS."},
    Known{"40309", "Invalid destination region", "The profile may not send to this country."},
    Known{"40310", "Invalid 'to' address", "The destination is not a number in +E.164 form."},
    Known{"40311", "Invalid messaging profile secret", "The profile's secret is wrong."},
    Known{"40312", "Messaging profile is disabled", "The messaging profile is switched off."},
    Known{"40313", "Missing messaging profile secret", "The profile's secret is missing."},
    Known{"40314", "Messaging disabled on account", "The account may not send messages."},
    Known{"40315", "Unhealthy 'from' address",
          "The sender's success rate is too low or its spam rate too high."},
    Known{"40316", "No content provided", "The message has neither text nor media."},
    Known{"40317", "Invalid MMS content", "There are more than 10 media, or together they are over 1 MB."},
    Known{"40318", "Message queue full", "Too many messages are waiting."},
    Known{"40319", "Incompatible message type", "The two numbers are not of matching kinds."},
    Known{"40320", "Temporarily unusable 'from' address", "The sender is being set up or moved."},
    Known{"40321", "No usable numbers on messaging profile", "The number pool has no number to send from."},
    Known{"40322", "Blocked due to content", "The content is prohibited."},
    Known{"40325", "Invalid alpha sender ID", "1 to 11 letters, digits and spaces, at least one letter."},
    Known{"40328", "SMS message too large", "The text takes many parts; an MMS may be better."},
    Known{"40329", "Toll-free number is not verified", "The number has not passed toll-free verification."},
    Known{"40330", "Toll-free number not provisioned", "The number is not ready for messaging yet."},
    Known{"40331", "Missing whitelisted destinations", "The profile names no country to send to."},
    Known{"40333", "Messaging profile spend limit reached", "The profile's limit for today is used up."},
};

const Known *find(std::string_view code) {
    for (const Known &row : table) {
        if (row.code == code)
            return &row;
    }
    return nullptr;
}

} // namespace

ApiError errorOf(std::string_view code, std::string detail, std::string pointer) {
    const Known *known = find(code);
    ApiError error;
    error.code = std::string(code);
    error.title = known ? std::string(known->title) : "Unknown error";
    error.detail = detail.empty() && known ? std::string(known->detail) : std::move(detail);
    error.pointer = std::move(pointer);
    return error;
}

std::string usualDetail(std::string_view code) {
    const Known *known = find(code);
    return known ? std::string(known->detail) : std::string();
}

Json toJson(const ApiError &error) {
    Json json{{"code", error.code}, {"title", error.title}};
    if (!error.detail.empty())
        json["detail"] = error.detail;
    if (!error.pointer.empty())
        json["source"]["pointer"] = error.pointer;
    if (!error.parameter.empty())
        json["source"]["parameter"] = error.parameter;
    json["meta"]["url"] = "https://developers.telnyx.com/docs/overview/errors/" + error.code;
    return json;
}

Answer refusal(int status, const std::vector<ApiError> &errors) {
    Json list = Json::array();
    for (const ApiError &error : errors)
        list.push_back(toJson(error));
    return {status, Json{{"errors", std::move(list)}}};
}

Answer refusal(int status, const ApiError &error) {
    return refusal(status, std::vector{error});
}

Answer bareRefusal(int status, const ApiError &error) {
    return {status, toJson(error)};
}

Answer dataAnswer(Json data) {
    return {200, Json{{"data", std::move(data)}}};
}

} // namespace longcode::sandbox
