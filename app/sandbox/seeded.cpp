#include "sandbox/seeded.h"

#include <QCryptographicHash>
#include <QUuid>
#include <QtEndian>

namespace longcode::sandbox {

namespace {

QByteArray digest(std::uint64_t seed, std::string_view label) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(static_cast<qulonglong>(seed)));
    hash.addData("/");
    hash.addData(QByteArrayView(label.data(), static_cast<qsizetype>(label.size())));
    return hash.result();
}

} // namespace

Seeded::Seeded(std::uint64_t seed) : m_seed(seed) {}

std::string Seeded::uuid(std::string_view label) const {
    QByteArray bytes = digest(m_seed, label).left(16);
    bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
    return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces).toStdString();
}

int Seeded::between(std::string_view label, int low, int high) const {
    const auto number = qFromBigEndian<quint32>(digest(m_seed, label).constData());
    return low + static_cast<int>(number % static_cast<quint32>(high - low + 1));
}

std::string Seeded::hex(std::string_view label) const {
    return digest(m_seed, label).toHex().toStdString();
}

} // namespace longcode::sandbox
