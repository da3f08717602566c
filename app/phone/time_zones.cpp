#include "phone/time_zones.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace longcode::data {
extern const std::string_view timeZones;
} // namespace longcode::data

namespace longcode::phone {

namespace {

constexpr std::string_view nowhere = "-";

/// A prefix and the line it stands in; both lie in the embedded text.
struct ZoneEntry {
    std::string_view prefix;
    std::string_view zones; ///< separated by commas
};

struct ZoneTable {
    std::vector<ZoneEntry> entries; ///< sorted by prefix
    std::size_t longest = 0;        ///< digits of the longest prefix
};

std::string_view takeUntil(std::string_view &text, char end) {
    const std::string_view taken = text.substr(0, text.find(end));
    text.remove_prefix(std::min(text.size(), taken.size() + 1));
    return taken;
}

/// Read at the first question, then kept: some 3,000 views of 16 bytes twice.
const ZoneTable &zoneTable() {
    static const ZoneTable table = [] {
        ZoneTable read;
        std::string_view text = data::timeZones;
        while (!text.empty()) {
            std::string_view prefixes = takeUntil(text, '\n');
            if (prefixes.starts_with('#'))
                continue;
            const std::string_view zones = takeUntil(prefixes, '\t');
            while (!prefixes.empty()) {
                read.entries.push_back({takeUntil(prefixes, ' '), zones});
                read.longest = std::max(read.longest, read.entries.back().prefix.size());
            }
        }
        std::sort(read.entries.begin(), read.entries.end(),
                  [](const ZoneEntry &a, const ZoneEntry &b) { return a.prefix < b.prefix; });
        return read;
    }();
    return table;
}

/// The zones of the longest prefix of `digits` in the table.
std::string_view zonesOf(std::string_view digits) {
    const ZoneTable &table = zoneTable();
    for (std::size_t length = std::min(digits.size(), table.longest); length > 0; --length) {
        const std::string_view prefix = digits.substr(0, length);
        const auto found =
            std::lower_bound(table.entries.begin(), table.entries.end(), prefix,
                             [](const ZoneEntry &entry, std::string_view key) { return entry.prefix < key; });
        if (found != table.entries.end() && found->prefix == prefix)
            return found->zones;
    }
    return nowhere;
}

} // namespace

QList<QByteArray> possibleZones(const Address &number) {
    if (number.kind() != AddressKind::LongCode || number.isEmpty())
        return {};
    const QByteArray digits = number.wire().mid(1).toLatin1();
    std::string_view listed = zonesOf({digits.constData(), static_cast<std::size_t>(digits.size())});
    QList<QByteArray> zones;
    while (!listed.empty() && listed != nowhere) {
        const std::string_view zone = takeUntil(listed, ',');
        zones.append(QByteArray(zone.data(), static_cast<qsizetype>(zone.size())));
    }
    return zones;
}

} // namespace longcode::phone
