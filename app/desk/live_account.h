#pragma once

#include "desk/account.h"
#include "desk/backoff.h"

#include <QTimer>

namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store
namespace longcode::telnyx {
class Client;
}

namespace longcode::desk {

class RelayLink;

/// What is fixed about an open account.
struct AccountFacts {
    QString name;
    bool sandbox = false;
    phone::Region home{QStringLiteral("US")};
    /// Base64 of the key that signs its webhooks; empty: only its relay, which runs elsewhere, knows it.
    QByteArray publicKey{};
};

/// The account over store, API and relay link. Lives on the UI thread. Senders are kept in the store, so they
/// are known without a connection; they are read again at start, on request, and until that succeeds once.
class LiveAccount final : public Account {
    Q_OBJECT
public:
    LiveAccount(AccountFacts facts, store::Store &store, store::Reader &reader, telnyx::Client &client,
                RelayLink &link, QObject *parent = nullptr);

    [[nodiscard]] QString name() const override { return m_facts.name; }
    [[nodiscard]] bool isSandbox() const override { return m_facts.sandbox; }
    [[nodiscard]] QList<Sender> senders() const override { return m_senders; }
    [[nodiscard]] phone::Region homeRegion() const override { return m_facts.home; }
    [[nodiscard]] RelayStatus relay() const override;
    void refresh() override;
    void reconnectRelay() override;
    [[nodiscard]] bool countsFullAlphabet() const override { return m_fullAlphabet; }
    void setCountsFullAlphabet(bool full) override;

    /// Set: the relay is connected, but reports nothing.
    void setSilence(const std::optional<Failure> &silence);

Q_SIGNALS:
    /// The API took the key and told the senders.
    void refreshed();
    void refreshFailed(const longcode::Failure &why);

private:
    void loadSenders();
    void onRead(const Result<QList<Sender>, Failure> &senders);

    AccountFacts m_facts;
    store::Store &m_store;
    store::Reader &m_reader;
    telnyx::Client &m_client;
    RelayLink &m_link;
    QList<Sender> m_senders;
    Backoff m_backoff;
    QTimer m_retry;
    std::optional<Failure> m_silence;
    bool m_reading = false;
    bool m_fullAlphabet = false;
};

} // namespace longcode::desk
