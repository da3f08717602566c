#pragma once

#include "desk/relay_health.h"
#include "desk/relay_link.h"

namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store

namespace longcode::desk {

/// What this console missed of its relay's log, kept in the store until a person says that it is settled.
/// Lives on the UI thread.
class LogGaps {
public:
    /// Both outlive it.
    LogGaps(store::Store &store, store::Reader &reader);

    [[nodiscard]] const QList<LogGap> &all() const { return m_gaps; }
    /// Compares what the relay has with what is here. True: something is missing that was not known.
    bool look(const LogPosition &here, const protocol::Welcome &relay, const QDateTime &now);
    void forget();

private:
    void write();

    store::Store &m_store;
    store::Reader &m_reader;
    QList<LogGap> m_gaps;
};

} // namespace longcode::desk
