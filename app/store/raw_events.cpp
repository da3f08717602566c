#include "store/raw_events.h"

#include "store/connection.h"
#include "store/rows.h"

#include <QUuid>

#include <array>

namespace longcode::store {

namespace {

const std::array types{QStringLiteral("message.received"), QStringLiteral("message.sent"),
                       QStringLiteral("message.finalized")};
const std::array sources{QStringLiteral("webhook"), QStringLiteral("webhook_deliveries"),
                         QStringLiteral("detail_records"), QStringLiteral("answer")};

/// The text, or its place among the usual ones.
template <typename Usual>
QVariant packWord(const QString &text, const Usual &usual) {
    for (std::size_t i = 0; i < usual.size(); ++i) {
        if (usual[i] == text)
            return QVariant(static_cast<int>(i));
    }
    return text.isNull() ? QVariant(QStringLiteral("")) : QVariant(text);
}

template <typename Usual>
QString unpackWord(const QVariant &packed, const Usual &usual) {
    if (packed.typeId() == QMetaType::QString)
        return packed.toString();
    const auto place = static_cast<std::size_t>(packed.toInt());
    return place < usual.size() ? usual[place] : QString();
}

/// A UUID in its usual spelling is 16 bytes, everything else a text.
QVariant packId(const QString &id) {
    const QUuid uuid = QUuid::fromString(id);
    if (!uuid.isNull() && uuid.toString(QUuid::WithoutBraces) == id)
        return uuid.toRfc4122();
    return id;
}

QString unpackId(const QVariant &packed) {
    if (packed.typeId() == QMetaType::QByteArray)
        return QUuid::fromRfc4122(packed.toByteArray()).toString(QUuid::WithoutBraces);
    return packed.toString();
}

QVariant packSignature(const QByteArray &base64) {
    if (base64.isEmpty())
        return {};
    const auto bytes = QByteArray::fromBase64Encoding(base64);
    if (bytes && bytes.decoded.toBase64() == base64)
        return bytes.decoded;
    return QString::fromLatin1(base64);
}

QByteArray unpackSignature(const QVariant &packed) {
    return packed.typeId() == QMetaType::QByteArray ? packed.toByteArray().toBase64()
                                                    : packed.toString().toLatin1();
}

QVariant packTimestamp(const QByteArray &digits) {
    if (digits.isEmpty())
        return {};
    const qint64 number = digits.toLongLong();
    return QByteArray::number(number) == digits ? QVariant(number) : QVariant(QString::fromLatin1(digits));
}

} // namespace

void keepRawEvent(Connection &connection, MessageRow message, const LoggedEvent &logged) {
    if (logged.body.isEmpty())
        return;
    const QVariant id = packId(logged.event.id.text());
    const QVariant signature = packSignature(logged.signature);
    {
        Statement known(connection,
                        "SELECT id, signature IS NOT NULL FROM raw_events WHERE message = ? AND event_id = ?",
                        message.value, id);
        if (known.next()) {
            if (signature.isNull() || known.integer(1) != 0)
                return;
            const qint64 row = known.integer(0);
            Statement(connection, "DELETE FROM raw_events WHERE id = ?", row).run();
        }
    }
    const QString source = logged.source.isEmpty() ? sources.front() : logged.source;
    Statement(
        connection,
        "INSERT INTO raw_events(message, event_id, type, received_at, source, signature, timestamp, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        message.value, id, packWord(logged.event.type, types), logged.receivedAt.toMSecsSinceEpoch(),
        packWord(source, sources), signature, packTimestamp(logged.timestamp), qCompress(logged.body, 9))
        .run();
}

void moveRawEvents(Connection &connection, MessageRow from, MessageRow into) {
    Statement(connection,
              "UPDATE raw_events SET message = ?2 WHERE message = ?1 AND event_id NOT IN"
              " (SELECT event_id FROM raw_events WHERE message = ?2)",
              from.value, into.value)
        .run();
}

QList<RawEventRecord> rawEventRecords(Connection &connection, MessageRow message) {
    QList<RawEventRecord> events;
    Statement row(connection,
                  "SELECT event_id, type, received_at, body, signature, timestamp, source FROM raw_events"
                  " WHERE message = ? ORDER BY received_at, id",
                  message.value);
    while (row.next())
        events.append({unpackId(row.value(0)), unpackWord(row.value(1), types), utc(row.integer(2)),
                       qUncompress(row.value(3).toByteArray()), unpackSignature(row.value(4)),
                       row.value(5).toString().toLatin1(), unpackWord(row.value(6), sources)});
    return events;
}

} // namespace longcode::store
