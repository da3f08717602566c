#include "desk/store_sink.h"

#include "base/clock.h"
#include "desk/webhook_intent.h"
#include "store/reader.h"
#include "store/store.h"
#include "store/team.h"

#include <QCryptographicHash>

namespace longcode::desk {

namespace {

constexpr QChar beforeTimes{0x1F};

QString timesFact(const QString &logId) {
    return QStringLiteral("relay-log-set-back/") % logId;
}

/// The same wherever the log is read: place, time and author are given by the relay.
QString identityOf(const protocol::LogEntry &entry) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(entry.author.toUtf8());
    hash.addData(QByteArray::number(entry.receivedAt.toMSecsSinceEpoch()));
    hash.addData(entry.body);
    return QString::fromLatin1(hash.result().left(18).toBase64(QByteArray::Base64UrlEncoding));
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

store::LoggedEvent StoreSink::parsed(const LogBatch &batch, const protocol::LogEntry &entry) const {
    store::LoggedEvent logged{.seq = entry.seq,
                              .receivedAt = entry.receivedAt,
                              .intent = store::IntentId(entry.intent),
                              .event = {}};
    if (entry.kind == protocol::EntryKind::Withheld)
        return logged;
    if (entry.kind == protocol::EntryKind::Webhook) {
        auto event = events::parseEvent(entry.body);
        logged.event = event ? std::move(*event) : unreadable(batch.logId, entry);
        logged.body = entry.body;
        logged.signature = entry.signature;
        logged.timestamp = entry.timestamp;
        return logged;
    }
    auto fact = protocol::decodeFact(entry.body);
    if (!fact)
        return logged; // Every console reads it alike, so it is without effect for all of them.
    if (const auto *recovered = std::get_if<protocol::Recovered>(&*fact)) {
        if (auto event = events::parseEvent(recovered->event))
            logged.event = std::move(*event);
        logged.intent = store::IntentId(webhookIntentIn(recovered->event));
        logged.body = recovered->event;
        logged.source = recovered->source;
        return logged;
    }
    logged.team = std::make_shared<store::TeamEntry>(
        store::TeamEntry{.fact = std::move(*fact),
                         .author = entry.author,
                         .identity = identityOf(entry),
                         .heardAt = batch.live ? m_clock.now() : entry.receivedAt});
    return logged;
}

QFuture<Result<bool, Failure>> StoreSink::apply(const LogBatch &batch) {
    QList<store::LoggedEvent> entries;
    entries.reserve(batch.events.size());
    for (const protocol::LogEntry &entry : batch.events)
        entries.append(parsed(batch, entry));
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
