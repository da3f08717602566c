#include "events/events.h"

#include <sodium.h>

#include <algorithm>

namespace longcode::events {

namespace {

using Signature = std::array<unsigned char, crypto_sign_BYTES>;

/// How an Ed25519 key begins in an X.509 SubjectPublicKeyInfo (RFC 8410).
constexpr std::array<unsigned char, 12> spkiPrefix{0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                                   0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
constexpr qsizetype maximumTimestampDigits = 12;

std::optional<QByteArray> decodeBase64(const QByteArray &text) {
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    return *decoded;
}

const unsigned char *bytesOf(QByteArrayView view) {
    return reinterpret_cast<const unsigned char *>(view.data());
}

/// A signature that is well formed and wrong: the base point and a zero. libsodium leaves early on points of
/// small order, and so would on zeroes.
Signature wrongSignature() {
    Signature signature{};
    std::fill_n(signature.begin(), 32, static_cast<unsigned char>(0x66));
    signature.front() = 0x58;
    return signature;
}

/// Text that is no signature costs as much work as a wrong one: wrongSignature() is checked in its place.
Signature signatureFrom(const QByteArray &text, bool &wellFormed) {
    Signature signature = wrongSignature();
    const auto decoded = decodeBase64(text);
    wellFormed = decoded && decoded->size() == qsizetype(signature.size());
    if (wellFormed)
        std::copy_n(bytesOf(*decoded), signature.size(), signature.begin());
    return signature;
}

std::optional<qint64> secondsFrom(const QByteArray &timestamp) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (timestamp.size() > maximumTimestampDigits ||
        !std::all_of(timestamp.begin(), timestamp.end(), isDigit))
        return std::nullopt;
    return timestamp.toLongLong();
}

QByteArray signedBytes(const QByteArray &timestamp, QByteArrayView rawBody) {
    QByteArray message;
    message.reserve(timestamp.size() + 1 + rawBody.size());
    message += timestamp;
    message += '|';
    message.append(rawBody.data(), rawBody.size());
    return message;
}

} // namespace

std::optional<PublicKey> PublicKey::fromBase64(const QByteArray &text) {
    auto decoded = decodeBase64(text.trimmed());
    if (!decoded)
        return std::nullopt;
    constexpr qsizetype prefixSize = spkiPrefix.size();
    if (decoded->size() == prefixSize + 32 &&
        std::equal(spkiPrefix.begin(), spkiPrefix.end(), bytesOf(*decoded)))
        decoded->remove(0, prefixSize);
    PublicKey key;
    if (decoded->size() != qsizetype(key.m_bytes.size()) || sodium_init() < 0)
        return std::nullopt;
    std::copy_n(bytesOf(*decoded), key.m_bytes.size(), key.m_bytes.begin());
    // With a key of small order anyone can make a signature that fits; such points are no valid key.
    if (crypto_core_ed25519_is_valid_point(key.m_bytes.data()) != 1)
        return std::nullopt;
    return key;
}

SignatureVerdict verifySignature(const PublicKey &key, const QByteArray &signature,
                                 const QByteArray &timestamp, QByteArrayView rawBody, const QDateTime &now,
                                 std::chrono::seconds tolerance) {
    if (signature.isEmpty() || timestamp.isEmpty())
        return SignatureVerdict::MissingHeader;
    const auto seconds = secondsFrom(timestamp);
    if (!seconds)
        return SignatureVerdict::BadTimestamp;
    bool wellFormed = false;
    const Signature bytes = signatureFrom(signature, wellFormed);
    const QByteArray message = signedBytes(timestamp, rawBody);
    const int verified = crypto_sign_verify_detached(
        bytes.data(), bytesOf(message), static_cast<unsigned long long>(message.size()), key.bytes().data());
    if (verified != 0 || !wellFormed)
        return SignatureVerdict::BadSignature;
    const qint64 age = now.toSecsSinceEpoch() - *seconds;
    return age > tolerance.count() || -age > tolerance.count() ? SignatureVerdict::OutsideTolerance
                                                               : SignatureVerdict::Good;
}

} // namespace longcode::events
