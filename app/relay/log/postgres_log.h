#pragma once

#include "relay/log/log_access.h"
#include "relay/log/stored_log.h"

#include "base/result.h"

#include <mutex>

namespace longcode::relay {

class PostgresListener;
class StoreAddress;

/// The log in a PostgreSQL database, for any number of relays at once. The database gives the numbers, so
/// that the order is the same for all; each hears through LISTEN what the others add.
class PostgresLog final : public StoredLog {
public:
    /// Opens, or makes the tables. The error is a sentence for the operator. `journal` must outlive the log.
    [[nodiscard]] static Result<std::unique_ptr<PostgresLog>, QString>
    open(const StoreAddress &address, const Journal &journal, Access access);
    ~PostgresLog() override;
    void tellPeers(const QByteArray &message) override;
    void setPeersCallback(std::function<void(QByteArray)> told) override;
    void stop() override;

private:
    PostgresLog();
    void listen(const StoreAddress &address);
    void hear(const QString &payload);

    const QString m_sender; ///< tells own messages from those of others
    std::mutex m_toldMutex;
    std::function<void(QByteArray)> m_told;
    std::unique_ptr<PostgresListener> m_listener;
};

} // namespace longcode::relay
