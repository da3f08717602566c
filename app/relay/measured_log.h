#pragma once

#include "relay/log/event_log.h"

#include <atomic>
#include <memory>

namespace longcode::relay {

struct Counters;

/// The log, with what is appended counted and timed, and what is on its way known.
class MeasuredLog final : public EventLog {
public:
    /// `counters` must outlive it.
    MeasuredLog(std::unique_ptr<EventLog> log, Counters &counters);

    /// Appends that have not ended.
    [[nodiscard]] int underWay() const { return m_underWay; }

    [[nodiscard]] QString id() const override { return m_log->id(); }
    [[nodiscard]] qint64 head() const override { return m_log->head(); }
    [[nodiscard]] qint64 first() const override { return m_log->first(); }
    void append(IncomingEvent event, std::function<void(Appended)> done) override;
    void read(const Page &page, std::function<void(std::optional<LogEntries>)> done) override {
        m_log->read(page, std::move(done));
    }
    void readSigned(const Page &page, std::function<void(std::optional<QList<SignedEntry>>)> done) override {
        m_log->readSigned(page, std::move(done));
    }
    void setGrownCallback(GrownCallback grown) override { m_log->setGrownCallback(std::move(grown)); }
    void acknowledge(const ReaderPlace &place) override { m_log->acknowledge(place); }
    void readers(std::function<void(std::optional<QList<ReaderPlace>>)> done) override {
        m_log->readers(std::move(done));
    }
    void forget(const QString &name, const QString &console) override { m_log->forget(name, console); }
    void prune(const Retention &retention, const QDateTime &now,
               std::function<void(std::optional<qint64>)> done) override {
        m_log->prune(retention, now, std::move(done));
    }
    void measure(std::function<void(std::optional<LogSize>)> done) override {
        m_log->measure(std::move(done));
    }
    void tellPeers(const QByteArray &text) override { m_log->tellPeers(text); }
    void setPeersCallback(std::function<void(QByteArray)> told) override {
        m_log->setPeersCallback(std::move(told));
    }
    void stop() override { m_log->stop(); }

private:
    std::unique_ptr<EventLog> m_log;
    Counters &m_counters;
    std::atomic<int> m_underWay = 0;
};

} // namespace longcode::relay
