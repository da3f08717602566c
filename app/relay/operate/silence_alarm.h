#pragma once

#include <QDateTime>

#include <chrono>

namespace longcode::relay {

/// Notices that no webhook has come for too long. Asked from time to time; knows no clock.
class SilenceAlarm {
public:
    enum class Change : quint8 { None, Raised, Ended };

    /// `patience` 0: never. Without any webhook the silence begins at `startedAt`.
    SilenceAlarm(std::chrono::minutes patience, const QDateTime &startedAt)
        : m_patience(patience), m_startedAt(startedAt) {}

    /// `lastWebhookAt` invalid: none yet.
    Change look(const QDateTime &now, const QDateTime &lastWebhookAt) {
        if (m_patience.count() == 0)
            return Change::None;
        const QDateTime since =
            lastWebhookAt.isValid() && lastWebhookAt > m_startedAt ? lastWebhookAt : m_startedAt;
        const bool silent = since.msecsTo(now) > std::chrono::milliseconds(m_patience).count();
        if (silent == m_raised)
            return Change::None;
        m_raised = silent;
        return silent ? Change::Raised : Change::Ended;
    }
    [[nodiscard]] bool isRaised() const { return m_raised; }

private:
    const std::chrono::minutes m_patience;
    const QDateTime m_startedAt;
    bool m_raised = false;
};

} // namespace longcode::relay
