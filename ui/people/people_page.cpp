#include "people/people_page.h"

#include "people/contact_card.h"
#include "people/contact_delegate.h"
#include "settings/page_parts.h"
#include "style/banner.h"
#include "style/console_style.h"
#include "style/panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

namespace longcode::people {

namespace {

constexpr int listWidth = 340;
constexpr int widestCard = 640;
/// As long as one may type on before a search begins.
constexpr std::chrono::milliseconds searchPause{60};

} // namespace

PeoplePage::PeoplePage(desk::AddressBook &book, desk::Account &account, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_book(book)
    , m_account(account)
    , m_said(new style::Banner(style::BannerTone::Note, this))
    , m_trouble(new style::Banner(style::BannerTone::Danger, this)) {
    setObjectName(QStringLiteral("peoplePage"));
    buildActions();
    m_said->setObjectName(QStringLiteral("peopleSaid"));
    m_said->setIcon(style::IconName::Info);
    m_trouble->setObjectName(QStringLiteral("peopleTrouble"));
    for (style::Banner *banner : {m_said, m_trouble}) {
        QPushButton *dismiss = banner->addAction(tr("Dismiss"));
        dismiss->setObjectName(banner->objectName() + QStringLiteral("Dismiss"));
        connect(dismiss, &QPushButton::clicked, banner, &QWidget::hide);
        banner->hide();
    }
    auto *panes = new QHBoxLayout;
    panes->setContentsMargins(0, 0, 0, 0);
    panes->setSpacing(0);
    panes->addWidget(buildList());
    panes->addWidget(buildReader(clock), 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_trouble);
    column->addWidget(m_said);
    column->addLayout(panes, 1);
    setFocusProxy(m_search);
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchPause);
    connect(&m_searchTimer, &QTimer::timeout, this, [this] {
        m_book.setSearch(m_search->text());
        showEmptyWords();
    });
    connect(&m_book, &desk::AddressBook::changed, this, &PeoplePage::refresh);
    refresh();
}

QWidget *PeoplePage::buildList() {
    auto *pane = new style::Panel(style::Fill::Surface, this);
    pane->setEdges(Qt::RightEdge);
    pane->setFixedWidth(listWidth);
    m_search = new QLineEdit(pane);
    m_search->setObjectName(QStringLiteral("peopleSearch"));
    m_search->setAccessibleName(tr("Search contacts"));
    m_search->setPlaceholderText(tr("Search names and numbers"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(style::icon(style::IconName::Search, style::IconTone::Muted),
                        QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    auto *add = new QToolButton(pane);
    add->setObjectName(QStringLiteral("newContactButton"));
    add->setIcon(style::icon(style::IconName::Plus));
    add->setAccessibleName(tr("New contact"));
    add->setToolTip(tr("New contact"));
    m_more = new QToolButton(pane);
    m_more->setObjectName(QStringLiteral("peopleMoreButton"));
    m_more->setIcon(style::icon(style::IconName::More));
    m_more->setAccessibleName(tr("Import, export and more"));
    m_more->setToolTip(m_more->accessibleName());
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_more);
    menu->addActions(m_actions);
    m_more->setMenu(menu);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(10, 10, 10, 8);
    row->setSpacing(6);
    row->addWidget(m_search, 1);
    row->addWidget(add);
    row->addWidget(m_more);
    m_list = new QListView(pane);
    m_list->setObjectName(QStringLiteral("peopleList"));
    m_list->setAccessibleName(tr("Contacts"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setItemDelegate(new ContactDelegate([this] { return m_account.homeRegion(); }, m_list));
    m_list->viewport()->setAutoFillBackground(false); // the pane's colour
    m_list->setModel(&m_book.contacts());
    m_list->installEventFilter(this);
    m_count = settings::mutedText({}, pane);
    m_count->setObjectName(QStringLiteral("peopleCount"));
    m_count->setContentsMargins(12, 6, 12, 8);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_list, 1);
    column->addWidget(m_count);
    connect(m_search, &QLineEdit::textChanged, &m_searchTimer, qOverload<>(&QTimer::start));
    connect(add, &QToolButton::clicked, this, &PeoplePage::newContact);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &PeoplePage::choose);
    return pane;
}

QWidget *PeoplePage::buildReader(const Clock &clock) {
    m_reader = new QStackedWidget(this);
    auto *invitation = new style::Panel(style::Fill::Window, m_reader);
    m_empty = settings::mutedText({}, invitation);
    m_empty->setObjectName(QStringLiteral("peopleEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    auto *bring = new QPushButton(tr("Import contacts…"), invitation);
    bring->setObjectName(QStringLiteral("importContactsButton"));
    connect(bring, &QPushButton::clicked, this, &PeoplePage::importFile);
    auto *column = new QVBoxLayout(invitation);
    column->addStretch(2);
    column->addWidget(m_empty);
    column->addSpacing(8);
    column->addWidget(bring, 0, Qt::AlignHCenter);
    column->addStretch(3);
    auto *scroll = new QScrollArea(m_reader);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *ground = new style::Panel(style::Fill::Window, scroll);
    m_card = new ContactCard(clock, ground);
    m_card->setMaximumWidth(widestCard);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(m_card, 10);
    middle->addStretch(1);
    auto *groundColumn = new QVBoxLayout(ground);
    groundColumn->setContentsMargins(24, 24, 24, 24);
    groundColumn->addLayout(middle);
    groundColumn->addStretch(1);
    scroll->setWidget(ground);
    m_reader->addWidget(invitation);
    m_reader->addWidget(scroll);
    connect(m_card, &ContactCard::editRequested, this, qOverload<>(&PeoplePage::edit));
    connect(m_card, &ContactCard::removeRequested, this, &PeoplePage::remove);
    connect(m_card, &ContactCard::textRequested, this, &PeoplePage::textRequested);
    return m_reader;
}

bool PeoplePage::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (watched == m_search && (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter)) {
        m_list->setFocus(Qt::TabFocusReason);
        if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_list->model()->index(0, 0));
        return true;
    }
    if (watched == m_search && key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    if (watched == m_list && (key == Qt::Key_Return || key == Qt::Key_Enter) && m_edit->isEnabled()) {
        edit();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void PeoplePage::choose(const QModelIndex &index) {
    if (!index.isValid())
        return;
    const auto contact = index.data(desk::ContactRole).value<contacts::Contact>();
    openContact(contact.id);
}

void PeoplePage::openContact(const contacts::ContactId &id) {
    const std::optional<contacts::Contact> contact = m_book.contact(id);
    m_current = contact ? id : contacts::ContactId();
    if (contact)
        m_card->setContact(*contact, m_account.homeRegion());
    m_reader->setCurrentIndex(contact ? 1 : 0);
    m_edit->setEnabled(contact.has_value());
    m_remove->setEnabled(contact.has_value());
    selectInList();
}

void PeoplePage::selectInList() {
    const auto idAt = [this](const QModelIndex &index) {
        return index.data(desk::ContactRole).value<contacts::Contact>().id;
    };
    if (m_current.isEmpty()) {
        m_list->clearSelection();
        return;
    }
    if (m_list->currentIndex().isValid() && idAt(m_list->currentIndex()) == m_current)
        return;
    const QAbstractItemModel *model = m_list->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        if (idAt(index) == m_current) {
            const QSignalBlocker quiet(m_list->selectionModel());
            m_list->setCurrentIndex(index);
            m_list->viewport()->update();
            return;
        }
    }
    m_list->clearSelection(); // what is searched for does not hold it
}

void PeoplePage::refresh() {
    openContact(m_current);
    showEmptyWords();
    const QString undoable = m_book.undoable();
    m_undo->setEnabled(!undoable.isEmpty());
    m_undo->setText(undoable.isEmpty() ? tr("&Undo the last import or merge")
                                       : tr("&Undo: %1").arg(undoable));
}

void PeoplePage::showEmptyWords() {
    const int all = m_book.count();
    const int listed = m_list->model()->rowCount();
    const QLocale locale;
    m_count->setText(m_search->text().trimmed().isEmpty() || listed == all
                         ? tr("%n contacts", nullptr, all)
                         : tr("%1 of %2 contacts").arg(locale.toString(listed), locale.toString(all)));
    m_empty->setText(all == 0 ? tr("No contacts yet. Add one, or bring a CSV or vCard file.")
                              : tr("Choose a contact to read it."));
}

void PeoplePage::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

} // namespace longcode::people
