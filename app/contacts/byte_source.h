#pragma once

#include <QByteArray>
#include <QString>
#include <QStringDecoder>

#include <memory>

class QIODevice;

namespace longcode::contacts {

enum class SourceEnd : quint8 { NotYet, AtEnd, TooManyBytes, DeviceFailed };

/// Gives the bytes of a text file piece by piece, UTF-16 as UTF-8. A byte order mark decides; without one,
/// zeros at every other place are UTF-16, and bytes that are no UTF-8 are Windows-1252 (see text()).
/// The device outlives it and is read from where it stands.
class ByteSource {
public:
    ByteSource(QIODevice &device, qint64 mostBytes);
    ~ByteSource();

    /// Appends at least a byte and about `wanted` bytes to `buffer`, or returns false at the end.
    bool appendTo(QByteArray &buffer, qsizetype wanted);
    [[nodiscard]] SourceEnd end() const { return m_end; }
    /// A sentence for a person when the end is not the file's own; else empty.
    [[nodiscard]] QString whyCutShort() const;

    /// The text of a piece of the file that holds whole characters.
    [[nodiscard]] QString text(QByteArrayView bytes);
    /// "UTF-8", "UTF-16" or "Windows-1252", as far as read by now.
    [[nodiscard]] QString encoding() const;

private:
    void detect(QByteArray &first);
    [[nodiscard]] QString deviceError() const;

    QIODevice &m_device;
    const qint64 m_mostBytes;
    qint64 m_bytesLeft;
    QString m_errorBefore;
    SourceEnd m_end = SourceEnd::NotYet;
    bool m_isDetected = false;
    bool m_isSurelyUnicode = false;
    bool m_hasSeenWindows = false;
    std::unique_ptr<QStringDecoder> m_decoder; ///< for UTF-16 only
};

} // namespace longcode::contacts
