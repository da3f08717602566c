#pragma once

#include "httpd/httpd.h"
#include "relay/consoles/relay_facts.h"
#include "relay/log/event_log.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <mutex>

namespace longcode::relay {

class ConsoleHub;
class Forwarder;
struct Counters;

/// Everything the relay can say about itself: to consoles (RelayState), to Prometheus, to who asks whether it
/// is alive. What only the log knows is asked for every few seconds and remembered. Lives in the hub's
/// thread; what is const may be called from any.
class Figures final : public QObject, public StateSource {
    Q_OBJECT
public:
    /// All must outlive it.
    Figures(EventLog &log, const ConsoleHub &hub, const Counters &counters);

    // Set before anything asks.
    void setForwarder(const Forwarder *forwarder) { m_forwarder = forwarder; }
    void setServer(const httpd::Server *server) { m_server = server; }
    void setPublicUrl(const QString &url) { m_publicUrl = url; }
    /// From now on it is not ready.
    void setStopping() { m_stopping = true; }

    void state(std::function<void(protocol::RelayState)> done) override;
    [[nodiscard]] std::string metrics() const;
    /// One JSON object.
    [[nodiscard]] std::string health() const;
    /// Whether webhooks are welcome: the log can be written and read, as far as is known, and it is not
    /// stopping.
    [[nodiscard]] bool isReady() const;
    /// The last append failed, within the last few seconds: with no webhooks coming nobody would find out
    /// that it works again.
    [[nodiscard]] bool isStoreFailing() const;

private:
    /// What the log answered last.
    struct Known {
        LogSize size;
        QList<ReaderPlace> readers;
        bool reachable = true;
    };
    void ask();
    [[nodiscard]] Known known() const;

    EventLog &m_log;
    const ConsoleHub &m_hub;
    const Counters &m_counters;
    const Forwarder *m_forwarder = nullptr;
    const httpd::Server *m_server = nullptr;
    QString m_publicUrl;
    const QDateTime m_startedAt;
    std::atomic<bool> m_stopping = false;
    QTimer m_timer;
    /// Shared with answers of the log that may come late.
    struct Shelf {
        std::mutex mutex;
        Known known;
    };
    const std::shared_ptr<Shelf> m_shelf = std::make_shared<Shelf>();
};

} // namespace longcode::relay
