#include "relay/consoles/access_tokens.h"

#include "relay/consoles/token_line.h"

#include <QCryptographicHash>
#include <QFile>

#include <sodium.h>

#include <algorithm>

namespace longcode::relay {

namespace {

/// RFC 6750: the scheme's name counts without regard to case.
std::string_view bearerToken(std::string_view authorization) {
    static constexpr std::string_view scheme = "bearer ";
    if (authorization.size() < scheme.size())
        return {};
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char c = authorization[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != scheme[i])
            return {};
    }
    return authorization.substr(scheme.size());
}

} // namespace

Result<AccessTokens, QString> AccessTokens::parse(const QByteArray &text, Empty empty) {
    AccessTokens tokens;
    int number = 0;
    for (const QByteArray &line : text.split('\n')) {
        ++number;
        const auto grant = parseTokenLine(line);
        if (!grant)
            return failed(QString(QStringLiteral("line %1 ").arg(number) % grant.error()));
        if (!*grant)
            continue;
        if (tokens.named((*grant)->name))
            return failed(QStringLiteral("line %1 gives the name “%2” a second time.")
                              .arg(QString::number(number), (*grant)->name));
        tokens.m_grants.append(**grant);
    }
    if (tokens.m_grants.isEmpty() && empty == Empty::Refused)
        return failed(QStringLiteral("it holds no token, so no console could connect."));
    return tokens;
}

Result<AccessTokens, QString> AccessTokens::readFile(const QString &path, Empty empty) {
    const QString beginning = QStringLiteral("The token file %1 cannot be used: ").arg(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(QString(beginning % file.errorString() % QLatin1Char('.')));
    const QByteArray text = file.read(largestTokenFile + 1);
    if (text.size() > largestTokenFile)
        return failed(QString(beginning % QStringLiteral("it is larger than 1 MiB.")));
    auto tokens = parse(text, empty);
    if (!tokens)
        return failed(QString(beginning % tokens.error()));
    return tokens;
}

std::optional<TokenGrant> AccessTokens::grantFor(std::string_view authorization) const {
    const std::string_view token = bearerToken(authorization);
    const QByteArray hash = QCryptographicHash::hash(
        QByteArrayView(token.data(), static_cast<qsizetype>(token.size())), QCryptographicHash::Sha256);
    const TokenGrant *found = nullptr;
    for (const TokenGrant &grant : m_grants) {
        if (sodium_memcmp(hash.constData(), grant.hash.constData(), static_cast<std::size_t>(hash.size())) ==
            0)
            found = &grant;
    }
    return token.empty() || !found ? std::nullopt : std::optional(*found);
}

std::optional<TokenGrant> AccessTokens::named(const QString &name) const {
    const auto found = std::find_if(m_grants.begin(), m_grants.end(),
                                    [&](const TokenGrant &grant) { return grant.name == name; });
    return found == m_grants.end() ? std::nullopt : std::optional(*found);
}

QList<protocol::Member> AccessTokens::members() const {
    QList<protocol::Member> all;
    for (const TokenGrant &grant : m_grants)
        all.append({grant.name, grant.role});
    return all;
}

} // namespace longcode::relay
