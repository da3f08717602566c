#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace longcode::telnyx {

enum class Verb : quint8 { Get, Post, Patch, Put, Delete };

/// "GET" and so on.
[[nodiscard]] QByteArray verbName(Verb verb);

/// One row per operation of the API.
struct Operation {
    Verb verb;
    const char *path; ///< as in the OpenAPI document: "/messages/{id}"
};

/// One use of an operation. The path in `operation` is what logs show: ids and numbers stay out of them.
struct Request {
    Operation operation;
    QStringList segments{};                 ///< for the {…} of the path, in order; encoded here
    QList<QPair<QString, QString>> query{}; ///< name and value, neither encoded
    std::optional<QByteArray> body{};       ///< JSON text
};

/// `base` followed by the request's path and query; every segment, name and value percent-encoded.
[[nodiscard]] QUrl urlOf(const QUrl &base, const Request &request);

} // namespace longcode::telnyx
