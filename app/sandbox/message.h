#pragma once

#include "sandbox/api_error.h"

#include <QDateTime>

#include <optional>
#include <string>
#include <vector>

namespace longcode::sandbox {

struct Recipient {
    std::string number;
    std::string status = "queued";
    std::string carrier{};
    std::string lineType = "Wireless";
    std::vector<ApiError> errors{};
};

struct MediaFile {
    std::string url;
    std::string contentType{}; ///< empty: not known, null in answers
    std::string sha256{};
    std::optional<long long> size{};
};

/// In millionths of a dollar.
struct Cost {
    long long rate = 0;
    long long carrierFee = 0;
};

struct Message {
    std::string id;
    std::uint64_t ordinal = 0; ///< counts from 1; the label of everything seeded about this message
    bool inbound = false;
    bool mms = false;
    std::string profileId;
    std::string from;
    std::vector<Recipient> to;
    std::vector<std::string> cc{}; ///< inbound group MMS
    std::string text;
    std::optional<std::string> subject{};
    std::vector<MediaFile> media{};
    std::string webhookUrl{}, webhookFailoverUrl{};
    bool useProfileWebhooks = true;
    std::string encoding;
    int parts = 0;
    std::vector<std::string> tags{};
    std::optional<Cost> cost{};
    QDateTime receivedAt{};
    std::optional<QDateTime> sentAt{}, completedAt{}, validUntil{}, sendAt{};
    bool smartEncodingApplied = false;
    Json smartEncoding{};           ///< details when it was applied, else null
    std::string autoresponseType{}; ///< STOP, START, HELP or empty
    std::string groupId{};
    bool silent = false;           ///< no webhooks: answers to keywords
    std::uint64_t eventCount = 0;  ///< reported so far; part of the labels of event ids
    std::uint64_t progressRun = 0; ///< raised to call off what was planned for the message

    [[nodiscard]] bool isGroup() const { return !groupId.empty(); }
};

/// The payload of answers and events. With `recipient`, only that addressee and his errors (group MMS).
[[nodiscard]] Json payload(const Message &message, std::optional<std::size_t> recipient = {});

/// "0.0051"; at least four digits after the point.
[[nodiscard]] std::string moneyText(long long millionths);

[[nodiscard]] bool isFinal(std::string_view status);

} // namespace longcode::sandbox
