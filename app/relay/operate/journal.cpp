#include "relay/operate/journal.h"

#include "base/utc.h"

#include <array>
#include <cstdio>

namespace longcode::relay {

namespace {
constexpr std::array names{"error", "warning", "info", "debug"};
constexpr qsizetype longestForeign = 80;
} // namespace

std::optional<Level> levelFromName(const QString &name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1String(names[i]))
            return static_cast<Level>(i);
    }
    return std::nullopt;
}

void Journal::write(Level level, const QString &sentence) const {
    if (level > m_level)
        return;
    const QString line = formatUtc(QDateTime::currentDateTimeUtc()) % QLatin1Char(' ') %
                         QLatin1String(names[static_cast<std::size_t>(level)]) % QLatin1Char(' ') % sentence %
                         QLatin1Char('\n');
    // One call, so that lines of several threads do not mix.
    std::fputs(line.toUtf8().constData(), stderr);
}

QString forJournal(const QString &foreign) {
    QString out = foreign.left(longestForeign);
    for (QChar &c : out) {
        if (c < QLatin1Char(' ') || c > QLatin1Char('~'))
            c = QLatin1Char('?');
    }
    return out;
}

} // namespace longcode::relay
