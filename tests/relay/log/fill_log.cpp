#include "relay/log/fill_log.h"

#include "relay/log/open_log.h"
#include "relay/log/sqlite_connection.h"
#include "relay/operate/journal.h"

namespace longcode::tests {

using namespace relay;

QByteArray sampleBody() {
    QByteArray body =
        R"({"data":{"event_type":"message.received","id":"00000000-0000-4000-8000-@","occurred_at":"2026-03-05T18:30:00.123+00:00","payload":{"cc":[],"completed_at":null,"cost":{"amount":"0.0040","currency":"USD"},"direction":"inbound","encoding":"GSM-7","errors":[],"from":{"carrier":"Example Wireless","line_type":"Wireless","phone_number":"+13125550142"},"id":"11111111-0000-4000-8000-@","media":[],"messaging_profile_id":"4001789c-0000-4000-8000-000000000001","organization_id":"4001789c-0000-4000-8000-000000000002","parts":1,"received_at":"2026-03-05T18:30:00.100+00:00","record_type":"message","sent_at":null,"subject":"","tags":[],"text":"Message number @: is my appointment still on?","to":[{"carrier":"Telnyx","line_type":"Wireless","phone_number":"+13125550100","status":"webhook_delivered"}],"type":"SMS","valid_until":null,"webhook_failover_url":null,"webhook_url":"https://relay.example.com/webhooks/telnyx"},"record_type":"event"},"meta":{"attempt":1,"delivered_to":"https://relay.example.com/webhooks/telnyx","note":"NOTE"}})";
    return body.replace("NOTE", QByteArray(qMax(qsizetype(0), 1200 - body.size()), '.'));
}

QString fillLog(const QString &path, qint64 count, const QByteArray &body) {
    const Journal journal(Level::Error);
    {
        auto log = openLog(StoreAddress::sqliteFile(path), Access::Tool, journal);
        if (!log)
            return log.error();
        if ((*log)->head() != 0)
            return QStringLiteral("The log at %1 is not empty.").arg(path);
    }
    auto opened = SqliteConnection::openFile(path, SqliteConnection::Use::Write);
    if (!opened)
        return opened.error();
    SqliteConnection &sql = **opened;
    // One transaction without a write-ahead log as large as the file, and with the whole index in memory.
    const bool good =
        sql.execute(QStringLiteral("PRAGMA journal_mode=OFF")) &&
        sql.execute(QStringLiteral("PRAGMA synchronous=OFF")) &&
        sql.execute(QStringLiteral("PRAGMA cache_size=-262144")) && sql.inTransaction([&] {
            return sql.execute(
                       QStringLiteral("WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM "
                                      "number LIMIT ?) "
                                      "INSERT INTO event (seq, event_id, received_at, intent, signature, "
                                      "timestamp, body) "
                                      "SELECT n, lower(hex(randomblob(18))), 1772735400000 + n * 10, '', ?, "
                                      "'1772735400', "
                                      "CAST(replace(?, '@', printf('%012d', n)) AS BLOB) FROM number"),
                       {count, QString(88, QLatin1Char('A')), QString::fromUtf8(body)}) &&
                   sql.execute(
                       QStringLiteral("UPDATE log SET bytes = (SELECT sum(length(body)) FROM event)"));
        }) &&
        sql.execute(QStringLiteral("PRAGMA journal_mode=WAL"));
    return good ? QString() : sql.error();
}

} // namespace longcode::tests
