#pragma once

#include "httpd/addresses.h"

namespace longcode::httpd {

/// Remembers which clients have failed often. Takes the same memory whatever happens: when many fail at once,
/// those who failed least are forgotten. Time is handed in. On the server's thread.
class FailureTable {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit FailureTable(const Limits &limits);

    void countFailure(const ClientKey &client, Time now);
    void forgive(const ClientKey &client);
    /// How long the client has to wait, in seconds, at least 1; nothing: it may ask.
    [[nodiscard]] std::optional<std::chrono::seconds> pauseOf(const ClientKey &client, Time now) const;

private:
    static constexpr std::size_t sets = 1024, ways = 4;

    struct Entry {
        ClientKey client;
        int failures = 0; ///< 0: a free place
        Time since{};     ///< the window's begin
        Time pausedUntil{};
    };

    [[nodiscard]] Entry *find(const ClientKey &client);
    [[nodiscard]] Entry &place(const ClientKey &client, Time now);

    const int m_allowed;
    const std::chrono::milliseconds m_window, m_pause;
    std::vector<Entry> m_entries;
};

} // namespace longcode::httpd
