#include "inbox/conversation_list_pane.h"

#include "inbox/bulk_bar.h"
#include "inbox/conversation_delegate.h"
#include "inbox/conversation_list.h"
#include "inbox/conversation_words.h"
#include "inbox/filter_bar.h"
#include "inbox/list_actions.h"
#include "inbox/scheduled_times.h"
#include "inbox/search_box.h"
#include "inbox/search_results.h"
#include "style/banner.h"

#include <QAccessible>
#include <QAction>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

namespace longcode::inbox {

using namespace std::chrono_literals;

namespace {

/// Typing goes on for this long before the store is asked.
constexpr auto searchDelay = 40ms;
constexpr auto minute = 60s;
/// What was done can be taken back from its notice for so long.
constexpr auto noticeShownFor = 12s;
enum Shown : quint8 { ShownList, ShownEmpty, ShownResults };

} // namespace

ConversationListPane::ConversationListPane(const ListDesk &desk, QWidget *parent)
    : Panel(style::Fill::Surface, parent)
    , m_desk(desk)
    , m_scheduled(new ScheduledTimes(desk.schedule, this))
    , m_box(new SearchBox(desk.account, this))
    , m_filters(new FilterBar(desk.inbox, desk.account, desk.team, this))
    , m_notice(new style::Banner(style::BannerTone::Note, this))
    , m_stack(new QStackedWidget(this))
    , m_list(new ConversationList(m_stack))
    , m_empty(new QLabel(m_stack))
    , m_results(new SearchResults(desk.search, desk.clock, m_stack)) {
    setObjectName(QStringLiteral("conversationListPane"));
    setEdges(Qt::RightEdge);
    setMinimumWidth(240);
    makeList();
    addActions();
    m_bulk = new BulkBar(*m_actions, this);
    connect(m_bulk, &BulkBar::clearRequested, m_list, &ConversationList::selectOnlyChosen);
    makeSearch();
    makeNotice();
    buildColumn();
    m_minuteTimer.setInterval(minute);
    connect(&m_minuteTimer, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    m_minuteTimer.start(); // "waiting 12 min"
    showSelectedCount(0);
    showWhetherEmpty();
}

void ConversationListPane::buildColumn() {
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addWidget(m_box);
    column->addWidget(m_filters);
    auto *line = new Panel(style::Fill::Surface, this);
    line->setEdges(Qt::BottomEdge);
    line->setFixedHeight(1);
    column->addWidget(line);
    column->addWidget(m_bulk);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_results);
}

void ConversationListPane::makeSearch() {
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchDelay);
    connect(&m_searchTimer, &QTimer::timeout, this, &ConversationListPane::startSearch);
    connect(m_box, &SearchBox::queryChanged, this, [this] { m_searchTimer.start(); });
    connect(m_box, &SearchBox::leaveRequested, this, &ConversationListPane::leaveSearch);
    connect(m_box, &SearchBox::downPressed, this, &ConversationListPane::enterResults);
    connect(m_box, &SearchBox::enterPressed, this, &ConversationListPane::openFirst);
    connect(m_box, &SearchBox::newConversationRequested, this,
            &ConversationListPane::newConversationRequested);
    connect(m_results, &SearchResults::leaveRequested, this, &ConversationListPane::leaveSearch);
    connect(m_results, &SearchResults::hitChosen, this, &ConversationListPane::showHit);
    const QAbstractItemModel &hits = m_desk.search.hits();
    connect(&hits, &QAbstractItemModel::modelReset, this, &ConversationListPane::enableSteps);
    connect(&hits, &QAbstractItemModel::rowsInserted, this, &ConversationListPane::enableSteps);
    connect(&hits, &QAbstractItemModel::rowsRemoved, this, &ConversationListPane::enableSteps);
}

