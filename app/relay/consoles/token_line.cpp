#include "relay/consoles/token_line.h"

#include <algorithm>

namespace longcode::relay {

namespace {

constexpr qsizetype hashBytes = 32;
constexpr char hashPrefix[] = "sha256:";

/// Nothing unless the text is `sha256:` and 64 hexadecimal digits.
std::optional<QByteArray> hashFrom(const QByteArray &text) {
    const qsizetype prefix = qsizetype(sizeof hashPrefix) - 1;
    if (!text.startsWith(hashPrefix) || text.size() != prefix + 2 * hashBytes)
        return std::nullopt;
    const QByteArray digits = text.mid(prefix).toLower();
    QByteArray hash = QByteArray::fromHex(digits);
    if (hash.toHex() != digits)
        return std::nullopt;
    return hash;
}

/// Reads `role=…` or `account=…`; an empty text when it is good.
QString takeAttribute(const QByteArray &word, TokenGrant &grant) {
    const QString value = QString::fromUtf8(word.mid(word.indexOf('=') + 1));
    if (word.startsWith("role=")) {
        const auto role = protocol::roleFromName(value);
        grant.role = role.value_or(protocol::Role::Agent);
        return role ? QString() : QStringLiteral("has a role other than agent, compliance and admin.");
    }
    if (word.startsWith("account=")) {
        grant.account = value;
        return isTokenName(value) ? QString() : QStringLiteral("has an account whose name cannot be one.");
    }
    return QStringLiteral("is not a name and “sha256:” with 64 hexadecimal digits, followed by nothing but "
                          "“role=” and “account=”.");
}

} // namespace

bool isTokenName(const QString &name) {
    return !name.isEmpty() && name.size() <= protocol::maximumNameLength &&
           std::all_of(name.begin(), name.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
                      c == u'.' || c == u'_' || c == u'-' || c == u'@';
           });
}

Result<std::optional<TokenGrant>, QString> parseTokenLine(const QByteArray &line) {
    const QByteArray content = line.simplified();
    if (content.isEmpty() || content.startsWith('#'))
        return std::optional<TokenGrant>();
    const QByteArrayList words = content.split(' ');
    const std::optional<QByteArray> hash = hashFrom(words.value(1));
    if (!hash)
        return failed(QStringLiteral("is not a name and “sha256:” with 64 hexadecimal digits."));
    TokenGrant grant{.name = QString::fromUtf8(words.first()), .hash = *hash};
    if (!isTokenName(grant.name))
        return failed(
            QStringLiteral("begins with what cannot be a name: use 1 to 64 letters, digits and any of "
                           "“._-@”."));
    for (const QByteArray &word : words.mid(2)) {
        if (const QString problem = takeAttribute(word, grant); !problem.isEmpty())
            return failed(QString(problem));
    }
    return std::optional(grant);
}

QByteArray tokenLine(const TokenGrant &grant) {
    QByteArray line = grant.name.toUtf8() + ' ' + hashPrefix + grant.hash.toHex() +
                      " role=" + protocol::roleName(grant.role).toUtf8();
    if (!grant.account.isEmpty())
        line += " account=" + grant.account.toUtf8();
    return line;
}

} // namespace longcode::relay
