#pragma once

#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace longcode::relay {

enum class Level : quint8 { Error, Warning, Info, Debug };

/// "error", "warning", "info", "debug".
[[nodiscard]] std::optional<Level> levelFromName(const QString &name);

/// A figure or a word beside the sentence, by which lines can be searched. Figures are written as they are,
/// texts are redacted.
struct JournalField {
    const char *name;
    std::variant<qint64, double, QString> value;
};

/// What the relay tells its operator: lines on stderr with time and level, as text or as one JSON object each
/// ("time", "level", "message" and the fields). Never bodies, tokens, keys or phone numbers: every line goes
/// through redacted(). Thread-safe.
class Journal {
public:
    enum class Format : quint8 { Text, Json };

    explicit Journal(Level level, Format format = Format::Text) : m_level(level), m_format(format) {}

    void write(Level level, const QString &sentence, const QList<JournalField> &fields = {}) const;

private:
    const Level m_level;
    const Format m_format;
};

/// The line without its end, as Journal writes it.
[[nodiscard]] QString journalLine(Journal::Format format, const QString &time, Level level,
                                  const QString &sentence, const QList<JournalField> &fields);

/// The text with what must not stand in a journal made unreadable: of seven and more digits in a row, and of
/// numbers that begin with +, the last two stay; access tokens (`lc_…`), API keys (`KEY…`), base64 of keys
/// and signatures, and SHA-256 hashes become `…`.
[[nodiscard]] QString redacted(const QString &text);

/// Foreign text for a line of the journal: printable ASCII only, at most 80 characters.
[[nodiscard]] QString forJournal(const QString &foreign);

} // namespace longcode::relay
