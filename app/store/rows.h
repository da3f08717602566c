#pragma once

#include "store/values.h"

#include <QList>

#include <optional>

/// Rows that both the writer and readers take from the file.
namespace longcode::store {

class Connection;
struct ContactRecord;

[[nodiscard]] std::optional<IntentRecord> intentRecord(Connection &connection, const IntentId &intent);
[[nodiscard]] std::optional<IntentRecord> intentRecordOf(Connection &connection, MessageRow message);
/// In Waiting, Sending or Uncertain, in the order of writing.
[[nodiscard]] QList<IntentRecord> openIntentRecords(Connection &connection);
/// In Held, the first to be released first.
[[nodiscard]] QList<IntentRecord> heldIntentRecords(Connection &connection);
[[nodiscard]] std::optional<ContactRecord> contactRecord(Connection &connection, const QString &id);
[[nodiscard]] QList<SenderRecord> senderRecords(Connection &connection);
[[nodiscard]] Cursor cursorRecord(Connection &connection, const LogId &log);

[[nodiscard]] inline QDateTime utc(qint64 ms) {
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
}
/// 0: none.
[[nodiscard]] inline QDateTime utcOrNone(qint64 ms) {
    return ms == 0 ? QDateTime() : utc(ms);
}

} // namespace longcode::store
