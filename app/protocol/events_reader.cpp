#include "protocol/events_reader.h"

#include "protocol/byte_scan.h"
#include "protocol/frame_reader.h"
#include "protocol/names.h"

#include <QUtf8StringView>

#include <charconv>
#include <chrono>

namespace longcode::protocol {

namespace {

constexpr char beginning[] = R"({"frame":"events","events":[)";

/// What a backslash and `c` stand for; 0: not one that encode() writes, or \u.
char shortEscape(char c) {
    switch (c) {
    case '"':
    case '\\':
        return c;
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return 0;
    }
}

/// Reads forward over text of the one expected form. After the first surprise everything says no.
class EventsScan {
public:
    explicit EventsScan(QByteArrayView text) : m_at(text.data()), m_end(text.data() + text.size()) {}

    [[nodiscard]] bool atEnd() const { return m_at == m_end; }

    bool take(std::string_view expected) {
        if (std::size_t(m_end - m_at) < expected.size() ||
            std::memcmp(m_at, expected.data(), expected.size()) != 0)
            return false;
        m_at += expected.size();
        return true;
    }

    bool takeSeq(qint64 &seq) {
        // No leading zero, no sign: what the general parser would not take either.
        if (m_at == m_end || *m_at < '1' || *m_at > '9')
            return false;
        const auto [end, error] = std::from_chars(m_at, m_end, seq);
        m_at = end;
        return error == std::errc() && seq <= maximumSeq;
    }

    bool takeTime(QDateTime &time);
    bool takeKind(EntryKind &kind);
    bool takeText(QString &text, qsizetype maximumLength);
    bool takeBody(QByteArray &body);
    /// `name` and its text, or nothing.
    bool takeOptional(std::string_view name, QByteArray &bytes, qsizetype maximumBytes);

private:
    bool takeDigits(int width, unsigned &value);
    bool takeString();
    bool takeEscape(char *&out);

    const char *m_at;
    const char *m_end;
    QByteArray m_scratch; ///< the text of the last string
    qsizetype m_length = 0;
};

bool EventsScan::takeDigits(int width, unsigned &value) {
    if (m_end - m_at < width)
        return false;
    value = 0;
    for (int i = 0; i < width; ++i) {
        const char c = *m_at++;
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return true;
}

bool EventsScan::takeTime(QDateTime &time) {
    using namespace std::chrono;
    unsigned year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0;
    if (!takeDigits(4, year) || !take("-") || !takeDigits(2, month) || !take("-") || !takeDigits(2, day) ||
        !take("T") || !takeDigits(2, hour) || !take(":") || !takeDigits(2, minute) || !take(":") ||
        !takeDigits(2, second) || !take(".") || !takeDigits(3, milli) || !take("Z"))
        return false;
    const year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                              std::chrono::day(day)};
    // QDate knows no year 0.
    if (year == 0 || !date.ok() || hour > 23 || minute > 59 || second > 59)
        return false;
    const qint64 days = sys_days(date).time_since_epoch().count();
    const qint64 ms = ((days * 24 + hour) * 60 + minute) * 60'000 + second * 1000 + milli;
    time = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
    return true;
}

bool EventsScan::takeKind(EntryKind &kind) {
    for (const EntryKind known : entryKinds) {
        if (take(kindName(known))) {
            kind = known;
            return true;
        }
    }
    return false;
}

/// Behind the opening quotation mark; leaves the scan behind the closing one.
bool EventsScan::takeString() {
    // A string is never longer than what is left, written out; eight bytes more, as they come in eights.
    if (m_scratch.isEmpty())
        m_scratch.resize(m_end - m_at + 8);
    char *out = m_scratch.data();
    for (;;) {
        if (m_end - m_at >= 8) {
            const int plain = EightBytes::load(m_at).plain();
            std::memcpy(out, m_at, 8);
            out += plain;
            m_at += plain;
            if (plain == 8)
                continue;
        }
        if (m_at == m_end)
            return false;
        const char c = *m_at++;
        if (isPlain(c)) {
            *out++ = c;
        } else if (c == '"') {
            m_length = out - m_scratch.data();
            return true;
        } else if (c != '\\' || !takeEscape(out)) {
            return false;
        }
    }
}

bool EventsScan::takeEscape(char *&out) {
    if (m_at == m_end)
        return false;
    const char c = *m_at++;
    if (const char meant = shortEscape(c)) {
        *out++ = meant;
        return true;
    }
    unsigned value = 0;
    if (c != 'u' || !take("00") || m_end - m_at < 2)
        return false;
    const auto [end, error] = std::from_chars(m_at, m_at + 2, value, 16);
    if (error != std::errc() || end != m_at + 2 || value > 0x7f)
        return false;
    m_at = end;
    *out++ = static_cast<char>(value);
    return true;
}

bool EventsScan::takeText(QString &text, qsizetype maximumLength) {
    if (!takeString())
        return false;
    if (m_length > 0)
        text = QString::fromUtf8(m_scratch.constData(), m_length);
    return text.size() <= maximumLength;
}

bool EventsScan::takeBody(QByteArray &body) {
    if (!takeString())
        return false;
    if (m_length > 0)
        body = QByteArray(m_scratch.constData(), m_length);
    return true;
}

bool EventsScan::takeOptional(std::string_view name, QByteArray &bytes, qsizetype maximumBytes) {
    return !take(name) || (takeBody(bytes) && bytes.size() <= maximumBytes);
}

bool takeEntry(EventsScan &scan, LogEntry &entry) {
    return scan.take("{\"seq\":") && scan.takeSeq(entry.seq) && scan.take(",\"received_at\":\"") &&
           scan.takeTime(entry.receivedAt) && scan.take("\",\"kind\":\"") && scan.takeKind(entry.kind) &&
           scan.take("\",\"intent\":\"") && scan.takeText(entry.intent, maximumIntentLength) &&
           scan.take(",\"author\":\"") && scan.takeText(entry.author, maximumNameLength) &&
           scan.take(",\"account\":\"") && scan.takeText(entry.account, maximumNameLength) &&
           scan.take(",\"body\":\"") && scan.takeBody(entry.body) &&
           scan.takeOptional(",\"signature\":\"", entry.signature, maximumSignatureLength) &&
           scan.takeOptional(",\"timestamp\":\"", entry.timestamp, maximumTimestampLength) &&
           scan.take("}") && (entry.kind != EntryKind::Withheld || entry.body.isEmpty());
}

} // namespace

std::optional<Events> readCanonicalEvents(QByteArrayView text) {
    if (text.size() > maximumFrameBytes || !text.startsWith(beginning) ||
        !QUtf8StringView(text.data(), text.size()).isValidUtf8())
        return std::nullopt;
    EventsScan scan(text);
    Events all;
    if (!scan.take(beginning))
        return std::nullopt;
    if (scan.take("]}"))
        return scan.atEnd() ? std::optional(all) : std::nullopt;
    do {
        LogEntry entry;
        if (!takeEntry(scan, entry) || all.events.size() >= entriesPerFrame ||
            (!all.events.isEmpty() && entry.seq != all.events.last().seq + 1))
            return std::nullopt;
        all.events.append(std::move(entry));
    } while (scan.take(","));
    return scan.take("]}") && scan.atEnd() ? std::optional(std::move(all)) : std::nullopt;
}

} // namespace longcode::protocol
