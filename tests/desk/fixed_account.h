#pragma once

#include "desk/account.h"

namespace longcode::tests {

/// An account with the senders a test gives it.
class FixedAccount : public desk::Account {
    Q_OBJECT
public:
    using Account::Account;
    [[nodiscard]] QString name() const override { return QStringLiteral("Test"); }
    [[nodiscard]] bool isSandbox() const override { return true; }
    [[nodiscard]] QList<desk::Sender> senders() const override { return m_senders; }
    [[nodiscard]] phone::Region homeRegion() const override { return {QStringLiteral("US")}; }
    [[nodiscard]] desk::RelayStatus relay() const override { return {}; }
    void refresh() override {}
    void reconnectRelay() override {}
    [[nodiscard]] bool countsFullAlphabet() const override { return m_fullAlphabet; }
    void setCountsFullAlphabet(bool full) override { m_fullAlphabet = full; }

    void setSenders(const QList<desk::Sender> &senders) { m_senders = senders; }

private:
    QList<desk::Sender> m_senders;
    bool m_fullAlphabet = false;
};

/// The senders that the sandbox has at its start.
[[nodiscard]] QList<desk::Sender> startSenders();

} // namespace longcode::tests
