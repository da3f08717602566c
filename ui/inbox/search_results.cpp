#include "inbox/search_results.h"

#include "inbox/conversation_words.h"
#include "inbox/hit_delegate.h"
#include "style/plain_text.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QScrollBar>

namespace longcode::inbox {

SearchResults::SearchResults(desk::Search &search, const Clock &clock, QWidget *parent)
    : QStackedWidget(parent), m_search(search), m_list(new QListView(this)), m_words(new QLabel(this)) {
    setObjectName(QStringLiteral("searchResults"));
    m_list->setObjectName(QStringLiteral("searchHits"));
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAttribute(Qt::WA_Hover);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_list->setItemDelegate(new HitDelegate(clock, m_list));
    m_list->setModel(&search.hits());
    m_list->installEventFilter(this);
    m_words->setObjectName(QStringLiteral("searchWords"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_words->setContentsMargins(28, 48, 28, 0);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    addWidget(m_list);
    addWidget(m_words);
    connect(m_list, &QListView::clicked, this, &SearchResults::open);
    connect(&search, &desk::Search::runningChanged, this, [this] {
        if (m_search.isRunning())
            m_trouble = {};
        showState();
    });
    connect(&search, &desk::Search::failed, this, [this](const Failure &why) {
        m_trouble = why;
        showState();
    });
    const QAbstractItemModel &hits = search.hits();
    connect(&hits, &QAbstractItemModel::modelReset, this, &SearchResults::showState);
    connect(&hits, &QAbstractItemModel::rowsInserted, this, &SearchResults::showState);
    connect(&hits, &QAbstractItemModel::rowsRemoved, this, &SearchResults::showState);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, &SearchResults::fetchMoreIfNear);
    showState();
}

/// QListView fetches at the very end only.
void SearchResults::fetchMoreIfNear() {
    const QScrollBar *bar = m_list->verticalScrollBar();
    if (bar->value() > bar->maximum() - 2 * bar->pageStep() && m_search.hits().canFetchMore({}))
        m_search.hits().fetchMore({});
}

void SearchResults::showState() {
    const bool empty = m_search.hits().rowCount() == 0;
    if (!m_trouble.what.isEmpty())
        m_words->setText(tr("The search did not work. %1").arg(failureWords(m_trouble)));
    else if (m_search.isRunning())
        m_words->setText(tr("Searching…"));
    else
        m_words->setText(tr("Nothing found. Try a part of a name, the last digits of the number, or the "
                            "beginning of a word. A filter below the search field may hide the rest."));
    setCurrentWidget(empty ? static_cast<QWidget *>(m_words) : m_list);
}

void SearchResults::open(const QModelIndex &index) {
    if (index.isValid())
        Q_EMIT hitChosen(index.data(desk::SearchHitRole).value<desk::SearchHit>());
}

void SearchResults::openCurrent() {
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_list->model()->index(0, 0));
    open(m_list->currentIndex());
}

void SearchResults::step(int by) {
    QAbstractItemModel &hits = m_search.hits();
    const int current = m_list->currentIndex().row();
    int next = current < 0 ? 0 : current + by;
    if (next >= hits.rowCount() && hits.canFetchMore({}))
        hits.fetchMore({});
    if (hits.rowCount() == 0)
        return;
    next = qBound(0, next, hits.rowCount() - 1);
    if (next == current)
        return;
    m_list->setCurrentIndex(hits.index(next, 0));
    open(m_list->currentIndex());
}

void SearchResults::enter() {
    m_list->setFocus(Qt::OtherFocusReason);
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_list->model()->index(0, 0));
}

bool SearchResults::eventFilter(QObject *watched, QEvent *event) {
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QStackedWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        Q_EMIT leaveRequested();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        openCurrent();
        return true;
    default:
        return QStackedWidget::eventFilter(watched, event);
    }
}

} // namespace longcode::inbox
