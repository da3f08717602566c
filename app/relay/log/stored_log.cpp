#include "relay/log/stored_log.h"

#include "relay/log/log_connection.h"
#include "relay/log/log_keeper.h"
#include "relay/log/log_reader.h"
#include "relay/log/log_writer.h"

namespace longcode::relay {

StoredLog::StoredLog() = default;

StoredLog::~StoredLog() {
    StoredLog::stop();
}

void StoredLog::start(const LogIdentity &identity, const OpenTable &open, const Journal &journal) {
    m_id = identity.id;
    m_writer = std::make_unique<LogWriter>(open, identity.bounds, journal);
    m_reader = std::make_unique<LogReader>(open);
    m_keeper = std::make_unique<LogKeeper>(open, [this](qint64 first) { m_writer->noteFirst(first); });
}

qint64 StoredLog::head() const {
    return m_writer->head();
}

qint64 StoredLog::first() const {
    return m_writer->first();
}

void StoredLog::append(IncomingEvent event, std::function<void(Appended)> done) {
    m_writer->append(std::move(event), std::move(done));
}

void StoredLog::read(const Page &page, std::function<void(std::optional<LogEntries>)> done) {
    m_reader->read(page, std::move(done));
}

void StoredLog::readSigned(const Page &page, std::function<void(std::optional<QList<SignedEntry>>)> done) {
    m_reader->readSigned(page, std::move(done));
}

void StoredLog::setGrownCallback(GrownCallback grown) {
    m_writer->setGrownCallback(std::move(grown));
}

void StoredLog::acknowledge(const ReaderPlace &place) {
    m_keeper->acknowledge(place);
}

void StoredLog::readers(std::function<void(std::optional<QList<ReaderPlace>>)> done) {
    m_keeper->readers(std::move(done));
}

void StoredLog::forget(const QString &name, const QString &console) {
    m_keeper->forget(name, console);
}

void StoredLog::prune(const Retention &retention, const QDateTime &now,
                      std::function<void(std::optional<qint64>)> done) {
    m_keeper->prune(retention, now, std::move(done));
}

void StoredLog::measure(std::function<void(std::optional<LogSize>)> done) {
    m_keeper->measure(std::move(done));
}

void StoredLog::stop() {
    if (m_writer)
        m_writer->stop();
    if (m_reader)
        m_reader->stop();
    if (m_keeper)
        m_keeper->stop();
}

} // namespace longcode::relay
