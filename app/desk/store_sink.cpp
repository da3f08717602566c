#include "desk/store_sink.h"

#include "store/reader.h"
#include "store/store.h"

namespace longcode::desk {

namespace {

constexpr QChar beforeTimes{0x1F};

QString timesFact(const QString &logId) {
    return QStringLiteral("relay-log-set-back/") % logId;
}

/// An entry that is no event any more still has its place in the log: kept whole, under a name of its own.
events::Event unreadable(const QString &logId, const protocol::LogEntry &entry) {
    events::Event event;
    event.id = events::EventId(QStringLiteral("log:%1:%2").arg(logId).arg(entry.seq));
    event.hasOwnId = false;
    event.raw = entry.body;
    event.body = events::OtherEvent{QStringLiteral("not an event")};
    return event;
}

} // namespace

LogPosition StoreSink::position() const {
    const auto cursor = m_reader.lastCursor();
    if (!cursor)
        return {};
    return {.logId = cursor->log.text().section(beforeTimes, 0, 0), .seq = cursor->seq};
}

QString StoreSink::storeName(const QString &logId) const {
    const auto fresh = m_times.constFind(logId);
    const QString times = fresh != m_times.cend() ? *fresh : m_reader.fact(timesFact(logId));
    return times.isEmpty() ? logId : QString(logId % beforeTimes % times);
}

void StoreSink::logWasSetBack(const QString &logId) {
    const QString before = storeName(logId).section(beforeTimes, 1);
    const QString times = QString::number(before.toInt() + 1);
    m_times.insert(logId, times);
    m_store.setFact(timesFact(logId), times);
}

QFuture<Result<bool, Failure>> StoreSink::apply(const LogBatch &batch) {
    QList<store::LoggedEvent> entries;
    entries.reserve(batch.events.size());
    for (const protocol::LogEntry &entry : batch.events) {
        auto event = events::parseEvent(entry.body);
        entries.append({.seq = entry.seq,
                        .receivedAt = entry.receivedAt,
                        .intent = store::IntentId(entry.intent),
                        .event = event ? std::move(*event) : unreadable(batch.logId, entry)});
    }
    return m_store
        .applyEvents(store::LogId(storeName(batch.logId)), entries,
                     batch.live ? store::Arrival::Live : store::Arrival::CatchingUp)
        .then([](const Result<store::Changes, store::StoreError> &applied) -> Result<bool, Failure> {
            if (!applied)
                return failed(store::sentence(applied.error()));
            return true;
        });
}

} // namespace longcode::desk
