#include "telnyx/request.h"

namespace longcode::telnyx {

QByteArray verbName(Verb verb) {
    switch (verb) {
    case Verb::Get:
        return "GET";
    case Verb::Post:
        return "POST";
    case Verb::Patch:
        return "PATCH";
    case Verb::Put:
        return "PUT";
    case Verb::Delete:
        return "DELETE";
    }
    return {};
}

namespace {

QByteArray pathOf(const Request &request) {
    QByteArray path(request.operation.path);
    qsizetype from = 0;
    for (const QString &segment : request.segments) {
        const qsizetype open = path.indexOf('{', from);
        const qsizetype close = path.indexOf('}', open);
        if (open < 0 || close < 0)
            break;
        const QByteArray encoded = QUrl::toPercentEncoding(segment);
        path.replace(open, close - open + 1, encoded);
        from = open + encoded.size();
    }
    return path;
}

} // namespace

QUrl urlOf(const QUrl &base, const Request &request) {
    QByteArray text = base.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment |
                                     QUrl::StripTrailingSlash);
    text += pathOf(request);
    char separator = '?';
    for (const auto &[name, value] : request.query) {
        text += separator;
        text += QUrl::toPercentEncoding(name);
        text += '=';
        text += QUrl::toPercentEncoding(value);
        separator = '&';
    }
    return QUrl::fromEncoded(text, QUrl::StrictMode);
}

} // namespace longcode::telnyx
