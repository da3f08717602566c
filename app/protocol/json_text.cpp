#include "protocol/json_text.h"

#include "base/utc.h"
#include "protocol/byte_scan.h"

#include <QUtf8StringView>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace longcode::protocol {

namespace {

/// Of input, between two looks at the room that is left.
constexpr qsizetype stretch = 4096;
/// A control character becomes \u00XX.
constexpr qsizetype mostEscaped = 6;

char *writeEscape(char *out, char c) {
    static constexpr char digits[] = "0123456789abcdef";
    *out++ = '\\';
    switch (c) {
    case '"':
    case '\\':
        *out++ = c;
        return out;
    case '\n':
        *out++ = 'n';
        return out;
    case '\r':
        *out++ = 'r';
        return out;
    case '\t':
        *out++ = 't';
        return out;
    default:
        std::memcpy(out, "u00", 3);
        out[3] = digits[static_cast<unsigned char>(c) >> 4U];
        out[4] = digits[static_cast<unsigned char>(c) & 15U];
        return out + 5;
    }
}

/// `out` has room for mostEscaped times what is read, and eight bytes more.
char *escapeInto(char *out, const char *in, const char *end) {
    while (end - in >= 8) {
        const int plain = EightBytes::load(in).plain();
        std::memcpy(out, in, 8);
        out += plain;
        in += plain;
        if (plain < 8)
            out = writeEscape(out, *in++);
    }
    for (; in != end; ++in) {
        if (isPlain(*in))
            *out++ = *in;
        else
            out = writeEscape(out, *in);
    }
    return out;
}

/// `width` decimal digits.
void writeDigits(char *out, unsigned value, int width) {
    for (int i = width - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

} // namespace

JsonText::JsonText(qsizetype expected) {
    m_text.resize(std::max<qsizetype>(expected, 256));
}

char *JsonText::room(qsizetype bytes) {
    if (m_text.size() - m_size < bytes)
        m_text.resize(std::max(2 * m_text.size(), m_size + bytes));
    return m_text.data() + m_size;
}

void JsonText::put(char one) {
    *room(1) = one;
    ++m_size;
}

void JsonText::put(QByteArrayView bytes) {
    std::memcpy(room(bytes.size()), bytes.data(), static_cast<std::size_t>(bytes.size()));
    m_size += bytes.size();
}

void JsonText::separate() {
    if (!m_first)
        put(',');
    m_first = false;
}

void JsonText::open(char bracket) {
    separate();
    put(bracket);
    m_first = true;
}

void JsonText::close(char bracket) {
    put(bracket);
    m_first = false;
}

void JsonText::name(const char *name) {
    separate();
    put('"');
    put(QByteArrayView(name));
    put(QByteArrayView("\":", 2));
    m_first = true;
}

void JsonText::number(qint64 value) {
    separate();
    char *at = room(24);
    m_size += std::to_chars(at, at + 24, value).ptr - at;
}

void JsonText::flag(bool value) {
    separate();
    put(value ? QByteArrayView("true", 4) : QByteArrayView("false", 5));
}

void JsonText::text(const QString &value) {
    text(QByteArrayView(value.toUtf8()));
}

void JsonText::text(QByteArrayView utf8) {
    separate();
    put('"');
    if (QUtf8StringView(utf8.data(), utf8.size()).isValidUtf8())
        putEscaped(utf8);
    else
        putEscaped(QString::fromUtf8(utf8).toUtf8());
    put('"');
}

void JsonText::putEscaped(QByteArrayView valid) {
    for (qsizetype at = 0; at < valid.size(); at += stretch) {
        const qsizetype length = std::min(stretch, valid.size() - at);
        char *out = room(mostEscaped * length + 8);
        const char *in = valid.data() + at;
        m_size += escapeInto(out, in, in + length) - out;
    }
}

void JsonText::time(const QDateTime &value) {
    using namespace std::chrono;
    if (!value.isValid())
        return text(QByteArrayView());
    const sys_time<milliseconds> point{milliseconds(value.toMSecsSinceEpoch())};
    const sys_days day = floor<days>(point);
    const year_month_day date(day);
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999)
        return text(formatUtc(value));
    const auto inDay = static_cast<unsigned>((point - day).count());
    separate();
    char *at = room(26);
    std::memcpy(at, "\"0000-00-00T00:00:00.000Z\"", 26);
    writeDigits(at + 1, static_cast<unsigned>(year), 4);
    writeDigits(at + 6, static_cast<unsigned>(date.month()), 2);
    writeDigits(at + 9, static_cast<unsigned>(date.day()), 2);
    writeDigits(at + 12, inDay / 3'600'000, 2);
    writeDigits(at + 15, inDay / 60'000 % 60, 2);
    writeDigits(at + 18, inDay / 1000 % 60, 2);
    writeDigits(at + 21, inDay % 1000, 3);
    m_size += 26;
}

void JsonText::member(const char *named, qint64 value) {
    name(named);
    number(value);
}

void JsonText::member(const char *named, const QString &value) {
    name(named);
    text(value);
}

void JsonText::memberTime(const char *named, const QDateTime &value) {
    name(named);
    time(value);
}

QByteArray JsonText::take() {
    m_text.resize(m_size);
    return std::move(m_text);
}

} // namespace longcode::protocol
