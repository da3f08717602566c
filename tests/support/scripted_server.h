#pragma once

#include <QByteArray>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

namespace longcode::tests {

/// What a ScriptedServer read of one request.
struct SeenRequest {
    QByteArray method, target;
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;
    int connection = 0; ///< counted from 1

    /// Value of a header, whatever its case; empty when absent.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

/// What it does once a request is whole.
struct Reaction {
    QByteArray bytes;        ///< written as they are
    bool closeAfter = false; ///< closes the connection then
    bool resetAfter = false; ///< breaks it off with a reset instead
    int delayMs = 0;         ///< waits before it reacts
};

/// A plain HTTP/1.1 answer. Content-Length is added unless `headers` say otherwise.
[[nodiscard]] Reaction answer(int status, const QByteArray &body, const QList<QByteArray> &headers = {});
/// An answer with a JSON body, closing the connection as asked to by the client.
[[nodiscard]] Reaction jsonAnswer(int status, const QByteArray &json, const QList<QByteArray> &headers = {});

/// An HTTP server on loopback that does what a test tells it, faults included, and remembers every byte it
/// received. Reads requests with Content-Length or without body. Lives on the test's thread.
class ScriptedServer : public QObject {
    Q_OBJECT
public:
    using Script = std::function<Reaction(const SeenRequest &)>;

    explicit ScriptedServer(Script script = {}, QObject *parent = nullptr);

    void setScript(Script script) { m_script = std::move(script); }
    /// http://127.0.0.1:PORT, with `path` behind it.
    [[nodiscard]] QUrl url(const QString &path = {}) const;
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] const QList<SeenRequest> &requests() const { return m_requests; }
    /// Everything received on all connections, one entry each.
    [[nodiscard]] const QList<QByteArray> &received() const { return m_received; }
    /// How often `text` occurs in everything received.
    [[nodiscard]] qsizetype occurrences(const QByteArray &text) const;
    [[nodiscard]] qsizetype connections() const { return m_received.size(); }
    [[nodiscard]] qsizetype openConnections() const;
    /// Closes the connections on which nothing is under way.
    void closeIdle();

private:
    void accept();
    void read(QTcpSocket *socket, int connection);
    void react(QTcpSocket *socket, const Reaction &reaction);

    QTcpServer m_server;
    Script m_script;
    QList<SeenRequest> m_requests;
    QList<QByteArray> m_received;
    QList<qsizetype> m_taken;
    QList<QPointer<QTcpSocket>> m_sockets;
};

} // namespace longcode::tests
