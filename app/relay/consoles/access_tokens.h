#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <string_view>

namespace longcode::relay {

/// Who may connect as a console. Knows only hashes of the tokens. Immutable, so any thread may ask.
class AccessTokens {
public:
    /// One token a line: a name, white space, `sha256:` and the hexadecimal SHA-256 of the token. Empty lines
    /// and lines that begin with `#` do not count. The error is a sentence with the line's number.
    [[nodiscard]] static Result<AccessTokens, QString> parse(const QByteArray &text);
    [[nodiscard]] static Result<AccessTokens, QString> readFile(const QString &path);

    /// The name of the token in an Authorization header's value. Takes the same time whichever token it is,
    /// and whether it is one.
    [[nodiscard]] std::optional<QString> nameFor(std::string_view authorization) const;

private:
    struct Entry {
        QString name;
        QByteArray hash; ///< 32 bytes
    };
    QList<Entry> m_entries;
};

} // namespace longcode::relay
