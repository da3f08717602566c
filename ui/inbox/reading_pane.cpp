#include "inbox/reading_pane.h"

#include "inbox/conversation_view.h"
#include "inbox/day_jump.h"
#include "inbox/find_bar.h"
#include "inbox/message_dialog.h"

#include <QAction>
#include <QVBoxLayout>

namespace longcode::inbox {

ReadingPane::ReadingPane(const ReadingDesk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_find(new FindBar(desk.search, this))
    , m_view(new ConversationView(desk.inbox, desk.clock, this))
    , m_days(new DayJump(this)) {
    setObjectName(QStringLiteral("readingPane"));
    setFocusProxy(m_view);
    m_view->setDiagnoses(desk.diagnoses);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_find);
    column->addWidget(m_view, 1);
    connect(m_find, &FindBar::textChanged, this, &ReadingPane::mark);
    connect(m_find, &FindBar::ended, this, [this] {
        mark();
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_find, &FindBar::placeChosen, this,
            [this](desk::MessageRow message) { m_view->openAt(m_view->conversation(), message); });
    connect(m_view, &ConversationView::explanationRequested, this, &ReadingPane::explain);
    connect(m_days, &DayJump::dayChosen, this, &ReadingPane::goToFirstSince);
    makeActions();
}

QAction *ReadingPane::makeAction(const char *objectName, const QString &text, const QList<QKeySequence> &keys,
                                 void (ReadingPane::*what)()) {
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(objectName));
    action->setShortcuts(keys);
    action->setEnabled(false);
    connect(action, &QAction::triggered, this, what);
    addAction(action); // the key works without a menu
    m_actions << action;
    return action;
}

void ReadingPane::makeActions() {
    using Keys = QList<QKeySequence>;
    makeAction("findInConversationAction", tr("Find in the conversation"), Keys{QKeySequence::Find},
               &ReadingPane::find);
    makeAction("goToDayAction", tr("Go to a day…"), Keys{QKeySequence(Qt::CTRL | Qt::Key_G)},
               &ReadingPane::goToDay);
    makeAction("goToNewestAction", tr("Go to the newest message"),
               Keys{QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_End)}, &ReadingPane::goToNewest);
    makeAction("goToUnreadAction", tr("Go to the first unread message"),
               Keys{QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Home)}, &ReadingPane::goToFirstUnread);
    makeAction("messageDetailsAction", tr("Details and raw events of a message"),
               Keys{QKeySequence(Qt::Key_F8), QKeySequence(Qt::ALT | Qt::Key_Return)},
               &ReadingPane::showDetails);
    // The view has Ctrl+C itself, as every field does.
    QAction *copying =
        makeAction("copyMessagesAction", tr("Copy the selected messages"), Keys{}, &ReadingPane::copy);
    copying->setShortcut(QKeySequence::Copy);
    copying->setShortcutContext(Qt::WidgetShortcut);
    makeAction("copyMessageTextAction", tr("Copy without names and times"),
               Keys{QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, &ReadingPane::copyText);
    QAction *reply = makeAction("replyAction", tr("Reply"), Keys{QKeySequence(Qt::CTRL | Qt::Key_R)},
                                &ReadingPane::replyRequested);
    reply->setText(tr("Reply to the customer"));
}

void ReadingPane::open(desk::ConversationId id) {
    m_find->setConversation(id);
    m_view->open(id);
    for (QAction *action : std::as_const(m_actions))
        action->setEnabled(true);
}

void ReadingPane::openAt(desk::ConversationId id, desk::MessageRow message) {
    m_find->setConversation(id);
    m_view->openAt(id, message);
    for (QAction *action : std::as_const(m_actions))
        action->setEnabled(true);
}

void ReadingPane::setListSearch(const QString &words) {
    m_listSearch = words;
    mark();
}

void ReadingPane::mark() {
    m_view->setSearched(m_find->text().isEmpty() ? m_listSearch : m_find->text());
}

void ReadingPane::find() {
    m_find->begin(m_view->conversation());
    mark();
}

void ReadingPane::goToDay() {
    m_days->openOver(*m_view, m_view->atHand().data(desk::MessageDayRole).toDate(),
                     m_desk.clock.now().toLocalTime().date());
}

void ReadingPane::goToFirstSince(const QDate &day) {
    const desk::ConversationId id = m_view->conversation();
    const desk::MessageRow first = m_desk.inbox.firstSince(id, day.startOfDay(Qt::LocalTime));
    if (first.isValid())
        m_view->openAt(id, first);
    m_view->setFocus(Qt::OtherFocusReason);
}

void ReadingPane::goToNewest() {
    m_view->scrollToNewest();
}

void ReadingPane::goToFirstUnread() {
    const desk::MessageRow first = m_desk.inbox.firstUnread(m_view->conversation());
    if (first.isValid())
        m_view->openAt(m_view->conversation(), first);
}

void ReadingPane::showDetails() {
    const QModelIndex index = m_view->atHand();
    if (index.isValid())
        explain(index.data(desk::MessageRole).value<desk::Message>());
}

void ReadingPane::copy() {
    m_view->copySelected();
}

void ReadingPane::copyText() {
    m_view->copyTextOnly();
}

void ReadingPane::explain(const desk::Message &message) {
    const auto conversation = m_desk.inbox.conversation(
        message.conversation.isValid() ? message.conversation : m_view->conversation());
    if (!conversation || message.direction == desk::Direction::Note)
        return;
    auto *dialog = new MessageDialog(message, *conversation, m_desk.diagnoses, this);
    connect(dialog, &MessageDialog::actionChosen, this,
            [this, message](MessageAction action) { m_view->perform(action, message); });
    dialog->open();
}

} // namespace longcode::inbox
