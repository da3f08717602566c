#include "telnyx/error_parser.h"

#include "events/bounded_json.h"
#include "events/member_reader.h"
#include "telnyx/answer.h"

namespace longcode::telnyx {

using events::MemberReader;
using nlohmann::json;

namespace {

constexpr qsizetype maximumText = 1000;
constexpr qsizetype maximumFields = 100;
constexpr events::JsonLimits errorLimits{1 << 20, 64, 20'000};

/// A member's text or number; nothing when it is something else.
QString textOf(const json &object, const char *name) {
    QString ignored;
    return MemberReader(object, ignored).textOrNumber(name).left(maximumText);
}

const json *memberOf(const json &object, const char *name) {
    QString ignored;
    return MemberReader(object, ignored).member(name);
}

void takeWords(const json &object, Error &error) {
    error.code = textOf(object, "code");
    error.title = textOf(object, "title");
    error.detail = textOf(object, "detail");
}

void addField(Error &error, const QString &field, const QString &message) {
    if (!field.isEmpty() && error.fields.size() < maximumFields)
        error.fields.append({field, message});
}

/// `source.pointer` or `source.parameter` of one E1 object, or `field` of one E5 object.
void takeField(const json &object, Error &error) {
    if (const json *source = memberOf(object, "source")) {
        const QString detail = textOf(object, "detail");
        const QString message = detail.isEmpty() ? textOf(object, "title") : detail;
        const QString pointer = textOf(*source, "pointer");
        addField(error, pointer.isEmpty() ? textOf(*source, "parameter") : pointer, message);
        return;
    }
    addField(error, textOf(object, "field"), textOf(object, "message"));
}

void takeList(const json &list, Error &error) {
    for (const json &object : list) {
        if (!object.is_object())
            continue;
        if (error.code.isEmpty() && error.title.isEmpty())
            takeWords(object, error);
        takeField(object, error);
    }
    if (error.title.isEmpty() && !error.fields.isEmpty())
        error.title = error.fields.first().message;
}

/// `loc` joined with dots, without a leading "body" (E3).
QString fieldOfLocation(const json *location) {
    QStringList steps;
    if (!location || !location->is_array())
        return {};
    for (const json &step : *location) {
        if (step.is_string())
            steps.append(events::stringOf(step));
        else if (step.is_number_integer())
            steps.append(QString::fromStdString(step.dump()));
    }
    if (!steps.isEmpty() && steps.first() == QLatin1String("body"))
        steps.removeFirst();
    return steps.join(u'.').left(maximumText);
}

void takeLocations(const json &list, Error &error) {
    for (const json &object : list) {
        const QString message = textOf(object, "msg");
        addField(error, fieldOfLocation(memberOf(object, "loc")), message);
        if (error.title.isEmpty())
            error.title = message;
    }
}

void takeBody(const json &body, Error &error) {
    const json *errors = memberOf(body, "errors");
    const json *detail = memberOf(body, "detail");
    const bool hasCode = memberOf(body, "code");
    if (errors && errors->is_array()) {
        takeList(*errors, error);
    } else if (detail && detail->is_array()) {
        takeLocations(*detail, error);
    } else if (detail && detail->is_string() && !hasCode) {
        error.title = textOf(body, "title");
        error.detail = textOf(body, "detail");
    } else if (hasCode || memberOf(body, "title")) {
        takeWords(body, error);
        takeField(body, error);
    } else {
        error.title = textOf(body, "message");
    }
}

} // namespace

ErrorKind kindOfStatus(int status) {
    switch (status) {
    case 400:
        return ErrorKind::BadRequest;
    case 401:
        return ErrorKind::Unauthorized;
    case 402:
        return ErrorKind::PaymentRequired;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 409:
        return ErrorKind::Conflict;
    case 422:
        return ErrorKind::Validation;
    case 429:
        return ErrorKind::RateLimited;
    default:
        break;
    }
    if (status >= 500 && status <= 599)
        return ErrorKind::Server;
    return status >= 300 && status <= 399 ? ErrorKind::Redirected : ErrorKind::UnexpectedStatus;
}

Error errorFromAnswer(const RawAnswer &answer) {
    Error error;
    error.kind = kindOfStatus(answer.status);
    error.httpStatus = answer.status;
    error.retryAfter = retryAfterOf(answer);
    error.requestId = QString::fromLatin1(answer.requestId.left(100));
    const auto body = events::parseBounded(answer.body, errorLimits);
    if (body && body->is_object())
        takeBody(*body, error);
    if (error.code.isEmpty() && error.title.isEmpty() && error.detail.isEmpty())
        error.title = answer.reason.left(maximumText);
    return error;
}

} // namespace longcode::telnyx
