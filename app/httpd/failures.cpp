#include "httpd/failures.h"

#include <algorithm>
#include <span>

namespace longcode::httpd {

FailureTable::FailureTable(const Limits &limits)
    : m_allowed(limits.failures)
    , m_window(limits.failureWindow)
    , m_pause(limits.failurePause)
    , m_entries(limits.failures > 0 ? sets * ways : 0) {}

FailureTable::Entry *FailureTable::find(const ClientKey &client) {
    if (m_entries.empty())
        return nullptr;
    const std::span set(&m_entries[ClientKeyHash()(client) % sets * ways], ways);
    const auto found = std::ranges::find_if(
        set, [&](const Entry &entry) { return entry.failures > 0 && entry.client == client; });
    return found == set.end() ? nullptr : &*found;
}

/// A place for a client who has none: a free one, an outdated one, or that of whoever failed least.
FailureTable::Entry &FailureTable::place(const ClientKey &client, Time now) {
    const std::span set(&m_entries[ClientKeyHash()(client) % sets * ways], ways);
    const auto weight = [&](const Entry &entry) {
        const bool outdated = entry.pausedUntil <= now && entry.since + m_window <= now;
        return outdated ? 0 : entry.failures;
    };
    return *std::ranges::min_element(set, {}, weight);
}

void FailureTable::countFailure(const ClientKey &client, Time now) {
    if (m_entries.empty())
        return;
    Entry *entry = find(client);
    if (!entry) {
        entry = &place(client, now);
        *entry = {client, 0, now, {}};
    }
    if (entry->since + m_window <= now) {
        entry->failures = 0;
        entry->since = now;
    }
    if (++entry->failures >= m_allowed)
        entry->pausedUntil = now + m_pause;
}

void FailureTable::forgive(const ClientKey &client) {
    if (Entry *entry = find(client))
        *entry = {};
}

std::optional<std::chrono::seconds> FailureTable::pauseOf(const ClientKey &client, Time now) const {
    const Entry *entry = const_cast<FailureTable *>(this)->find(client);
    if (!entry || entry->pausedUntil <= now)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(entry->pausedUntil - now);
}

} // namespace longcode::httpd
