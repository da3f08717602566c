#pragma once

#include <QByteArray>
#include <QHash>
#include <QTcpSocket>

#include <memory>

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
    /// Over a socket that is connected already, for example under TLS.
    explicit RawClient(std::unique_ptr<QTcpSocket> connected) : m_socket(std::move(connected)) {}

    void send(const QByteArray &bytes);
    /// Reads one answer with its body. `bodiless`: the answer to HEAD.
    RawAnswer answer(bool bodiless = false);
    /// Whether the server closes the connection within the time.
    bool isClosedWithin(int ms);
    void abort() { m_socket->abort(); }
    QTcpSocket &socket() { return *m_socket; }

private:
    bool readUntil(const QByteArray &mark);
    bool readAtLeast(qsizetype size);

    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_buffer;
};

} // namespace longcode::tests
