#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <string>
#include <string_view>

namespace longcode::sandbox {

/// The Ed25519 key that the sandbox signs webhooks with.
class SigningKey {
public:
    /// A new key, held in memory only.
    [[nodiscard]] static SigningKey random();
    /// Reads the base64 of a 32-byte seed; a file that is not there is created with a new key, readable by
    /// its owner only. The error is a sentence.
    [[nodiscard]] static Result<SigningKey, QString> fromFile(const QString &path);

    [[nodiscard]] QByteArray publicKeyBase64() const;
    /// base64 of the signature over `timestamp|body`.
    [[nodiscard]] QByteArray sign(const QByteArray &timestamp, const QByteArray &body) const;

private:
    explicit SigningKey(const std::array<unsigned char, 32> &seed);

    std::array<unsigned char, 32> m_public{};
    std::array<unsigned char, 64> m_secret{};
};

} // namespace longcode::sandbox
