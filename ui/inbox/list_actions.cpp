#include "inbox/list_actions.h"

#include "inbox/snooze_menu.h"
#include "inbox/when.h"
#include "style/icons.h"
#include "style/plain_text.h"

#include <QAction>
#include <QMenu>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace longcode::inbox {

namespace {

/// An ampersand in a menu would else underline the next letter.
QString listMenuWords(const QString &foreign) {
    return style::isolated(foreign).replace(u'&', QStringLiteral("&&"));
}

/// Of thousands that are selected, the first ones decide what is offered.
constexpr qsizetype looksAt = 100;

QKeySequence withShift(Qt::Key key) {
    return {int(Qt::CTRL) | int(Qt::SHIFT) | int(key)};
}

} // namespace

ListActions::ListActions(const Desk &desk, std::function<Ids()> targets, QWidget *owner)
    : QObject(owner), m_desk(desk), m_targets(std::move(targets)), m_owner(owner) {
    m_close = add("listCloseAction", withShift(Qt::Key_E), &ListActions::toggleClosed);
    m_read = add("listReadAction", withShift(Qt::Key_R), &ListActions::toggleRead);
    m_pin = add("listPinAction", withShift(Qt::Key_P), &ListActions::togglePinned);
    m_snooze = add("listSnoozeAction", withShift(Qt::Key_H), &ListActions::showSnoozeMenu);
    m_assign = add("listAssignAction", withShift(Qt::Key_M), &ListActions::showAssignMenu);
    m_undo = add("listUndoAction", QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Z), &ListActions::undo);
    m_undo->setText(tr("Take back the last change of the list"));
    m_undo->setEnabled(false);
    makeMenus(owner);
    refresh();
}

QAction *ListActions::add(const char *objectName, const QKeySequence &key, void (ListActions::*what)()) {
    auto *action = new QAction(m_owner);
    action->setObjectName(QLatin1String(objectName));
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, what);
    m_owner->addAction(action); // the key works without a menu
    return action;
}

void ListActions::makeMenus(QWidget *owner) {
    m_snoozeMenu = new SnoozeMenu(m_desk.clock, owner);
    connect(m_snoozeMenu, &SnoozeMenu::chosen, this, &ListActions::snooze);
    m_assignMenu = new QMenu(tr("Assign"), owner);
    m_assignMenu->setObjectName(QStringLiteral("listAssignMenu"));
    connect(m_assignMenu, &QMenu::aboutToShow, this, &ListActions::fillAssignMenu);
    m_snooze->setText(tr("Snooze…"));
    m_snooze->setIcon(style::icon(style::IconName::Snooze, style::IconTone::Muted));
    m_assign->setText(tr("Assign…"));
    m_assign->setIcon(style::icon(style::IconName::User, style::IconTone::Muted));
    m_pin->setIcon(style::icon(style::IconName::Pin, style::IconTone::Muted));
    m_read->setIcon(style::icon(style::IconName::MarkUnread, style::IconTone::Muted));
}

QList<QAction *> ListActions::all() const {
    return {m_close, m_read, m_pin, m_snooze, m_assign, m_undo};
}

void ListActions::holdTargetsFor(QObject &menu) {
    m_held = m_targets();
    m_holder = &menu;
}

ListActions::Ids ListActions::targets() const {
    return m_holder ? m_held : m_targets();
}

bool ListActions::allAre(bool desk::Conversation::*flag) const {
    const Ids ids = targets().mid(0, looksAt);
    return !ids.isEmpty() && std::all_of(ids.cbegin(), ids.cend(), [&](desk::ConversationId id) {
        const auto conversation = m_desk.inbox.conversation(id);
        return conversation && (*conversation).*flag;
    });
}

bool ListActions::anyUnread() const {
    const Ids ids = targets().mid(0, looksAt);
    return std::any_of(ids.cbegin(), ids.cend(), [&](desk::ConversationId id) {
        const auto conversation = m_desk.inbox.conversation(id);
        return conversation && (conversation->unread > 0 || conversation->markedUnread);
    });
}

void ListActions::refresh() {
    const bool any = !targets().isEmpty();
    const bool closed = allAre(&desk::Conversation::closed);
    m_close->setText(closed ? tr("Reopen in the list") : tr("Close in the list"));
    m_close->setIcon(
        style::icon(closed ? style::IconName::Refresh : style::IconName::Check, style::IconTone::Muted));
    m_read->setText(anyUnread() ? tr("Mark as read") : tr("Mark as unread"));
    m_pin->setText(allAre(&desk::Conversation::pinned) ? tr("Unpin") : tr("Pin to the top"));
    for (QAction *action : {m_close, m_read, m_pin, m_snooze, m_assign})
        action->setEnabled(any);
    m_assign->setVisible(m_desk.team.isTeam());
}

void ListActions::tell(const QString &words, std::function<void()> back) {
    m_back = std::move(back);
    m_undo->setEnabled(bool(m_back));
    refresh();
    Q_EMIT done(words);
}

void ListActions::forgetLast() {
    m_back = nullptr;
    m_undo->setEnabled(false);
}

void ListActions::undo() {
    const auto back = std::exchange(m_back, nullptr);
    m_undo->setEnabled(false);
    if (back)
        back();
    refresh();
    Q_EMIT undone();
}

