#pragma once

#include <QByteArray>
#include <QHash>
#include <QTcpSocket>

namespace longcode::tests {

/// One answer as it came over the wire.
struct RawAnswer {
    int status = 0;                        ///< 0: the connection ended without an answer
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
};

/// A client that sends exactly the bytes it is told to.
class RawClient {
public:
    explicit RawClient(quint16 port);

    void send(const QByteArray &bytes);
    /// Reads one answer with its body. `bodiless`: the answer to HEAD.
    RawAnswer answer(bool bodiless = false);
    /// Whether the server closes the connection within the time.
    bool isClosedWithin(int ms);
    void abort() { m_socket.abort(); }
    QTcpSocket &socket() { return m_socket; }

private:
    bool readUntil(const QByteArray &mark);
    bool readAtLeast(qsizetype size);

    QTcpSocket m_socket;
    QByteArray m_buffer;
};

} // namespace longcode::tests
