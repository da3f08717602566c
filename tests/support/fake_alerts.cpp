#include "support/fake_alerts.h"

namespace longcode::tests {

void FakeAlerts::setUnread(int unread) {
    m_unread = unread;
    Q_EMIT unreadChanged(unread);
}

desk::Alert sampleAlert(desk::ConversationId id, const QString &title, const QString &body) {
    desk::Alert alert;
    alert.conversation = id;
    alert.message = desk::MessageRow{id.value * 1000 + 1};
    alert.title = title;
    alert.body = body;
    alert.sound = true;
    alert.canReply = true;
    return alert;
}

} // namespace longcode::tests