void ListActions::toggleClosed() {
    const Ids ids = targets();
    if (ids.isEmpty())
        return;
    const bool closes = !allAre(&desk::Conversation::closed);
    Ids changed;
    for (const desk::ConversationId id : ids) {
        if (const auto conversation = m_desk.inbox.conversation(id);
            conversation && conversation->closed != closes)
            changed << id;
    }
    m_desk.triage.setClosed(changed, closes);
    const auto count = int(changed.size());
    const QString words =
        closes ? (count == 1 ? tr("Closed the conversation") : tr("Closed %n conversations", nullptr, count))
               : (count == 1 ? tr("Reopened the conversation")
                             : tr("Reopened %n conversations", nullptr, count));
    tell(words, [this, changed, closes] { m_desk.triage.setClosed(changed, !closes); });
}

void ListActions::toggleRead() {
    const Ids ids = targets();
    if (ids.isEmpty())
        return;
    const auto count = int(ids.size());
    if (anyUnread()) {
        m_desk.triage.markRead(ids);
        tell(count == 1 ? tr("Marked as read") : tr("Marked %n conversations as read", nullptr, count), {});
        return;
    }
    m_desk.triage.markUnread(ids);
    tell(count == 1 ? tr("Marked as unread") : tr("Marked %n conversations as unread", nullptr, count),
         [this, ids] { m_desk.triage.markRead(ids); });
}

void ListActions::togglePinned() {
    const Ids ids = targets();
    if (ids.isEmpty())
        return;
    const bool pins = !allAre(&desk::Conversation::pinned);
    Ids changed;
    for (const desk::ConversationId id : ids) {
        if (const auto conversation = m_desk.inbox.conversation(id);
            conversation && conversation->pinned != pins)
            changed << id;
    }
    m_desk.triage.setPinned(changed, pins);
    const auto count = int(changed.size());
    const QString words =
        pins ? (count == 1 ? tr("Pinned") : tr("Pinned %n conversations", nullptr, count))
             : (count == 1 ? tr("Unpinned") : tr("Unpinned %n conversations", nullptr, count));
    tell(words, [this, changed, pins] { m_desk.triage.setPinned(changed, !pins); });
}

void ListActions::snooze(const QDateTime &until) {
    const Ids ids = m_asked;
    if (ids.isEmpty())
        return;
    QHash<desk::ConversationId, QDateTime> before;
    for (const desk::ConversationId id : ids) {
        const auto conversation = m_desk.inbox.conversation(id);
        before.insert(id, conversation ? conversation->snoozedUntil : QDateTime());
    }
    m_desk.triage.snooze(ids, until);
    const auto count = int(ids.size());
    if (!until.isValid()) {
        tell(tr("Awake again"), {});
        return;
    }
    const QString when = dayAndTime(until, m_desk.clock.now());
    tell(count == 1 ? tr("Snoozed until %1").arg(when)
                    : tr("Snoozed %n conversations until %1", nullptr, count).arg(when),
         [this, before] { snoozeAsBefore(before); });
}

void ListActions::snoozeAsBefore(const QHash<desk::ConversationId, QDateTime> &before) {
    QHash<QDateTime, Ids> together;
    for (auto it = before.cbegin(); it != before.cend(); ++it) {
        const bool isOver = !it.value().isValid() || it.value() <= m_desk.clock.now();
        together[isOver ? QDateTime() : it.value()].append(it.key());
    }
    for (auto it = together.cbegin(); it != together.cend(); ++it)
        m_desk.triage.snooze(it.value(), it.key());
}

void ListActions::showSnoozeMenu() {
    m_asked = targets();
    m_snoozeMenu->setSnoozed(std::any_of(m_asked.cbegin(), m_asked.cend(), [&](desk::ConversationId id) {
        const auto conversation = m_desk.inbox.conversation(id);
        return conversation && conversation->snoozedUntil.isValid();
    }));
    m_snoozeMenu->popup(m_owner->mapToGlobal(QPoint(m_owner->width() / 4, m_owner->height() / 6)));
}

void ListActions::showAssignMenu() {
    m_asked = targets();
    m_assignMenu->popup(m_owner->mapToGlobal(QPoint(m_owner->width() / 4, m_owner->height() / 6)));
}

void ListActions::fillAssignMenu() {
    m_assignMenu->clear();
    const auto each = [this, ids = m_asked](const auto &what, const QString &words) {
        for (const desk::ConversationId id : ids)
            what(id);
        const auto count = int(ids.size());
        tell(count == 1 ? words : tr("%1 (%n conversations)", nullptr, count).arg(words), {});
    };
    QAction *mine = m_assignMenu->addAction(tr("To me"));
    mine->setObjectName(QStringLiteral("assignToMe"));
    connect(mine, &QAction::triggered, this, [this, each] {
        each(
            [this](desk::ConversationId id) {
                m_desk.team.claim(id, desk::Team::usualClaim, desk::ClaimMode::IfFree);
            },
            tr("Claimed what was free"));
    });
    for (const desk::TeamMember &member : m_desk.team.members()) {
        if (member.name == m_desk.team.name())
            continue;
        QAction *assign = m_assignMenu->addAction(listMenuWords(member.name));
        connect(assign, &QAction::triggered, this, [this, each, name = member.name] {
            each([&](desk::ConversationId id) { m_desk.team.assign(id, name, desk::Team::usualClaim); },
                 tr("Assigned to %1").arg(style::isolated(name)));
        });
    }
    m_assignMenu->addSeparator();
    QAction *free = m_assignMenu->addAction(tr("To nobody"));
    free->setObjectName(QStringLiteral("assignToNobody"));
    connect(free, &QAction::triggered, this, [this, each] {
        each([this](desk::ConversationId id) { m_desk.team.release(id); }, tr("Released"));
    });
}

} // namespace longcode::inbox
