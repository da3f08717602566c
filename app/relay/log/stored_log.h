#pragma once

#include "relay/log/event_table.h"
#include "relay/log/log_schema.h"

#include <memory>

namespace longcode::relay {

class Journal;
class LogKeeper;
class LogReader;
class LogWriter;

/// A log in a database: one thread appends and announces, one reads pages, one keeps order. What differs
/// between the databases is behind EventTable.
class StoredLog : public EventLog {
public:
    ~StoredLog() override;

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] qint64 head() const override;
    [[nodiscard]] qint64 first() const override;
    void append(IncomingEvent event, std::function<void(Appended)> done) override;
    void read(const Page &page, std::function<void(std::optional<LogEntries>)> done) override;
    void readSigned(const Page &page, std::function<void(std::optional<QList<SignedEntry>>)> done) override;
    void setGrownCallback(GrownCallback grown) override;
    void acknowledge(const ReaderPlace &place) override;
    void readers(std::function<void(std::optional<QList<ReaderPlace>>)> done) override;
    void forget(const QString &name, const QString &console) override;
    void prune(const Retention &retention, const QDateTime &now,
               std::function<void(std::optional<qint64>)> done) override;
    void measure(std::function<void(std::optional<LogSize>)> done) override;
    /// Nobody else serves it.
    void tellPeers(const QByteArray &) override {}
    void setPeersCallback(std::function<void(QByteArray)>) override {}
    void stop() override;

protected:
    StoredLog();
    void start(const LogIdentity &identity, const OpenTable &open, const Journal &journal);
    [[nodiscard]] LogWriter &writer() { return *m_writer; }
    [[nodiscard]] LogKeeper &keeper() { return *m_keeper; }

private:
    QString m_id;
    std::unique_ptr<LogWriter> m_writer;
    std::unique_ptr<LogReader> m_reader;
    std::unique_ptr<LogKeeper> m_keeper;
};

} // namespace longcode::relay
