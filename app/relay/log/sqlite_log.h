#pragma once

#include "relay/log/event_log.h"

#include "base/result.h"

#include <memory>

class QLockFile;

namespace longcode::relay {

class Journal;
class LogReader;
class LogWriter;

/// The log in one SQLite file, for one relay: a lock file beside it keeps a second one away.
class SqliteLog final : public EventLog {
public:
    /// Opens or creates. The error is a sentence for the operator. `journal` must outlive the log.
    [[nodiscard]] static Result<std::unique_ptr<SqliteLog>, QString> open(const QString &path,
                                                                          const Journal &journal);
    ~SqliteLog() override;

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] qint64 head() const override;
    void append(IncomingEvent event, std::function<void(Appended)> done) override;
    void read(const Page &page, std::function<void(std::optional<LogEntries>)> done) override;
    void setGrownCallback(GrownCallback grown) override;
    void stop() override;

private:
    SqliteLog();

    QString m_id;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<LogWriter> m_writer;
    std::unique_ptr<LogReader> m_reader;
};

} // namespace longcode::relay
