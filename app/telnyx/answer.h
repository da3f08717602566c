#pragma once

#include "telnyx/telnyx.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace longcode::telnyx {

/// A larger answer is not read to its end.
inline constexpr qsizetype maximumAnswerBytes = 8 << 20;

/// What a call ends with: the body of a 2xx answer (null when it is empty), or why there is none.
using JsonAnswer = Answer<nlohmann::json>;
using JsonReceiver = std::function<void(JsonAnswer)>;

/// The status line and body of one answer, and the headers that are looked at.
struct RawAnswer {
    int status = 0;
    QString reason;
    QByteArray body;
    QByteArray retryAfter, date, rateLimitReset, requestId;
};

/// What one answer amounts to: the body, or the error for its status.
[[nodiscard]] JsonAnswer judge(const RawAnswer &answer);

/// A 2xx answer whose `member` is missing or has a wrong type.
[[nodiscard]] Error badAnswer(const QString &member);

/// What is inside the envelope: `data` when it is an object or an array, else `records`, else the whole
/// (contract, section 2; D9, D10).
[[nodiscard]] const nlohmann::json &unwrapped(const nlohmann::json &body);

/// Seconds from `retry-after`, as a number or as a date relative to the answer's own `date`; else from
/// `x-ratelimit-reset`. At most a day.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfterOf(const RawAnswer &answer);

} // namespace longcode::telnyx
