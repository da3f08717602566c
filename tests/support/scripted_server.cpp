#include "support/scripted_server.h"

#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <optional>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace longcode::tests {

namespace {

/// Takes one whole request off the front of `bytes`, or nothing while it is not whole.
std::optional<SeenRequest> takeRequest(QByteArrayView bytes, qsizetype &taken) {
    const qsizetype headEnd = bytes.indexOf(QByteArrayView("\r\n\r\n"));
    if (headEnd < 0)
        return std::nullopt;
    SeenRequest request;
    const QList<QByteArray> lines = bytes.first(headEnd).toByteArray().replace("\r\n", "\n").split('\n');
    const QList<QByteArray> start = lines.first().split(' ');
    request.method = start.value(0);
    request.target = start.value(1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    const qsizetype bodySize = request.header("content-length").toLongLong();
    if (bytes.size() < headEnd + 4 + bodySize)
        return std::nullopt;
    request.body = bytes.sliced(headEnd + 4, bodySize).toByteArray();
    taken = headEnd + 4 + bodySize;
    return request;
}

/// Without linger the closing becomes a reset.
void resetOnClose(const QTcpSocket &socket) {
#ifdef Q_OS_UNIX
    const linger none{1, 0};
    setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
#else
    Q_UNUSED(socket)
#endif
}

bool names(const QList<QByteArray> &headers, const QByteArray &name) {
    return std::any_of(headers.begin(), headers.end(),
                       [&](const QByteArray &line) { return line.toLower().startsWith(name); });
}

} // namespace

QByteArray SeenRequest::header(const QByteArray &name) const {
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

Reaction answer(int status, const QByteArray &body, const QList<QByteArray> &headers) {
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n";
    for (const QByteArray &line : headers)
        bytes += line + "\r\n";
    if (!names(headers, "content-length") && !names(headers, "transfer-encoding") && status != 204)
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return {bytes + "\r\n" + body};
}

Reaction jsonAnswer(int status, const QByteArray &json, const QList<QByteArray> &headers) {
    QList<QByteArray> all = headers;
    all << "Content-Type: application/json" << "Connection: close";
    Reaction reaction = answer(status, json, all);
    reaction.closeAfter = true;
    return reaction;
}

ScriptedServer::ScriptedServer(Script script, QObject *parent)
    : QObject(parent), m_script(std::move(script)) {
    connect(&m_server, &QTcpServer::newConnection, this, &ScriptedServer::accept);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port on loopback: %s", qPrintable(m_server.errorString()));
}

QUrl ScriptedServer::url(const QString &path) const {
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(port()).arg(path));
}

qsizetype ScriptedServer::occurrences(const QByteArray &text) const {
    qsizetype count = 0;
    for (const QByteArray &bytes : m_received)
        count += bytes.count(text);
    return count;
}

qsizetype ScriptedServer::openConnections() const {
    return std::count_if(m_sockets.begin(), m_sockets.end(), [](const QPointer<QTcpSocket> &socket) {
        return socket && socket->state() == QAbstractSocket::ConnectedState;
    });
}

void ScriptedServer::closeIdle() {
    for (const QPointer<QTcpSocket> &socket : std::as_const(m_sockets)) {
        if (socket)
            socket->disconnectFromHost();
    }
}

void ScriptedServer::accept() {
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        m_received.append(QByteArray());
        m_taken.append(0);
        m_sockets.append(socket);
        const int connection = static_cast<int>(m_received.size());
        connect(socket, &QTcpSocket::readyRead, this,
                [this, socket, connection] { read(socket, connection); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void ScriptedServer::read(QTcpSocket *socket, int connection) {
    const qsizetype index = connection - 1;
    m_received[index] += socket->readAll();
    qsizetype taken = 0;
    auto request = takeRequest(QByteArrayView(m_received[index]).sliced(m_taken[index]), taken);
    if (!request)
        return;
    m_taken[index] += taken;
    request->connection = connection;
    m_requests.append(*request);
    if (!m_script)
        return;
    const Reaction reaction = m_script(*request);
    QTimer::singleShot(reaction.delayMs, socket, [this, socket, reaction] { react(socket, reaction); });
}

void ScriptedServer::react(QTcpSocket *socket, const Reaction &reaction) {
    socket->write(reaction.bytes);
    if (reaction.resetAfter) {
        socket->flush();
        resetOnClose(*socket);
        socket->abort();
    } else if (reaction.closeAfter) {
        socket->disconnectFromHost();
    }
}

} // namespace longcode::tests
