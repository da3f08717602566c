#include "relay/log/postgres_events.h"

namespace longcode::relay {

namespace {

/// Elements of an array, in PostgreSQL's text form.
class ArrayText {
public:
    void addText(QString text) {
        text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
        text.replace(QLatin1Char('"'), QLatin1String("\\\""));
        add(QString(QLatin1Char('"') % text % QLatin1Char('"')));
    }
    void addNumber(qint64 number) { add(QString::number(number)); }
    void addBytes(const QByteArray &bytes) {
        add(QString(QLatin1String("\"\\\\x") % QLatin1String(bytes.toHex()) % QLatin1Char('"')));
    }
    [[nodiscard]] QVariant value() const { return QString(QLatin1Char('{') % m_text % QLatin1Char('}')); }

private:
    void add(const QString &element) {
        if (!m_text.isEmpty())
            m_text += QLatin1Char(',');
        m_text += element;
    }

    QString m_text;
};

/// The page's rows: as many as fit into its bytes, but always one.
QString pageSql(const QString &columns, const QString &condition) {
    return QStringLiteral(
               "SELECT %1 FROM (SELECT *, sum(length(body)) OVER (ORDER BY seq) AS total, "
               "row_number() OVER (ORDER BY seq) AS place FROM (SELECT * FROM event WHERE seq > ? %2 "
               "ORDER BY seq LIMIT ?) AS next) AS page WHERE total <= ? OR place = 1 ORDER BY seq")
        .arg(columns, condition);
}

QDateTime timeOf(const QVariant &value) {
    return QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
}

} // namespace

Result<std::unique_ptr<EventTable>, QString> PostgresEvents::open(const StoreAddress &address) {
    auto connection = PostgresConnection::openDatabase(address);
    if (!connection)
        return failed(connection.error());
    return std::unique_ptr<EventTable>(new PostgresEvents(std::move(*connection)));
}

std::optional<StoredBatch> PostgresEvents::store(const std::vector<IncomingEvent> &events) {
    ArrayText ids, received, intents, signatures, timestamps, bodies, kinds, authors, accounts;
    for (const IncomingEvent &event : events) {
        ids.addText(event.id.text());
        received.addNumber(event.receivedAt.toMSecsSinceEpoch());
        intents.addText(event.intent);
        signatures.addText(QString::fromLatin1(event.signature));
        timestamps.addText(QString::fromLatin1(event.timestamp));
        bodies.addBytes(event.body);
        kinds.addNumber(static_cast<qint64>(event.kind));
        authors.addText(event.author);
        accounts.addText(event.account);
    }
    const auto rows = m_connection->query(
        QStringLiteral("SELECT before, places FROM append_events(?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {ids.value(), received.value(), intents.value(), signatures.value(), timestamps.value(),
         bodies.value(), kinds.value(), authors.value(), accounts.value()});
    if (!rows || rows->size() != 1)
        return std::nullopt;
    StoredBatch batch;
    batch.before = rows->first()[0].toLongLong();
    batch.outcomes.assign(events.size(), Appended::Duplicate);
    qint64 seq = batch.before;
    const QStringList places = rows->first()[1].toString().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &place : places) {
        const auto index = static_cast<std::size_t>(place.toLongLong() - 1);
        if (index >= events.size())
            return std::nullopt;
        const IncomingEvent &event = events[index];
        batch.outcomes[index] = Appended::Stored;
        batch.added.append(loggedAs(++seq, event));
    }
    return batch;
}

std::optional<LogEntries> PostgresEvents::entries(const Page &page) {
    static const QString sql =
        pageSql(QStringLiteral("seq, received_at, intent, body, kind, author, account, signature, timestamp"),
                QString());
    const auto rows = m_connection->query(sql, {page.after, page.count, qint64(page.bytes)});
    if (!rows)
        return std::nullopt;
    LogEntries entries;
    for (const LogConnection::Values &row : *rows)
        entries.append({row[0].toLongLong(), timeOf(row[1]), row[2].toString(), row[3].toByteArray(),
                        static_cast<protocol::EntryKind>(row[4].toInt()), row[5].toString(),
                        row[6].toString(), row[7].toString().toLatin1(), row[8].toString().toLatin1()});
    return entries;
}

std::optional<QList<SignedEntry>> PostgresEvents::signedEntries(const Page &page) {
    static const QString sql =
        pageSql(QStringLiteral("seq, received_at, intent, account, signature, timestamp, body"),
                QStringLiteral("AND kind = 0"));
    const auto rows = m_connection->query(sql, {page.after, page.count, qint64(page.bytes)});
    if (!rows)
        return std::nullopt;
    QList<SignedEntry> entries;
    for (const LogConnection::Values &row : *rows)
        entries.append({.seq = row[0].toLongLong(),
                        .receivedAt = timeOf(row[1]),
                        .intent = row[2].toString(),
                        .account = row[3].toString(),
                        .signature = row[4].toString().toLatin1(),
                        .timestamp = row[5].toString().toLatin1(),
                        .body = row[6].toByteArray()});
    return entries;
}

std::optional<LogBounds> PostgresEvents::bounds() {
    const auto rows = m_connection->query(QStringLiteral("SELECT first, head FROM log"));
    if (!rows || rows->isEmpty())
        return std::nullopt;
    return LogBounds{.first = rows->first()[0].toLongLong(), .head = rows->first()[1].toLongLong()};
}

std::optional<LogSize> PostgresEvents::measure() {
    const auto rows = m_connection->query(
        QStringLiteral("SELECT head - first + 1, pg_database_size(current_database()) FROM log"));
    if (!rows || rows->isEmpty())
        return std::nullopt;
    return LogSize{.entries = rows->first()[0].toLongLong(), .fileBytes = rows->first()[1].toLongLong()};
}

} // namespace longcode::relay
