#include "relay/log/postgres_log.h"

#include "relay/log/log_keeper.h"
#include "relay/log/log_writer.h"
#include "relay/log/postgres_connection.h"
#include "relay/log/postgres_events.h"
#include "relay/log/postgres_listener.h"
#include "relay/log/schema_steps.h"
#include "relay/log/store_address.h"

namespace longcode::relay {

namespace {
constexpr qsizetype longestMessage = 4000;
} // namespace

PostgresLog::PostgresLog() : m_sender(newLogId()) {}

PostgresLog::~PostgresLog() {
    PostgresLog::stop();
}

Result<std::unique_ptr<PostgresLog>, QString> PostgresLog::open(const StoreAddress &address,
                                                                const Journal &journal, Access access) {
    const QString beginning = QStringLiteral("The store %1 cannot be used: ").arg(address.redacted());
    auto connection = PostgresConnection::openDatabase(address, PostgresConnection::Patience::Unlimited);
    if (!connection)
        return failed(QString(beginning % connection.error() % QLatin1Char('.')));
    const auto identity =
        prepareLog(**connection, access == Access::Serve ? LogCheck::Gaps : LogCheck::Nothing);
    if (!identity)
        return failed(QString(beginning % identity.error()));
    connection->reset();
    std::unique_ptr<PostgresLog> log(new PostgresLog);
    log->start(*identity, [address](TableUse) { return PostgresEvents::open(address); }, journal);
    log->listen(address);
    return log;
}

void PostgresLog::listen(const StoreAddress &address) {
    m_listener = std::make_unique<PostgresListener>(
        address, PostgresListener::Callbacks{.head = [this](qint64 head) { writer().noteHead(head); },
                                             .bounds =
                                                 [this](LogBounds bounds) {
                                                     writer().noteFirst(bounds.first);
                                                     writer().noteHead(bounds.head);
                                                 },
                                             .told = [this](const QString &payload) { hear(payload); }});
}

void PostgresLog::tellPeers(const QByteArray &message) {
    if (message.size() > longestMessage)
        return;
    const QString payload = m_sender % QLatin1Char(' ') % QString::fromLatin1(message.toBase64());
    keeper().run([payload](EventTable *table) {
        if (table)
            table->connection().execute(QStringLiteral("SELECT pg_notify(?, ?)"),
                                        {QString(QLatin1String(peersChannel)), payload});
    });
}

void PostgresLog::setPeersCallback(std::function<void(QByteArray)> told) {
    const std::lock_guard lock(m_toldMutex);
    m_told = std::move(told);
}

void PostgresLog::hear(const QString &payload) {
    if (payload.startsWith(m_sender))
        return;
    std::function<void(QByteArray)> told;
    {
        const std::lock_guard lock(m_toldMutex);
        told = m_told;
    }
    if (told)
        told(QByteArray::fromBase64(payload.section(QLatin1Char(' '), 1).toLatin1()));
}

void PostgresLog::stop() {
    if (m_listener)
        m_listener->stop();
    StoredLog::stop();
}

} // namespace longcode::relay
