#include "relay/log/postgres_listener.h"

#include "relay/log/postgres_connection.h"

#include <QSqlDriver>
#include <QTimer>

#include <chrono>

namespace longcode::relay {

namespace {

using namespace std::chrono_literals;

constexpr char logChannel[] = "longcode_relay_log";
constexpr std::chrono::milliseconds lookEvery = 1000ms;
constexpr std::chrono::milliseconds firstBackoff = 100ms;
constexpr std::chrono::milliseconds longestBackoff = 5000ms;

} // namespace

/// Lives on the listener's thread.
class PostgresListener::Ear final : public QObject {
public:
    Ear(StoreAddress address, Callbacks callbacks)
        : m_address(std::move(address)), m_callbacks(std::move(callbacks)), m_timer(this) {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, &Ear::look);
    }

    void look() {
        if (!m_connection && !listen()) {
            m_backoff = std::clamp(m_backoff * 2, firstBackoff, longestBackoff);
            m_timer.start(m_backoff);
            return;
        }
        m_timer.start(lookEvery);
        const auto rows = m_connection->query(QStringLiteral("SELECT first, head FROM log"));
        if (!rows) {
            m_connection.reset();
            m_timer.start(firstBackoff);
            return;
        }
        m_backoff = 0ms;
        if (!rows->isEmpty())
            m_callbacks.bounds(
                {.first = rows->first()[0].toLongLong(), .head = rows->first()[1].toLongLong()});
    }

private:
    bool listen() {
        auto opened = PostgresConnection::openDatabase(m_address);
        if (!opened)
            return false;
        QSqlDriver *driver = (*opened)->database().driver();
        connect(driver, &QSqlDriver::notification, this,
                [this](const QString &channel, QSqlDriver::NotificationSource, const QVariant &payload) {
                    hear(channel, payload);
                });
        if (!driver->subscribeToNotification(QLatin1String(logChannel)) ||
            !driver->subscribeToNotification(QLatin1String(peersChannel)))
            return false;
        m_connection = std::move(*opened);
        return true;
    }

    void hear(const QString &channel, const QVariant &payload) {
        if (channel == QLatin1String(logChannel))
            m_callbacks.head(payload.toString().toLongLong());
        else
            m_callbacks.told(payload.toString());
    }

    const StoreAddress m_address;
    const Callbacks m_callbacks;
    std::unique_ptr<PostgresConnection> m_connection;
    QTimer m_timer;
    std::chrono::milliseconds m_backoff{0};
};

PostgresListener::PostgresListener(const StoreAddress &address, Callbacks callbacks) {
    auto *ear = new Ear(address, std::move(callbacks));
    ear->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::started, ear, &Ear::look);
    QObject::connect(&m_thread, &QThread::finished, ear, &QObject::deleteLater);
    m_thread.start();
}

PostgresListener::~PostgresListener() {
    stop();
}

void PostgresListener::stop() {
    m_thread.quit();
    m_thread.wait();
}

} // namespace longcode::relay
