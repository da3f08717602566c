#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace longcode::protocol {

/// Writes JSON text straight into one buffer, for frames of which thousands are written in a second. The
/// caller opens, names and closes in the right order; commas are set here. No I/O, one thread.
class JsonText {
public:
    /// `expected` bytes are taken at once; more when needed.
    explicit JsonText(qsizetype expected);

    void open(char bracket);
    void close(char bracket);
    /// The name of the next value; ASCII that needs no escaping.
    void name(const char *name);

    void number(qint64 value);
    void flag(bool value);
    void text(const QString &value);
    /// UTF-8; what is not valid comes out as U+FFFD.
    void text(QByteArrayView utf8);
    /// `2026-03-05T18:30:00.120Z`; an empty text when it is not valid.
    void time(const QDateTime &value);

    void member(const char *named, qint64 value);
    void member(const char *named, const QString &value);
    void memberTime(const char *named, const QDateTime &value);

    /// The text; the writer is spent.
    [[nodiscard]] QByteArray take();

private:
    void separate();
    void put(char one);
    void put(QByteArrayView bytes);
    void putEscaped(QByteArrayView valid);
    /// Room for so many more bytes; where they go.
    [[nodiscard]] char *room(qsizetype bytes);

    QByteArray m_text;
    qsizetype m_size = 0;
    bool m_first = true; ///< no comma before the next value
};

} // namespace longcode::protocol
