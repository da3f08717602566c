#pragma once

#include "protocol/protocol.h"

#include <QUrl>
#include <QWebSocket>

#include <optional>

namespace longcode::tests {

/// A console as the protocol's text describes one. Checks as it goes that no event is missing or out of
/// order.
class TestConsole : public QObject {
    Q_OBJECT
public:
    enum class Acknowledging { Always, Never };
    /// What the relay said beside the log.
    template <typename Kind>
    [[nodiscard]] QList<Kind> heard() const {
        QList<Kind> out;
        for (const protocol::Frame &frame : m_heard) {
            if (const auto *one = std::get_if<Kind>(&frame))
                out.append(*one);
        }
        return out;
    }

    explicit TestConsole(const QUrl &url, const char *token = "good-token",
                         Acknowledging acknowledging = Acknowledging::Always);

    /// Says hello with this place as soon as it is connected.
    void read(qint64 after, const QString &logId);
    void sendText(const QByteArray &text) { m_socket.sendTextMessage(QString::fromUtf8(text)); }
    void say(const protocol::Frame &frame) { sendText(protocol::encode(frame)); }
    void abort() { m_socket.abort(); }

    [[nodiscard]] const QList<protocol::LogEntry> &events() const { return m_events; }
    [[nodiscard]] const std::optional<protocol::Welcome> &welcome() const { return m_welcome; }
    [[nodiscard]] const std::optional<protocol::Refusal> &refusal() const { return m_refusal; }
    /// What was wrong with what the relay sent; empty: nothing.
    [[nodiscard]] const QString &fault() const { return m_fault; }
    [[nodiscard]] QWebSocket &socket() { return m_socket; }

private:
    void take(const QString &text);

    QWebSocket m_socket;
    Acknowledging m_acknowledging;
    QByteArray m_hello;
    qint64 m_after = 0;
    QString m_logId;
    QList<protocol::LogEntry> m_events;
    std::optional<protocol::Welcome> m_welcome;
    std::optional<protocol::Refusal> m_refusal;
    QList<protocol::Frame> m_heard;
    QString m_fault;
};

} // namespace longcode::tests
