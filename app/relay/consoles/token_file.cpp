#include "relay/consoles/token_file.h"

#include "relay/consoles/token_line.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSaveFile>

#include <sodium.h>

namespace longcode::relay {

Result<TokenFile, QString> TokenFile::read(const QString &path, Missing missing) {
    TokenFile tokens;
    tokens.m_path = path;
    if (missing == Missing::Empty && !QFile::exists(path))
        return tokens;
    auto parsed = AccessTokens::readFile(path, AccessTokens::Empty::Allowed);
    if (!parsed)
        return failed(QString(parsed.error()));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(QStringLiteral("The token file %1 cannot be read: %2.").arg(path, file.errorString()));
    tokens.m_lines = file.read(largestTokenFile).split('\n');
    if (tokens.m_lines.last().isEmpty())
        tokens.m_lines.removeLast();
    tokens.m_tokens = *parsed;
    return tokens;
}

Result<void, QString> TokenFile::add(const TokenGrant &grant) {
    if (!isTokenName(grant.name))
        return failed(
            QStringLiteral("“%1” cannot be the name of a token: use 1 to 64 letters, digits and any of "
                           "“._-@”.")
                .arg(grant.name));
    if (!grant.account.isEmpty() && !isTokenName(grant.account))
        return failed(QStringLiteral("“%1” cannot be the name of an account.").arg(grant.account));
    if (m_tokens.named(grant.name))
        return failed(
            QStringLiteral("There is a token named “%1” already. Revoke it first, or choose another name.")
                .arg(grant.name));
    m_lines.append(tokenLine(grant));
    auto parsed = AccessTokens::parse(text(), AccessTokens::Empty::Allowed);
    if (!parsed)
        return failed(QString(parsed.error()));
    m_tokens = *parsed;
    return {};
}

bool TokenFile::revoke(const QString &name) {
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const auto grant = parseTokenLine(m_lines.at(i));
        if (!grant || !*grant || (*grant)->name != name)
            continue;
        m_lines.removeAt(i);
        if (auto parsed = AccessTokens::parse(text(), AccessTokens::Empty::Allowed))
            m_tokens = *parsed;
        return true;
    }
    return false;
}

Result<void, QString> TokenFile::write() const {
    QSaveFile file(m_path);
    const QByteArray bytes = m_lines.isEmpty() ? QByteArray() : text() + '\n';
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(bytes) == bytes.size() && file.commit();
    if (!written)
        return failed(
            QStringLiteral("The token file %1 cannot be written: %2.").arg(m_path, file.errorString()));
    return {};
}

QByteArray TokenFile::newToken() {
    QByteArray bytes(32, Qt::Uninitialized);
    randombytes_buf(bytes.data(), static_cast<std::size_t>(bytes.size()));
    return "lc_" + bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray TokenFile::hashOf(const QByteArray &token) {
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

} // namespace longcode::relay
