#pragma once

#include "relay/consoles/access_tokens.h"
#include "relay/log/event_log.h"

#include <array>

namespace longcode::relay {

/// What a token lets its holder see of the log. Tokens of the same view share encoded frames.
struct View {
    QString account; ///< of webhooks; empty: all
    bool registrations = true;
    friend bool operator==(const View &, const View &) = default;
};

[[nodiscard]] View viewOf(const TokenGrant &grant);

/// Whether a webhook reports on a brand, a campaign, a verification or a hosted number. Looks at the bytes;
/// only a body of an unusual shape is parsed.
[[nodiscard]] bool reportsOnRegistration(const QByteArray &body);

/// Takes out of entries what a view does not show. Remembers what it has found out about the last few
/// thousand entries, so that more consoles cost no more looking. One thread.
class Withholding {
public:
    /// The entries as the view shows them: those it does not are there as Withheld, with place and time only.
    [[nodiscard]] LogEntries shown(const LogEntries &entries, const View &view);
    /// Entries whose bodies were looked at.
    [[nodiscard]] quint64 looked() const { return m_looked; }

private:
    struct Verdict {
        qint64 seq = 0;
        bool registration = false;
        bool recovered = false; ///< an event of which nobody knows the account
    };

    [[nodiscard]] bool shows(const View &view, const protocol::LogEntry &entry);
    [[nodiscard]] const Verdict &verdictOn(const protocol::LogEntry &entry);

    std::array<Verdict, 8192> m_verdicts{};
    quint64 m_looked = 0;
};

} // namespace longcode::relay
