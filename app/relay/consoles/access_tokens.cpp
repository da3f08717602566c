#include "relay/consoles/access_tokens.h"

#include <QCryptographicHash>
#include <QFile>

#include <sodium.h>

namespace longcode::relay {

namespace {

constexpr qint64 largestFile = 1 << 20;
constexpr qsizetype hashBytes = 32;

/// Nothing unless the text is `sha256:` and 64 hexadecimal digits.
std::optional<QByteArray> hashFrom(const QByteArray &text) {
    static const QByteArray prefix = QByteArrayLiteral("sha256:");
    if (!text.startsWith(prefix) || text.size() != prefix.size() + 2 * hashBytes)
        return std::nullopt;
    const QByteArray digits = text.mid(prefix.size()).toLower();
    QByteArray hash = QByteArray::fromHex(digits);
    if (hash.toHex() != digits)
        return std::nullopt;
    return hash;
}

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

Result<AccessTokens, QString> AccessTokens::parse(const QByteArray &text) {
    AccessTokens tokens;
    int number = 0;
    for (const QByteArray &line : text.split('\n')) {
        ++number;
        const QByteArray content = line.simplified();
        if (content.isEmpty() || content.startsWith('#'))
            continue;
        const QByteArrayList words = content.split(' ');
        const std::optional<QByteArray> hash = hashFrom(words.size() == 2 ? words[1] : QByteArray());
        if (!hash)
            return failed(QStringLiteral("line %1 is not a name and “sha256:” with 64 hexadecimal digits.")
                              .arg(number));
        tokens.m_entries.append({QString::fromUtf8(words[0]), *hash});
    }
    if (tokens.m_entries.isEmpty())
        return failed(QStringLiteral("it holds no token, so no console could connect."));
    return tokens;
}

Result<AccessTokens, QString> AccessTokens::readFile(const QString &path) {
    const QString beginning = QStringLiteral("The token file %1 cannot be used: ").arg(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(QString(beginning % file.errorString() % QLatin1Char('.')));
    const QByteArray text = file.read(largestFile + 1);
    if (text.size() > largestFile)
        return failed(QString(beginning % QStringLiteral("it is larger than 1 MiB.")));
    auto tokens = parse(text);
    if (!tokens)
        return failed(QString(beginning % tokens.error()));
    return tokens;
}

std::optional<QString> AccessTokens::nameFor(std::string_view authorization) const {
    const std::string_view token = bearerToken(authorization);
    const QByteArray hash = QCryptographicHash::hash(
        QByteArrayView(token.data(), static_cast<qsizetype>(token.size())), QCryptographicHash::Sha256);
    std::optional<QString> name;
    for (const Entry &entry : m_entries) {
        if (sodium_memcmp(hash.constData(), entry.hash.constData(), static_cast<std::size_t>(hashBytes)) == 0)
            name = entry.name;
    }
    return token.empty() ? std::nullopt : name;
}

} // namespace longcode::relay
