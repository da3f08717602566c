#pragma once

#include "desk/alerts.h"
#include "desk/outbox.h"
#include "desk/team.h"
#include "notify/notices.h"

#include <functional>

namespace longcode::notify {

/// Takes what the desk wants a person to hear of to the desktop, and what the person does there back. A reply
/// is sent only when nothing speaks against it; else the window has to ask. All outlive it. UI thread.
class Notifier final : public QObject {
    Q_OBJECT
public:
    Notifier(desk::Alerts &alerts, desk::Outbox &outbox, desk::Team &team, Notices &notices,
             std::function<void()> beep, QObject *parent = nullptr);

Q_SIGNALS:
    void conversationRequested(longcode::desk::ConversationId id);
    /// The reply was not sent: the window shows the conversation, puts the text into the composer and says
    /// why.
    void replyNeedsWindow(longcode::desk::ConversationId id, const QString &text);

private:
    void tell(const desk::Alert &alert);
    void reply(desk::ConversationId id, const QString &text);

    desk::Outbox &m_outbox;
    desk::Team &m_team;
    Notices &m_notices;
    std::function<void()> m_beep;
};

} // namespace longcode::notify
