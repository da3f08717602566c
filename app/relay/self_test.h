#pragma once

#include "relay/consoles/relay_facts.h"
#include "relay/intake/self_test_keys.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>

#include <mutex>

class QNetworkReply;

namespace longcode::relay {

/// Sends this relay an event through its public address, signed with a key that is made for it and forgotten
/// afterwards, and says in a sentence whether it arrived or what stood in the way. One test at a time;
/// whoever asks meanwhile shares its result. Lives in the hub's thread; SelfTestKeys is asked on the HTTP
/// server's.
class SelfTest final : public QObject, public SelfTester, public SelfTestKeys {
    Q_OBJECT
public:
    explicit SelfTest(std::chrono::milliseconds patience = std::chrono::seconds(15),
                      QObject *parent = nullptr);

    /// The receiver's whole public address.
    void setUrl(const QUrl &url) { m_url = url; }

    void selfTest(std::function<void(bool arrived, QString message)> done) override;
    [[nodiscard]] std::optional<events::PublicKey> current() override;
    void arrived(QByteArray nonce) override;

private:
    void begin();
    void takeAnswer(QNetworkReply *reply, const QString &tlsProblem);
    void finish(bool arrived, const QString &message);
    [[nodiscard]] QString place() const;

    QUrl m_url;
    const std::chrono::milliseconds m_patience;
    QNetworkAccessManager m_network;
    QTimer m_deadline;
    QElapsedTimer m_elapsed;
    QList<std::function<void(bool, QString)>> m_waiting;
    QByteArray m_nonce;
    bool m_answered = false;
    std::mutex m_mutex;
    std::optional<events::PublicKey> m_key;
};

} // namespace longcode::relay
