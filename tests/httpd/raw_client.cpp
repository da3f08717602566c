#include "httpd/raw_client.h"

#include <QHostAddress>

namespace longcode::tests {

namespace {
constexpr int patience = 20000;
}

RawClient::RawClient(quint16 port) : m_socket(std::make_unique<QTcpSocket>()) {
    m_socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    m_socket->waitForConnected(patience);
}

void RawClient::send(const QByteArray &bytes) {
    m_socket->write(bytes);
    while (m_socket->bytesToWrite() > 0 && m_socket->waitForBytesWritten(patience)) {
    }
}

bool RawClient::readUntil(const QByteArray &mark) {
    while (!m_buffer.contains(mark)) {
        if (m_socket->bytesAvailable() == 0 && !m_socket->waitForReadyRead(patience))
            return false;
        m_buffer += m_socket->readAll();
    }
    return true;
}

bool RawClient::readAtLeast(qsizetype size) {
    while (m_buffer.size() < size) {
        if (m_socket->bytesAvailable() == 0 && !m_socket->waitForReadyRead(patience))
            return false;
        m_buffer += m_socket->readAll();
    }
    return true;
}

RawAnswer RawClient::answer(bool bodiless) {
    RawAnswer out;
    if (!readUntil("\r\n\r\n"))
        return out;
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    QByteArrayList lines = m_buffer.left(end).split('\n');
    m_buffer.remove(0, end + 4);
    out.status = lines.takeFirst().split(' ').value(1).toInt();
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        out.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = bodiless ? 0 : out.headers.value("content-length").toLongLong();
    if (!readAtLeast(length))
        return RawAnswer{};
    out.body = m_buffer.left(length);
    m_buffer.remove(0, length);
    return out;
}

bool RawClient::isClosedWithin(int ms) {
    return m_socket->state() == QAbstractSocket::UnconnectedState || m_socket->waitForDisconnected(ms);
}

} // namespace longcode::tests
