#pragma once

#include "base/clock.h"
#include "desk/inbox.h"
#include "desk/team.h"
#include "desk/triage.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace longcode::inbox {

class SnoozeMenu;

/// What can be done with the conversations at hand, one or many: as actions for menus, keys and buttons. Says
/// what was done, and takes the last of it back. Desk and clock outlive it. UI thread.
class ListActions final : public QObject {
    Q_OBJECT
public:
    using Ids = QList<desk::ConversationId>;
    struct Desk {
        desk::Inbox &inbox;
        desk::Triage &triage;
        desk::Team &team;
        const Clock &clock;
    };
    /// `targets` is asked each time. The actions belong to `owner`, whose window has their keys.
    ListActions(const Desk &desk, std::function<Ids()> targets, QWidget *owner);

    /// Until `menu` dies the conversations of this moment are meant, whatever becomes of the list.
    void holdTargetsFor(QObject &menu);
    /// The last change was not written down: there is nothing to take back.
    void forgetLast();
    /// Words and states follow the targets. To be called when those change.
    void refresh();
    /// All of them, in the order of a menu.
    [[nodiscard]] QList<QAction *> all() const;
    [[nodiscard]] QAction *closing() const { return m_close; }
    [[nodiscard]] QAction *reading() const { return m_read; }
    [[nodiscard]] QAction *pinning() const { return m_pin; }
    [[nodiscard]] QAction *snoozing() const { return m_snooze; }
    [[nodiscard]] QAction *assigning() const { return m_assign; }
    [[nodiscard]] QAction *undoing() const { return m_undo; }

Q_SIGNALS:
    /// "Closed 12 conversations"; it can be taken back with undoing() for as long as that is enabled.
    void done(const QString &words);
    void undone();

private:
    QAction *add(const char *objectName, const QKeySequence &key, void (ListActions::*what)());
    void makeMenus(QWidget *owner);
    void toggleClosed();
    void toggleRead();
    void togglePinned();
    void snooze(const QDateTime &until);
    void snoozeAsBefore(const QHash<desk::ConversationId, QDateTime> &before);
    void showSnoozeMenu();
    void showAssignMenu();
    void fillAssignMenu();
    void undo();
    void tell(const QString &words, std::function<void()> back);
    [[nodiscard]] Ids targets() const;
    [[nodiscard]] bool allAre(bool desk::Conversation::*flag) const;
    [[nodiscard]] bool anyUnread() const;

    Desk m_desk;
    std::function<Ids()> m_targets;
    QWidget *m_owner;
    QAction *m_close = nullptr;
    QAction *m_read = nullptr;
    QAction *m_pin = nullptr;
    QAction *m_snooze = nullptr;
    QAction *m_assign = nullptr;
    QAction *m_undo = nullptr;
    SnoozeMenu *m_snoozeMenu = nullptr;
    QMenu *m_assignMenu = nullptr;
    std::function<void()> m_back;
    QPointer<QObject> m_holder; ///< while it lives, m_held are the targets
    Ids m_held;
    Ids m_asked; ///< the targets when a menu was asked for; the list may change before something is chosen
};

} // namespace longcode::inbox
