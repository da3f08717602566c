#include "desk/send_verdict.h"

#include "store/values.h"
#include "telnyx/telnyx.h"

#include <QCoreApplication>

namespace longcode::desk {

namespace {

using telnyx::Error;
using telnyx::ErrorKind;

struct VerdictWords {
    Q_DECLARE_TR_FUNCTIONS(Sending)
};

/// 40333 is the daily spend limit, which comes with 429 but does not go away before midnight UTC (D38).
bool isSpendLimit(const Error &error) {
    return error.code == QLatin1String("40333");
}
/// 40318: the sender's queue is full; to be tried again after a while (D38).
bool isFullQueue(const Error &error) {
    return error.code == QLatin1String("40318");
}

QString serverWords(const Error &error) {
    const store::ServerError refusal = refusalOf(error);
    if (refusal.title.isEmpty() || refusal.detail.isEmpty() || refusal.title == refusal.detail)
        return refusal.title.isEmpty() ? refusal.detail : refusal.title;
    return refusal.title % QStringLiteral(" – ") % refusal.detail;
}

} // namespace

SendVerdict verdictOf(const Error &error) {
    if (!error.mayHaveReachedServer)
        return SendVerdict::Unreachable;
    switch (error.kind) {
    case ErrorKind::Unauthorized:
        return SendVerdict::KeyRefused;
    case ErrorKind::RateLimited:
        return isSpendLimit(error) ? SendVerdict::Rejected : SendVerdict::RateLimited;
    case ErrorKind::BadRequest:
    case ErrorKind::PaymentRequired:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Validation:
        return isFullQueue(error) ? SendVerdict::RateLimited : SendVerdict::Rejected;
    case ErrorKind::UnexpectedStatus:
        // 408 and 499 are said by gateways that may have passed the request on.
        return error.httpStatus >= 400 && error.httpStatus < 500 && error.httpStatus != 408 &&
                       error.httpStatus != 499
                   ? SendVerdict::Rejected
                   : SendVerdict::Uncertain;
    case ErrorKind::NotConnected:
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Cancelled:
    case ErrorKind::Server:
    case ErrorKind::Redirected:
    case ErrorKind::BadAnswer:
        break;
    }
    return SendVerdict::Uncertain;
}

store::ServerError refusalOf(const Error &error) {
    store::ServerError refusal{error.code, error.title, error.detail};
    QStringList fields;
    for (const telnyx::FieldError &field : error.fields)
        fields.append(field.field.isEmpty() ? field.message
                                            : field.field % QStringLiteral(": ") % field.message);
    if (refusal.detail.isEmpty())
        refusal.detail = fields.join(QStringLiteral("; "));
    if (refusal.title.isEmpty() && refusal.detail.isEmpty())
        refusal.title = VerdictWords::tr("Refused with HTTP status %1").arg(error.httpStatus);
    return refusal;
}

Failure accountFailure(const Error &error) {
    switch (error.kind) {
    case ErrorKind::Unauthorized:
        return {VerdictWords::tr("Telnyx refused the API key."),
                VerdictWords::tr("Check the key in the Telnyx portal, and enter a valid one here.")};
    case ErrorKind::PaymentRequired:
        return {VerdictWords::tr("The Telnyx account has no funds left."),
                VerdictWords::tr("Add funds in the Telnyx portal.")};
    case ErrorKind::Forbidden:
        return {VerdictWords::tr("The API key may not do this: %1").arg(serverWords(error)),
                VerdictWords::tr("Use a key with the needed permissions.")};
    case ErrorKind::RateLimited:
        return {VerdictWords::tr("Telnyx asks for a pause, because too many requests came in a short time."),
                VerdictWords::tr("Nothing to do: the console goes on by itself.")};
    case ErrorKind::NotConnected:
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Cancelled:
        return {
            VerdictWords::tr("Telnyx cannot be reached: %1")
                .arg(error.title.isEmpty() ? VerdictWords::tr("no answer") : error.title),
            VerdictWords::tr(
                "Check this computer's connection to the internet. Messages wait here until it is back.")};
    case ErrorKind::Server:
        return {VerdictWords::tr("Telnyx has trouble at the moment (HTTP status %1).").arg(error.httpStatus),
                VerdictWords::tr("Try again in a few minutes; status.telnyx.com tells about outages.")};
    default:
        break;
    }
    return {
        VerdictWords::tr("Telnyx gave an answer that this console cannot use: %1").arg(serverWords(error)),
        VerdictWords::tr("Check the API address of this account, and try again.")};
}

} // namespace longcode::desk
