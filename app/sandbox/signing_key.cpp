#include "sandbox/signing_key.h"

#include <QFile>

#include <algorithm>
#include <cstring>

#include <sodium.h>

namespace longcode::sandbox {

namespace {

using Seed = std::array<unsigned char, crypto_sign_SEEDBYTES>;

void startSodium() {
    if (sodium_init() < 0)
        qFatal("libsodium cannot be started");
}

Seed newSeed() {
    Seed seed{};
    randombytes_buf(seed.data(), seed.size());
    return seed;
}

QByteArray bytes(const unsigned char *data, std::size_t size) {
    QByteArray copy(static_cast<qsizetype>(size), Qt::Uninitialized);
    std::memcpy(copy.data(), data, size);
    return copy;
}

Result<Seed, QString> createFile(const QString &path) {
    const Seed seed = newSeed();
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return failed(
            QStringLiteral("cannot create the signing key file %1: %2.").arg(path, file.errorString()));
    file.write(bytes(seed.data(), seed.size()).toBase64() + '\n');
    if (!file.flush())
        return failed(
            QStringLiteral("cannot write the signing key file %1: %2.").arg(path, file.errorString()));
    return seed;
}

Result<Seed, QString> readFile(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(
            QStringLiteral("cannot read the signing key file %1: %2.").arg(path, file.errorString()));
    constexpr qint64 enough = 4096;
    const auto decoded =
        QByteArray::fromBase64Encoding(file.read(enough).trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    Seed seed{};
    if (!decoded || decoded.decoded.size() != static_cast<qsizetype>(seed.size()))
        return failed(
            QStringLiteral("the signing key file %1 does not hold the base64 of 32 bytes.").arg(path));
    std::memcpy(seed.data(), decoded.decoded.constData(), seed.size());
    return seed;
}

} // namespace

SigningKey::SigningKey(const std::array<unsigned char, 32> &seed) {
    crypto_sign_seed_keypair(m_public.data(), m_secret.data(), seed.data());
}

SigningKey SigningKey::random() {
    startSodium();
    return SigningKey(newSeed());
}

Result<SigningKey, QString> SigningKey::fromFile(const QString &path) {
    startSodium();
    const auto seed = QFile::exists(path) ? readFile(path) : createFile(path);
    if (!seed)
        return failed(seed.error());
    return SigningKey(*seed);
}

QByteArray SigningKey::publicKeyBase64() const {
    return bytes(m_public.data(), m_public.size()).toBase64();
}

QByteArray SigningKey::sign(const QByteArray &timestamp, const QByteArray &body) const {
    const QByteArray signedBytes = timestamp + '|' + body;
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr,
                         reinterpret_cast<const unsigned char *>(signedBytes.constData()),
                         static_cast<unsigned long long>(signedBytes.size()), m_secret.data());
    return bytes(signature.data(), signature.size()).toBase64();
}

} // namespace longcode::sandbox
