#include "telnyx/answer.h"

#include "events/bounded_json.h"
#include "telnyx/error_parser.h"

#include <algorithm>

namespace longcode::telnyx {

using nlohmann::json;

namespace {

constexpr events::JsonLimits answerLimits{maximumAnswerBytes, 64, 1'000'000};
constexpr qint64 secondsPerDay = 86'400;

std::optional<qint64> digits(const QByteArray &text) {
    bool good = false;
    const qint64 number = text.trimmed().toLongLong(&good);
    return good && number >= 0 ? std::optional(number) : std::nullopt;
}

/// A date of an HTTP header (RFC 9110, 5.6.7), which is one of a mail but for the name of its zone.
std::optional<qint64> epochOf(const QByteArray &httpDate) {
    const QByteArray mailDate = httpDate.trimmed().replace("GMT", "+0000");
    const QDateTime time = QDateTime::fromString(QString::fromLatin1(mailDate), Qt::RFC2822Date);
    return time.isValid() ? std::optional(time.toSecsSinceEpoch()) : std::nullopt;
}

std::optional<qint64> secondsToWait(const RawAnswer &answer) {
    if (const auto seconds = digits(answer.retryAfter))
        return seconds;
    // The server's own clock is the reference, so that a wrong clock here does no harm.
    const auto now = epochOf(answer.date);
    if (!now)
        return std::nullopt;
    if (const auto then = epochOf(answer.retryAfter))
        return *then - *now;
    if (const auto then = digits(answer.rateLimitReset); then && answer.status == 429)
        return *then - *now;
    return std::nullopt;
}

} // namespace

std::optional<std::chrono::seconds> retryAfterOf(const RawAnswer &answer) {
    const auto seconds = secondsToWait(answer);
    if (!seconds)
        return std::nullopt;
    return std::chrono::seconds(std::clamp<qint64>(*seconds, 0, secondsPerDay));
}

Error badAnswer(const QString &member) {
    Error error;
    error.kind = ErrorKind::BadAnswer;
    error.title = member;
    return error;
}

const json &unwrapped(const json &body) {
    if (!body.is_object())
        return body;
    if (const auto data = body.find("data"); data != body.end() && (data->is_object() || data->is_array()))
        return *data;
    if (const auto records = body.find("records"); records != body.end() && records->is_array())
        return *records;
    return body;
}

JsonAnswer judge(const RawAnswer &answer) {
    if (answer.status < 200 || answer.status > 299)
        return failed(errorFromAnswer(answer));
    if (answer.body.trimmed().isEmpty())
        return json();
    auto parsed = events::parseBounded(answer.body, answerLimits);
    if (parsed)
        return *std::move(parsed);
    Error error = badAnswer(QStringLiteral("body"));
    error.httpStatus = answer.status;
    error.requestId = QString::fromLatin1(answer.requestId.left(100));
    return failed(std::move(error));
}

} // namespace longcode::telnyx