void ConversationListPane::makeList() {
    m_list->setItemDelegate(new ConversationDelegate(
        m_desk.clock,
        {.home = [this] { return m_desk.account.homeRegion(); },
         .isTeam = [this] { return m_desk.team.isTeam(); },
         .isMentioned = [this](desk::ConversationId id) { return m_mentions.contains(id); },
         .scheduledAt = [this](desk::ConversationId id) { return m_scheduled->next(id); }},
        m_list));
    m_list->setModel(&m_desk.inbox.conversations());
    m_empty->setObjectName(QStringLiteral("conversationsEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setContentsMargins(28, 48, 28, 0);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    connect(m_list, &ConversationList::conversationChosen, this, [this](desk::ConversationId id) {
        m_mentions.remove(id);
        m_actions->refresh();
        Q_EMIT conversationChosen(id);
    });
    connect(m_list, &QListView::activated, this, &ConversationListPane::replyRequested);
    connect(m_list, &ConversationList::selectedCountChanged, this, &ConversationListPane::showSelectedCount);
    connect(m_scheduled, &ScheduledTimes::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(m_filters, &FilterBar::filterChosen, this, [this](desk::InboxFilter filter) {
        m_desk.inbox.setFilter(filter);
        showWhetherEmpty();
    });
    connect(&m_desk.team, &desk::Team::membersChanged, this, [this] {
        m_actions->refresh();
        m_list->viewport()->update();
    });
    m_refreshTimer.setSingleShot(true); // many changes at once are one
    m_refreshTimer.setInterval(0);
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] { m_actions->refresh(); });
    connect(&m_desk.inbox, &desk::Inbox::conversationChanged, this, [this](desk::ConversationId id) {
        if (m_list->selectedCount() > 0 || id == m_list->chosen())
            m_refreshTimer.start();
    });
    const QAbstractItemModel &model = m_desk.inbox.conversations();
    connect(&model, &QAbstractItemModel::modelReset, this, &ConversationListPane::showWhetherEmpty);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &ConversationListPane::showWhetherEmpty);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &ConversationListPane::showWhetherEmpty);
}

void ConversationListPane::makeNotice() {
    m_notice->setObjectName(QStringLiteral("listNotice"));
    m_notice->setIcon(style::IconName::Check);
    QPushButton *undo = m_notice->addAction(tr("Undo"));
    undo->setObjectName(QStringLiteral("listNoticeUndo"));
    QAction *undoing = m_actions->undoing();
    connect(undo, &QPushButton::clicked, undoing, &QAction::trigger);
    connect(undoing, &QAction::changed, undo, [undo, undoing] { undo->setVisible(undoing->isEnabled()); });
    undo->setVisible(undoing->isEnabled());
    connect(m_actions, &ListActions::done, this, &ConversationListPane::say);
    connect(m_actions, &ListActions::undone, m_notice, &QWidget::hide);
    connect(&m_desk.triage, &desk::Triage::failed, this, [this](const Failure &why) {
        m_actions->forgetLast();
        m_notice->setIcon(style::IconName::Warning);
        m_notice->setText(failureWords(why));
        showNotice();
    });
    m_noticeTimer.setSingleShot(true);
    m_noticeTimer.setInterval(noticeShownFor);
    connect(&m_noticeTimer, &QTimer::timeout, m_notice, &QWidget::hide);
    m_notice->hide();
}

void ConversationListPane::say(const QString &words) {
    m_notice->setIcon(style::IconName::Check);
    m_notice->setText(words);
    showNotice();
}

void ConversationListPane::showNotice() {
    m_notice->show();
    m_noticeTimer.start();
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(m_notice, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QAction *ConversationListPane::makeAction(const char *objectName, const QString &text,
                                          const QKeySequence &key, void (ConversationListPane::*what)()) {
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(objectName));
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, what);
    addAction(action); // the key works without a menu
    m_ownActions << action;
    return action;
}

