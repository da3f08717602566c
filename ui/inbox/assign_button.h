#pragma once

#include "desk/inbox.h"
#include "desk/team.h"

#include <QToolButton>

namespace longcode::inbox {

/// "Assigned to Anna until 14:30", "You until 14:30" or "Not assigned", isolated and on one line.
[[nodiscard]] QString assignmentWords(const std::optional<desk::Claim> &claim);

/// Who takes care of the conversation, with a menu to claim it, hand it to a colleague or let it go. Shown
/// only where there are colleagues. Taking one over from a colleague is asked about first. Inbox and team
/// outlive it. UI thread.
class AssignButton final : public QToolButton {
    Q_OBJECT
public:
    AssignButton(desk::Inbox &inbox, desk::Team &team, QWidget *parent = nullptr);

    /// An invalid id: hidden.
    void show(desk::ConversationId id);
    using QToolButton::show;
    /// Claims what is free, prolongs what is one's own, asks about what a colleague has.
    [[nodiscard]] QAction *claimAction() const { return m_claim; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {96, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void fillMenu();
    void claim();
    void askToTakeOver(const QString &assignee);
    [[nodiscard]] std::optional<desk::Claim> current() const;

    desk::Inbox &m_inbox;
    desk::Team &m_team;
    desk::ConversationId m_id;
    QAction *m_claim;
    QMenu *m_others; ///< whom it can be handed to
    QString m_words;
};

} // namespace longcode::inbox
