#pragma once

#include "base/result.h"
#include "protocol/protocol.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <string_view>

namespace longcode::relay {

/// What one token opens.
struct TokenGrant {
    QString name; ///< of the person or the desk, unique in the file
    protocol::Role role = protocol::Role::Admin;
    QString account{}; ///< only webhooks of this account; empty: of all
    QByteArray hash{}; ///< SHA-256 of the token, 32 bytes
    friend bool operator==(const TokenGrant &, const TokenGrant &) = default;
};

/// Who may connect as a console. Knows only hashes of the tokens. Immutable, so any thread may ask.
class AccessTokens {
public:
    /// Whether a text without any token is good. It is when a running relay reads its file again: then nobody
    /// may connect any more.
    enum class Empty : quint8 { Refused, Allowed };

    /// One token a line: a name, white space, `sha256:` and the hexadecimal SHA-256 of the token, then, if
    /// wanted, `role=agent`, `role=compliance` or `role=admin` (which is what none means) and `account=NAME`.
    /// Names are 1 to 64 ASCII letters, digits and any of `._-@`, each once. Empty lines and lines that begin
    /// with `#` do not count. The error is a sentence with the line's number.
    [[nodiscard]] static Result<AccessTokens, QString> parse(const QByteArray &text,
                                                             Empty empty = Empty::Refused);
    [[nodiscard]] static Result<AccessTokens, QString> readFile(const QString &path,
                                                                Empty empty = Empty::Refused);

    /// What the token in an Authorization header's value opens. Takes the same time whichever token it is,
    /// and whether it is one.
    [[nodiscard]] std::optional<TokenGrant> grantFor(std::string_view authorization) const;
    [[nodiscard]] std::optional<TokenGrant> named(const QString &name) const;
    /// In the order of the file.
    [[nodiscard]] const QList<TokenGrant> &grants() const { return m_grants; }
    /// The same for colleagues: names and roles.
    [[nodiscard]] QList<protocol::Member> members() const;

private:
    QList<TokenGrant> m_grants;
};

/// Whether it may be the name of a token or an account: see AccessTokens::parse.
[[nodiscard]] bool isTokenName(const QString &name);

} // namespace longcode::relay
