#pragma once

#include <QString>

#include <optional>

namespace longcode::relay {

enum class Level : quint8 { Error, Warning, Info, Debug };

/// "error", "warning", "info", "debug".
[[nodiscard]] std::optional<Level> levelFromName(const QString &name);

/// What the relay tells its operator: lines on stderr with time and level. Never bodies, tokens or phone
/// numbers. Thread-safe.
class Journal {
public:
    explicit Journal(Level level) : m_level(level) {}

    void write(Level level, const QString &sentence) const;

private:
    const Level m_level;
};

/// Foreign text for a line of the journal: printable ASCII only, at most 80 characters.
[[nodiscard]] QString forJournal(const QString &foreign);

} // namespace longcode::relay
