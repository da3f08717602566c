#include "contacts/byte_source.h"

#include "contacts/say.h"

#include <QIODevice>

#include <algorithm>
#include <array>
#include <optional>

namespace longcode::contacts {

namespace {

/// Windows-1252, 0x80 to 0x9F; bytes without a meaning there stay control characters, as browsers do it.
constexpr std::array<char16_t, 32> windowsUpper{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

QString fromWindows(QByteArrayView bytes) {
    QString text(bytes.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        text[i] = QChar(byte >= 0x80 && byte < 0xA0 ? windowsUpper[byte - 0x80] : char16_t(byte));
    }
    return text;
}

/// How many zeros stand at even and at odd places.
std::array<int, 2> zerosOf(QByteArrayView bytes) {
    std::array<int, 2> zeros{};
    for (qsizetype i = 0; i < bytes.size(); ++i)
        if (bytes[i] == '\0')
            ++zeros[static_cast<std::size_t>(i % 2)];
    return zeros;
}

} // namespace

ByteSource::ByteSource(QIODevice &device, qint64 mostBytes)
    : m_device(device), m_mostBytes(mostBytes), m_bytesLeft(mostBytes), m_errorBefore(device.errorString()) {}

ByteSource::~ByteSource() = default;

void ByteSource::detect(QByteArray &first) {
    m_isDetected = true;
    if (first.startsWith("\xEF\xBB\xBF")) {
        m_isSurelyUnicode = true;
        first.remove(0, 3);
        return;
    }
    std::optional<QStringConverter::Encoding> encoding;
    if (first.startsWith("\xFF\xFE"))
        encoding = QStringConverter::Utf16LE;
    else if (first.startsWith("\xFE\xFF"))
        encoding = QStringConverter::Utf16BE;
    if (encoding) {
        first.remove(0, 2);
    } else {
        const auto zeros = zerosOf(QByteArrayView(first).first(std::min<qsizetype>(first.size(), 1024)));
        const auto many = static_cast<int>(std::min<qsizetype>(first.size(), 1024) / 4);
        if (zeros[1] > many && zeros[0] == 0)
            encoding = QStringConverter::Utf16LE;
        else if (zeros[0] > many && zeros[1] == 0)
            encoding = QStringConverter::Utf16BE;
    }
    if (!encoding)
        return;
    m_isSurelyUnicode = true;
    m_decoder = std::make_unique<QStringDecoder>(*encoding);
}

bool ByteSource::appendTo(QByteArray &buffer, qsizetype wanted) {
    while (m_end == SourceEnd::NotYet) {
        QByteArray piece(std::max<qsizetype>(wanted, 4096), Qt::Uninitialized);
        const qint64 got = m_device.read(piece.data(), piece.size());
        if (got <= 0) {
            // Some devices answer -1 at their end, too; only a failure comes with new words.
            const bool hasFailed = got < 0 && m_device.errorString() != m_errorBefore;
            m_end = hasFailed ? SourceEnd::DeviceFailed : SourceEnd::AtEnd;
            break;
        }
        piece.truncate(got);
        m_bytesLeft -= got;
        if (m_bytesLeft < 0) {
            m_end = SourceEnd::TooManyBytes;
            break;
        }
        if (!m_isDetected)
            detect(piece);
        if (m_decoder)
            piece = QString(m_decoder->decode(piece)).toUtf8();
        if (piece.isEmpty())
            continue;
        buffer += piece;
        return true;
    }
    return false;
}

QString ByteSource::whyCutShort() const {
    switch (m_end) {
    case SourceEnd::TooManyBytes:
        return Say::tr("The file is larger than %1 MB; the rest was not read. Split the file.")
            .arg(m_mostBytes >> 20);
    case SourceEnd::DeviceFailed:
        return Say::tr("The file could not be read to its end: %1.").arg(deviceError());
    case SourceEnd::NotYet:
    case SourceEnd::AtEnd:
        break;
    }
    return {};
}

QString ByteSource::deviceError() const {
    return m_device.errorString();
}

QString ByteSource::text(QByteArrayView bytes) {
    if (m_isSurelyUnicode || bytes.isValidUtf8())
        return QString::fromUtf8(bytes);
    m_hasSeenWindows = true;
    return fromWindows(bytes);
}

QString ByteSource::encoding() const {
    if (m_decoder)
        return QStringLiteral("UTF-16");
    return m_hasSeenWindows ? QStringLiteral("Windows-1252") : QStringLiteral("UTF-8");
}

} // namespace longcode::contacts
