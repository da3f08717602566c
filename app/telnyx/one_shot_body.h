#pragma once

#include <QByteArray>
#include <QIODevice>

namespace longcode::telnyx {

/// A request body that can be read once. QNetworkAccessManager by itself sends a request again, whatever its
/// verb, when the server closes the connection before it answers, up to three times; it rewinds the body for
/// that, and gives up with ContentReSendError when the body cannot be rewound. This body refuses to go back
/// once a byte of it was handed out, so a POST is on the wire at most once. Belongs to its reply.
class OneShotBody final : public QIODevice {
    Q_OBJECT
public:
    explicit OneShotBody(QByteArray bytes, QObject *parent = nullptr);

    /// Whether bytes were handed to the network. While false, the server cannot have the request.
    [[nodiscard]] bool wasRead() const { return pos() > 0; }

    [[nodiscard]] bool isSequential() const override { return false; }
    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    bool reset() override;
    bool seek(qint64 position) override;

protected:
    qint64 readData(char *data, qint64 maximumSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_bytes;
    qint64 m_handedOut = 0; ///< ahead of pos() by what QIODevice holds after a peek
};

} // namespace longcode::telnyx
