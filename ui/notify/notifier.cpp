#include "notify/notifier.h"

#include "base/when_finished.h"

namespace longcode::notify {

Notifier::Notifier(desk::Alerts &alerts, desk::Outbox &outbox, desk::Team &team, Notices &notices,
                   std::function<void()> beep, QObject *parent)
    : QObject(parent), m_outbox(outbox), m_team(team), m_notices(notices), m_beep(std::move(beep)) {
    connect(&alerts, &desk::Alerts::alert, this, &Notifier::tell);
    connect(&alerts, &desk::Alerts::withdrawn, &m_notices, &Notices::close);
    connect(&m_notices, &Notices::opened, this, [this](desk::ConversationId id) {
        m_notices.close(id);
        if (id.isValid()) // else it was of no one conversation
            Q_EMIT conversationRequested(id);
    });
    connect(&m_notices, &Notices::replied, this, &Notifier::reply);
    connect(&m_notices, &Notices::soundWanted, this, [this] { m_beep(); });
}

void Notifier::tell(const desk::Alert &alert) {
    if (!alert.show) {
        if (alert.sound)
            m_beep();
        return;
    }
    m_notices.show({.conversation = alert.conversation,
                    .title = alert.title,
                    .body = alert.body,
                    .urgent = alert.kind == desk::AlertKind::Failed || alert.kind == desk::AlertKind::Missed,
                    .sound = alert.sound,
                    .canReply = alert.canReply});
}

void Notifier::reply(desk::ConversationId id, const QString &text) {
    if (m_outbox.obstacle(id, text) || m_team.answerCheck(id)) {
        Q_EMIT replyNeedsWindow(id, text);
        return;
    }
    whenFinished(m_outbox.send(id, text), this,
                 [this, id, text](const Result<desk::MessageRow, desk::SendProblem> &answer) {
                     if (!answer) {
                         // The outbox may have made it the draft; the window knows that.
                         Q_EMIT replyNeedsWindow(id, text);
                         return;
                     }
                     m_notices.close(id);
                 });
}

} // namespace longcode::notify
