#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>

class QWebSocket;

namespace longcode::tests {

/// A console that loses its relay again and again, and each time goes on where it was, at any of the relays.
/// Keeps the id of every event in the order of the log. Lives on the main thread.
class FollowingConsole : public QObject {
    Q_OBJECT
public:
    /// Where the next connection goes.
    explicit FollowingConsole(std::function<QUrl()> pickUrl);
    ~FollowingConsole() override;

    [[nodiscard]] const QList<QByteArray> &ids() const { return m_ids; }
    [[nodiscard]] qint64 lastSeq() const { return m_ids.size(); }
    /// What a relay said that breaks the protocol; empty: nothing.
    [[nodiscard]] const QString &fault() const { return m_fault; }
    [[nodiscard]] int connections() const { return m_connections; }

private:
    void connectNow();
    void take(const QString &text);

    const std::function<QUrl()> m_pickUrl;
    std::unique_ptr<QWebSocket> m_socket;
    QTimer m_again;
    QString m_logId;
    QList<QByteArray> m_ids;
    QString m_fault;
    int m_connections = 0;
};

} // namespace longcode::tests
