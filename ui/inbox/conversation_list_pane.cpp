#include "inbox/conversation_list_pane.h"

#include "inbox/conversation_delegate.h"
#include "style/chip.h"
#include "style/flow_layout.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QAccessible>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QScopedValueRollback>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>
#include <chrono>

namespace longcode::inbox {

using namespace std::chrono_literals;

namespace {

/// Typing goes on for this long before the store is asked.
constexpr auto searchDelay = 120ms;
using desk::InboxFilter;
constexpr std::array filters{InboxFilter::Open,       InboxFilter::Unread, InboxFilter::Mine,
                             InboxFilter::Unassigned, InboxFilter::Failed, InboxFilter::Closed};
constexpr std::array filterNames{"filterOpen",       "filterUnread", "filterMine",
                                 "filterUnassigned", "filterFailed", "filterClosed"};

/// Filters that mean something only where there are colleagues.
bool isOfTeam(InboxFilter filter) {
    return filter == InboxFilter::Mine || filter == InboxFilter::Unassigned;
}

} // namespace

ConversationListPane::ConversationListPane(desk::Inbox &inbox, desk::Account &account, desk::Team &team,
                                           const Clock &clock, QWidget *parent)
    : Panel(style::Fill::Surface, parent), m_inbox(inbox), m_team(team) {
    setObjectName(QStringLiteral("conversationListPane"));
    setEdges(Qt::RightEdge);
    setMinimumWidth(240);
    makeList(account, clock);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addWidget(makeSearchRow());
    column->addWidget(makeFilterRow());
    auto *line = new Panel(style::Fill::Surface, this);
    line->setEdges(Qt::BottomEdge);
    line->setFixedHeight(1);
    column->addWidget(line);
    column->addWidget(m_stack, 1);
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchDelay);
    connect(&m_searchTimer, &QTimer::timeout, this, &ConversationListPane::applySearch);
    connect(&m_inbox, &desk::Inbox::countsChanged, this, &ConversationListPane::showCounts);
    connect(&m_team, &desk::Team::membersChanged, this, &ConversationListPane::showTeamFilters);
    connectModel();
    addShortcuts();
    showCounts();
    showTeamFilters();
    showWhetherEmpty();
}

QWidget *ConversationListPane::makeSearchRow() {
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(10, 10, 10, 0);
    layout->setSpacing(6);
    m_search = new QLineEdit(row);
    m_search->setObjectName(QStringLiteral("conversationSearch"));
    m_search->setAccessibleName(tr("Search conversations"));
    const QKeySequence key(tr("Ctrl+K", "search the conversations"));
    m_search->setPlaceholderText(tr("Search people, numbers, messages"));
    m_search->setToolTip(
        tr("Search people, numbers and messages (%1)").arg(key.toString(QKeySequence::NativeText)));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_searchTimer.start(); });
    layout->addWidget(m_search, 1);

    auto *begin = new QToolButton(row);
    begin->setObjectName(QStringLiteral("newConversation"));
    begin->setIcon(style::icon(style::IconName::NewMessage, style::IconTone::Accent));
    begin->setIconSize({20, 20});
    begin->setAccessibleName(tr("New conversation"));
    begin->setShortcut(QKeySequence::New);
    begin->setToolTip(
        tr("New conversation (%1)").arg(QKeySequence(QKeySequence::New).toString(QKeySequence::NativeText)));
    connect(begin, &QToolButton::clicked, this, &ConversationListPane::newConversationRequested);
    layout->addWidget(begin);
    return row;
}

QWidget *ConversationListPane::makeFilterRow() {
    auto *row = new QWidget(this);
    auto *layout = new style::FlowLayout(6, row);
    layout->setContentsMargins(10, 9, 10, 9);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    row->setSizePolicy(policy);
    m_filters = new QButtonGroup(this);
    const std::array words{tr("Open", "filter"),       tr("Unread", "filter"), tr("Mine", "filter"),
                           tr("Unassigned", "filter"), tr("Failed", "filter"), tr("Closed", "filter")};
    for (int i = 0; i < int(filters.size()); ++i) {
        auto *chip = new style::Chip(words[size_t(i)], row);
        chip->setObjectName(QLatin1String(filterNames[size_t(i)]));
        m_filters->addButton(chip, i);
        m_chips << chip;
        layout->addWidget(chip);
    }
    m_chips.front()->setChecked(true);
    connect(m_filters, &QButtonGroup::idClicked, this, &ConversationListPane::applyFilter);
    return row;
}