void ConversationListPane::addActions() {
    m_actions = new ListActions(
        {m_desk.inbox, m_desk.triage, m_desk.team, m_desk.clock}, [this] { return m_list->targets(); }, this);
    const QKeySequence searchKey(Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    makeAction("listSearchAction", tr("Search everything"), searchKey, &ConversationListPane::focusSearch);
    m_box->setKeyHint(searchKey);
    makeAction("listNarrowAction", tr("Narrow the search…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L),
               &ConversationListPane::narrowSearch);
    m_nextHit = makeAction("nextHitAction", tr("Next result of the search"), QKeySequence(Qt::Key_F3),
                           &ConversationListPane::nextHit);
    m_previousHit = makeAction("previousHitAction", tr("Previous result of the search"),
                               QKeySequence(Qt::SHIFT | Qt::Key_F3), &ConversationListPane::previousHit);
    m_nextHit->setEnabled(false);
    m_previousHit->setEnabled(false);
    makeAction("listSelectAllAction", tr("Select all conversations of the list"),
               QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_A), &ConversationListPane::selectAll);
}

QList<QAction *> ConversationListPane::actions() const {
    return m_actions->all() + m_ownActions;
}

void ConversationListPane::contextMenuEvent(QContextMenuEvent *event) {
    const QPoint inList = m_list->viewport()->mapFromGlobal(event->globalPos());
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    if (m_stack->currentIndex() != ShownList || m_list->targets().isEmpty() ||
        !(byKey ? m_list->hasFocus() : m_list->viewport()->rect().contains(inList)))
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("listMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->holdTargetsFor(*menu);
    m_actions->refresh();
    menu->addActions(m_actions->all());
    connect(menu, &QMenu::aboutToHide, &m_refreshTimer, qOverload<>(&QTimer::start));
    const QPoint below = m_list->visualRect(m_list->currentIndex()).center();
    menu->popup(byKey ? m_list->viewport()->mapToGlobal(below) : event->globalPos());
}

void ConversationListPane::showSelectedCount(int count) {
    m_bulk->setCount(count);
    m_actions->refresh();
}

void ConversationListPane::selectAll() {
    leaveSearch();
    m_list->selectAll();
}

void ConversationListPane::focusSearch() {
    m_box->focusText();
}

void ConversationListPane::narrowSearch() {
    m_box->openFilters();
}

void ConversationListPane::focusList() {
    if (m_stack->currentIndex() == ShownResults)
        m_results->enter();
    else
        m_list->setFocus(Qt::ShortcutFocusReason);
}

void ConversationListPane::markMentioned(desk::ConversationId id) {
    m_mentions.insert(id);
    m_list->viewport()->update();
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(m_list, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString ConversationListPane::searchedText() const {
    return m_box->query().text;
}

void ConversationListPane::startSearch() {
    m_searchTimer.stop();
    const desk::SearchQuery &query = m_box->query();
    const bool searches = !query.isEmpty();
    if (m_desk.search.query() != query)
        m_desk.search.start(query);
    m_filters->setVisible(!searches); // they narrow the list alone
    m_bulk->setCount(searches ? 0 : m_list->selectedCount());
    if (searches)
        m_stack->setCurrentIndex(ShownResults);
    else
        showWhetherEmpty();
    enableSteps();
    Q_EMIT searchedChanged(query.text);
}

void ConversationListPane::enableSteps() {
    const bool any = !m_box->query().isEmpty() && m_desk.search.hits().rowCount() > 0;
    m_nextHit->setEnabled(any);
    m_previousHit->setEnabled(any);
}

/// Back to the list, which is as it was.
void ConversationListPane::leaveSearch() {
    m_box->clear();
    startSearch();
    m_list->setFocus(Qt::OtherFocusReason);
}

void ConversationListPane::enterResults() {
    if (m_searchTimer.isActive())
        startSearch();
    focusList();
}

void ConversationListPane::openFirst() {
    if (m_searchTimer.isActive())
        startSearch();
    if (m_stack->currentIndex() == ShownResults)
        m_results->openCurrent();
    else
        focusList();
}

void ConversationListPane::nextHit() {
    m_results->step(1);
}

void ConversationListPane::previousHit() {
    m_results->step(-1);
}

void ConversationListPane::showHit(const desk::SearchHit &hit) {
    if (hit.kind == desk::HitKind::Text && hit.message.isValid())
        Q_EMIT messageChosen(hit.conversation, hit.message);
    else
        Q_EMIT conversationChosen(hit.conversation);
}

desk::ConversationId ConversationListPane::selected() const {
    return m_list->chosen();
}

void ConversationListPane::select(desk::ConversationId id) {
    m_mentions.remove(id);
    m_list->select(id);
    m_actions->refresh();
}

QString ConversationListPane::emptyWords() const {
    switch (m_filters->filter()) {
    case desk::InboxFilter::Unread:
        return tr("Everything has been read.");
    case desk::InboxFilter::Failed:
        return tr("No message has failed.");
    case desk::InboxFilter::Mine:
        return tr("You have claimed no conversation.");
    case desk::InboxFilter::Unassigned:
        return tr("Every open conversation is taken care of.");
    case desk::InboxFilter::Closed:
        return tr("No conversation is closed.");
    case desk::InboxFilter::Waiting:
        return tr("Every customer has an answer.");
    case desk::InboxFilter::Scheduled:
        return tr("No text waits for its time.");
    case desk::InboxFilter::OptedOut:
        return tr("Nobody has opted out.");
    case desk::InboxFilter::Snoozed:
        return tr("No conversation is snoozed.");
    case desk::InboxFilter::Open:
        break;
    }
    if (m_filters->ownNumber())
        return tr("No open conversation uses this number of yours.");
    if (m_desk.inbox.count(desk::InboxFilter::Closed) > 0)
        return tr("All conversations are closed.");
    return tr("No conversations yet. Start one with the pen above; answers from customers appear here.");
}

void ConversationListPane::showWhetherEmpty() {
    const bool empty = m_list->model()->rowCount() == 0;
    if (empty)
        m_empty->setText(emptyWords());
    if (m_box->query().isEmpty())
        m_stack->setCurrentIndex(empty ? ShownEmpty : ShownList);
}

} // namespace longcode::inbox
