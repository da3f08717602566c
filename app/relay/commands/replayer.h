#pragma once

#include "relay/settings.h"

#include <QMap>

#include <condition_variable>
#include <mutex>

namespace longcode::relay {

/// What a replay came to.
struct ReplayCounts {
    qint64 added = 0;
    qint64 known = 0;
    QMap<QString, qint64> refused; ///< by reason
    qint64 failed = 0;             ///< could not be written
};

/// Appends webhooks that come from another relay's log to this one. Each must be signed by a key of its
/// account; how old it is does not matter. Used by one thread; the log calls back on its own.
class Replayer {
public:
    /// Both must outlive the replayer.
    Replayer(EventLog &log, const QList<ReceiverAccount> &accounts);
    ~Replayer();

    /// Waits while too many are on their way to the disk.
    void take(SignedEntry entry);
    void refuse(const QString &reason);
    /// Waits for the last one.
    ReplayCounts finish();

private:
    /// Why it does not count; empty: it does.
    [[nodiscard]] QString wrongWith(const SignedEntry &entry) const;
    void count(Appended outcome);

    EventLog &m_log;
    const QList<ReceiverAccount> &m_accounts;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_onTheWay = 0;
    ReplayCounts m_counts;
};

} // namespace longcode::relay
