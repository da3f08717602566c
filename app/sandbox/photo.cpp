#include "sandbox/photo.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QtEndian>

#include <array>
#include <cstdlib>

namespace longcode::sandbox {

namespace {

constexpr int side = 160;

using Pixel = std::array<char, 3>;

Pixel pixelAt(int x, int y) {
    constexpr Pixel table{'\x8a', '\x6b', '\x52'};
    constexpr Pixel wall{'\xe9', '\xe4', '\xda'};
    constexpr Pixel cup{'\x3f', '\x6f', '\xa8'};
    const bool crack = std::abs((x - 80) - ((y / 9) % 2 == 0 ? 4 : -4)) < 2;
    const bool body = x > 45 && x < 110 && y > 55 && y < 125 && !crack;
    const int hx = x - 112;
    const int hy = y - 85;
    const int ring = hx * hx + hy * hy;
    const bool handle = x >= 110 && ring < 500 && ring > 220;
    if (body || handle)
        return cup;
    return y > 118 ? table : wall;
}

quint32 crcOf(const QByteArray &bytes) {
    quint32 crc = 0xffffffffU;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) ? (crc >> 1U) ^ 0xedb88320U : crc >> 1U;
    }
    return ~crc;
}

QByteArray bigEndian(quint32 number) {
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray chunk(const char *type, const QByteArray &data) {
    const QByteArray covered = type + data;
    return bigEndian(static_cast<quint32>(data.size())) + covered + bigEndian(crcOf(covered));
}

std::string draw() {
    QByteArray rows;
    for (int y = 0; y < side; ++y) {
        rows += '\0'; // filter: none
        for (int x = 0; x < side; ++x) {
            const Pixel pixel = pixelAt(x, y);
            rows.append(pixel.data(), 3);
        }
    }
    const QByteArray header = bigEndian(side) + bigEndian(side) + QByteArray("\x08\x02\x00\x00\x00", 5);
    constexpr qsizetype lengthPrefix = 4; // qCompress puts the size before the zlib stream
    const QByteArray png = QByteArray("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", header) +
                           chunk("IDAT", qCompress(rows, 9).mid(lengthPrefix)) + chunk("IEND", {});
    return png.toStdString();
}

} // namespace

const std::string &photoPng() {
    static const std::string png = draw();
    return png;
}

MediaFile photoFile(const std::string &mediaBase) {
    const QByteArray bytes = QByteArray::fromStdString(photoPng());
    return {mediaBase + photoName, "image/png",
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString(),
            static_cast<long long>(bytes.size())};
}

} // namespace longcode::sandbox
