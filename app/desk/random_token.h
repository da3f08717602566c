#pragma once

#include <QByteArray>
#include <QRandomGenerator>

#include <array>

namespace longcode::desk {

/// `Words` × 32 random bits of the system's generator, in characters that need no escape in an address.
template <std::size_t Words>
[[nodiscard]] QByteArray randomToken() {
    std::array<quint32, Words> bits;
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    const QByteArray bytes(reinterpret_cast<const char *>(bits.data()), sizeof(bits));
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace longcode::desk
