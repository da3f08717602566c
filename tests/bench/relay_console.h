#pragma once

#include "bench/load_client.h"

#include <QObject>
#include <QUrl>
#include <QWebSocket>

#include <unordered_map>

namespace longcode::bench {

/// A console that reads everything, decodes it, acknowledges it and keeps nothing but the time at which each
/// webhook came. Lives on the main thread.
class BenchConsole : public QObject {
    Q_OBJECT
public:
    /// Wants the log after `after`.
    explicit BenchConsole(const QUrl &url, qint64 after = 0);

    [[nodiscard]] qint64 lastSeq() const { return m_lastSeq; }
    [[nodiscard]] qint64 count() const { return m_count; }
    /// What the relay did wrong; empty: nothing.
    [[nodiscard]] const QString &fault() const { return m_fault; }
    /// When the webhook of that number came, while times are kept.
    [[nodiscard]] SteadyClock::time_point arrival(int number) const;
    void keepTimes(bool keep);

private:
    void take(const QString &text);

    QWebSocket m_socket;
    qint64 m_lastSeq;
    qint64 m_count = 0;
    bool m_keepTimes = false;
    std::unordered_map<int, SteadyClock::time_point> m_arrivals;
    QString m_fault;
};

} // namespace longcode::bench
