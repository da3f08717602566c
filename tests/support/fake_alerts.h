#pragma once

#include "desk/alerts.h"

#include <QHash>

namespace longcode::tests {

/// Alerts that the test makes; rules are remembered.
class FakeAlerts final : public desk::Alerts {
    Q_OBJECT
public:
    using Alerts::Alerts;
    [[nodiscard]] desk::AlertRule rule(const phone::Address &own) const override {
        return rules.value(own.wire());
    }
    void setRule(const phone::Address &own, const desk::AlertRule &rule) override {
        rules[own.wire()] = rule;
    }
    void setQuietUntil(const QDateTime &until) override { m_quietUntil = until; }
    [[nodiscard]] QDateTime quietUntil() const override { return m_quietUntil; }
    void setOnScreen(desk::ConversationId id) override { onScreen.append(id); }
    [[nodiscard]] int unread() const override { return m_unread; }

    void tell(const desk::Alert &what) { Q_EMIT alert(what); }
    void withdraw(desk::ConversationId id) { Q_EMIT withdrawn(id); }
    void setUnread(int unread);

    QHash<QString, desk::AlertRule> rules; ///< by our number on the wire
    QList<desk::ConversationId> onScreen;  ///< every call of setOnScreen

private:
    QDateTime m_quietUntil;
    int m_unread = 0;
};

/// A text from a customer, which may be answered from the notification.
[[nodiscard]] desk::Alert sampleAlert(desk::ConversationId id, const QString &title, const QString &body);

} // namespace longcode::tests