void ConversationListPane::makeList(desk::Account &account, const Clock &clock) {
    m_stack = new QStackedWidget(this);
    m_list = new QListView(m_stack);
    m_list->setObjectName(QStringLiteral("conversationList"));
    m_list->setAccessibleName(tr("Conversations"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAttribute(Qt::WA_Hover);
    m_list->viewport()->setBackgroundRole(QPalette::Window); // the surface of the pane
    m_list->setItemDelegate(new ConversationDelegate(
        clock,
        {.home = [&account] { return account.homeRegion(); },
         .isTeam = [this] { return m_team.isTeam(); },
         .isMentioned = [this](desk::ConversationId id) { return m_mentions.contains(id); }},
        m_list));
    m_list->setModel(&m_inbox.conversations());
    m_empty = new QLabel(m_stack);
    m_empty->setObjectName(QStringLiteral("conversationsEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setContentsMargins(28, 48, 28, 0);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) { choose(current); });
    connect(m_list, &QListView::clicked, this, &ConversationListPane::choose);
}

void ConversationListPane::connectModel() {
    QAbstractItemModel &model = m_inbox.conversations();
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_restoring = true; });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        m_restoring = false;
        restoreSelection();
        showWhetherEmpty();
    });
    // A current row that is taken away must not choose its neighbour.
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_restoring = true; });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_restoring = false;
        restoreSelection();
        showWhetherEmpty();
    });
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this] {
        restoreSelection();
        showWhetherEmpty();
    });
}

void ConversationListPane::addShortcuts() {
    auto *search = new QShortcut(QKeySequence(tr("Ctrl+K", "search the conversations")), this);
    connect(search, &QShortcut::activated, this, &ConversationListPane::focusSearch);
}

void ConversationListPane::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ConversationListPane::markMentioned(desk::ConversationId id) {
    m_mentions.insert(id);
    m_list->viewport()->update();
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(m_list, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void ConversationListPane::showTeamFilters() {
    const bool team = m_team.isTeam();
    for (int i = 0; i < m_chips.size(); ++i)
        m_chips.at(i)->setVisible(team || !isOfTeam(filters[size_t(i)]));
    if (!team && isOfTeam(filters[size_t(qMax(0, m_filters->checkedId()))]))
        m_chips.front()->click();
    m_list->viewport()->update();
}

void ConversationListPane::applyFilter(int id) {
    m_inbox.setFilter(filters[size_t(id)]);
}

void ConversationListPane::applySearch() {
    m_searchTimer.stop();
    m_inbox.setSearch(m_search->text());
    showWhetherEmpty();
}

void ConversationListPane::leaveSearch() {
    m_search->clear();
    applySearch();
    m_list->setFocus(Qt::OtherFocusReason);
}

bool ConversationListPane::eventFilter(QObject *watched, QEvent *event) {
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return Panel::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        leaveSearch();
        return true;
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        applySearch();
        m_list->setFocus(Qt::OtherFocusReason);
        if (m_list->model()->rowCount() > 0)
            m_list->setCurrentIndex(m_list->model()->index(0, 0));
        return true;
    default:
        return Panel::eventFilter(watched, event);
    }
}

void ConversationListPane::changeEvent(QEvent *event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_list)
        m_list->doItemsLayout();
}

void ConversationListPane::choose(const QModelIndex &index) {
    if (m_restoring || !index.isValid())
        return;
    const desk::ConversationId id{index.data(desk::ConversationIdRole).toLongLong()};
    if (id == m_selected)
        return;
    m_selected = id;
    m_mentions.remove(id);
    Q_EMIT conversationChosen(id);
}

void ConversationListPane::select(desk::ConversationId id) {
    m_selected = id;
    m_mentions.remove(id);
    restoreSelection();
    m_list->scrollTo(m_list->currentIndex());
}

void ConversationListPane::restoreSelection() {
    const QScopedValueRollback restoring(m_restoring, true);
    const QModelIndex current = m_list->currentIndex();
    if (current.isValid() && current.data(desk::ConversationIdRole).toLongLong() == m_selected.value)
        return;
    QAbstractItemModel &model = *m_list->model();
    const QModelIndexList found =
        m_selected.isValid() && model.rowCount() > 0
            ? model.match(model.index(0, 0), desk::ConversationIdRole, m_selected.value, 1, Qt::MatchExactly)
            : QModelIndexList();
    if (found.isEmpty())
        m_list->selectionModel()->clear();
    else
        m_list->setCurrentIndex(found.front());
}

void ConversationListPane::showCounts() {
    for (int i = 0; i < m_chips.size(); ++i)
        m_chips.at(i)->setCount(m_inbox.count(filters[size_t(i)]));
}

QString ConversationListPane::emptyWords() const {
    if (!m_search->text().trimmed().isEmpty())
        return tr("Nothing found. Try a part of a name, a few digits of the number, or a word of a message.");
    switch (filters[size_t(qMax(0, m_filters->checkedId()))]) {
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
    if (m_inbox.count(desk::InboxFilter::Closed) > 0)
        return tr("All conversations are closed.");
    return tr("No conversations yet. Start one with the pen above; answers from customers appear here.");
}

void ConversationListPane::showWhetherEmpty() {
    const bool empty = m_list->model()->rowCount() == 0;
    if (empty)
        m_empty->setText(emptyWords());
    m_stack->setCurrentIndex(empty ? 1 : 0);
}

} // namespace longcode::inbox
