#include "inbox/conversation_view.h"

#include "inbox/message_delegate.h"
#include "style/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

#include <chrono>
#include <optional>
#include <utility>

namespace longcode::inbox {

using namespace std::chrono_literals;

namespace {
/// How long the newest message must stay on screen to count as seen.
constexpr auto seenAfter = 400ms;
constexpr auto flashFor = 1600ms;
constexpr auto countdownStep = 1s;
} // namespace

ConversationView::ConversationView(desk::Inbox &inbox, const Clock &clock, QWidget *parent)
    : QListView(parent)
    , m_inbox(inbox)
    , m_ownDelegate(std::make_unique<MessageDelegate>(clock))
    , m_delegate(m_ownDelegate.get())
    , m_rows([this](int row) { return heightOf(row); })
    , m_newest(new QPushButton(this)) {
    setObjectName(QStringLiteral("conversationView"));
    setAccessibleName(tr("Messages"));
    setAccessibleDescription(
        tr("Arrow keys move between messages, the menu key shows what can be done with one."));
    setFrameShape(NoFrame);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setItemDelegate(m_delegate);
    m_seenTimer.setSingleShot(true);
    m_seenTimer.setInterval(seenAfter);
    connect(&m_seenTimer, &QTimer::timeout, this, &ConversationView::markReadIfSeen);
    m_fetchTimer.setSingleShot(true);
    m_fetchTimer.setInterval(0);
    connect(&m_fetchTimer, &QTimer::timeout, this, &ConversationView::fetchIfNear);
    m_flashTimer.setSingleShot(true);
    m_flashTimer.setInterval(flashFor);
    connect(&m_flashTimer, &QTimer::timeout, this, [this] {
        m_delegate->setFlash({});
        viewport()->update();
    });
    m_countdown.setInterval(countdownStep);
    connect(&m_countdown, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    m_delegate->setSelection(&m_text);
    prepareDragging();
    buildNewestButton();
}

ConversationView::~ConversationView() {
    keepPlace();
    ConversationView::setModel(nullptr); // the messages go before the view does
}

void ConversationView::setMessageDelegate(MessageDelegate *delegate) {
    m_delegate = delegate;
    m_delegate->setSelection(&m_text);
    setItemDelegate(delegate);
    doItemsLayout();
}

void ConversationView::setReader(const Reader &reader) {
    if (m_delegate->reader() == reader)
        return;
    m_delegate->setReader(reader);
    doItemsLayout();
    viewport()->update();
}

void ConversationView::setDiagnoses(const desk::Diagnoses &diagnoses) {
    m_diagnoses = &diagnoses;
    m_delegate->setDiagnose([&diagnoses](desk::MessageRow row) { return diagnoses.diagnose(row); });
    doItemsLayout();
}

void ConversationView::setSearched(const QString &words) {
    m_delegate->setSearched(words);
    viewport()->update();
}

void ConversationView::reset() {
    QAbstractItemView::reset();
    m_rows.reset(model() ? model()->rowCount(rootIndex()) : 0);
    m_lacksNewer = hasNewer();
    m_text.clear();
    m_delegate->setCurrentAction(-1);
    scheduleDelayedItemsLayout();
}

QStyleOptionViewItem ConversationView::optionFor(const QRect &rect) const {
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = rect;
    return option;
}

QStyleOptionViewItem ConversationView::optionFor(const QModelIndex &index, const QRect &rect) const {
    QStyleOptionViewItem option = optionFor(rect);
    option.state.setFlag(QStyle::State_Selected, selectionModel() && selectionModel()->isSelected(index));
    option.state.setFlag(QStyle::State_HasFocus, hasFocus() && index == currentIndex());
    option.state.setFlag(QStyle::State_Active, isActiveWindow());
    return option;
}

int ConversationView::heightOf(int row) const {
    const QModelIndex index = model()->index(row, 0, rootIndex());
    const QStyleOptionViewItem option = optionFor(QRect(0, 0, viewport()->width(), 0));
    return qMax(1, m_delegate->sizeHint(option, index).height());
}

void ConversationView::doItemsLayout() {
    QAbstractItemView::doItemsLayout(); // ends a posted layout, calls updateGeometries()
}

void ConversationView::updateGeometries() {
    if (!isVisible() || !model())
        return; // showEvent() makes up for it
    m_rows.setViewHeight(viewport()->height());
    if (m_goal.isValid())
        goTo(std::exchange(m_goal, {}), m_goalPlace);
    m_rows.layOut();
    syncScrollBar();
    placeNewestButton();
    noteWhatIsSeen();
    m_fetchTimer.start();
    if (m_delegate->hasCountdown() && !m_countdown.isActive())
        m_countdown.start();
    else if (!m_delegate->hasCountdown())
        m_countdown.stop();
}

namespace {

/// How far down what is on screen in both has moved; nothing when it has not moved as one, or none of it has
/// stayed.
std::optional<int> movedBy(const QList<RowWindow::Placed> &before, const RowWindow &after) {
    std::optional<int> moved;
    for (const RowWindow::Placed &row : before) {
        const RowWindow::Placed *now = after.find(row.row);
        if (!now)
            continue;
        if (now->height != row.height || (moved && *moved != now->top - row.top))
            return std::nullopt;
        moved = now->top - row.top;
    }
    return moved;
}

} // namespace

// Pixels that are there already are moved, and only what comes into view is painted.
void ConversationView::scrollByPixels(int pixels) {
    const QList<RowWindow::Placed> before = m_rows.placed();
    m_rows.scrollBy(pixels);
    updateGeometries();
    const auto moved = movedBy(before, m_rows);
    if (!moved) {
        viewport()->update();
    } else if (*moved != 0) {
        // Qt moves no pixels of a rectangle that another widget covers.
        QRect free = viewport()->rect();
        if (m_newest->isVisible())
            free.setBottom(m_newest->geometry().top() - viewport()->geometry().top() - 1);
        viewport()->scroll(0, *moved, free);
        viewport()->update(QRegion(viewport()->rect()) - free);
    }
}

void ConversationView::syncScrollBar() {
    m_syncing = true;
    const int maximum = m_rows.scrollMaximum();
    const int page = qMax(1, int(m_rows.placed().size())) * RowWindow::unitsPerRow;
    verticalScrollBar()->setRange(0, maximum);
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(RowWindow::unitsPerRow / 2);
    verticalScrollBar()->setValue(m_rows.scrollValue());
    m_syncing = false;
}

void ConversationView::scrollContentsBy(int, int) {
    if (m_syncing || !model())
        return;
    m_rows.setScrollValue(verticalScrollBar()->value(), verticalScrollBar()->maximum());
    doItemsLayout();
}

void ConversationView::verticalScrollbarValueChanged(int) {
    // The base class would fetch more rows at the *lower* end.
}

void ConversationView::resizeEvent(QResizeEvent *event) {
    QAbstractScrollArea::resizeEvent(event);
    updateGeometries();
    viewport()->update();
}

void ConversationView::showEvent(QShowEvent *event) {
    QListView::showEvent(event);
    doItemsLayout();
}

void ConversationView::changeEvent(QEvent *event) {
    QListView::changeEvent(event);
    switch (event->type()) {
    case QEvent::StyleChange:
    case QEvent::FontChange:
    case QEvent::LanguageChange:
    case QEvent::LocaleChange:
    case QEvent::LayoutDirectionChange:
        m_delegate->styleChanged();
        scheduleDelayedItemsLayout();
        break;
    case QEvent::ActivationChange:
        noteWhatIsSeen();
        break;
    default:
        break;
    }
}

QRect ConversationView::visualRect(const QModelIndex &index) const {
    if (!index.isValid())
        return {};
    const RowWindow::Placed *row = m_rows.find(index.row());
    return row ? QRect(0, row->top, viewport()->width(), row->height) : QRect();
}

QModelIndex ConversationView::indexAt(const QPoint &point) const {
    const int row = model() ? m_rows.rowAt(point.y()) : -1;
    return row < 0 ? QModelIndex() : model()->index(row, 0, rootIndex());
}

void ConversationView::scrollTo(const QModelIndex &index, ScrollHint) {
    if (!index.isValid() || !isVisible())
        return;
    m_rows.show(index.row());
    doItemsLayout();
}

std::pair<int, int> ConversationView::visibleRows() const {
    const auto &rows = m_rows.placed();
    return rows.isEmpty() ? std::pair(-1, -1) : std::pair(rows.front().row, rows.back().row);
}

void ConversationView::rowsInserted(const QModelIndex &parent, int start, int end) {
    if (parent != rootIndex())
        return;
    const bool atEnd = start == m_rows.rowCount() && start > 0;
    const bool wereMissing = std::exchange(m_lacksNewer, hasNewer());
    if (atEnd && wereMissing)
        m_rows.release(); // they come below what is on screen
    m_rows.rowsInserted(start, end - start + 1);
    if (atEnd && !wereMissing) {
        const QModelIndex last = model()->index(end, 0, rootIndex());
        const auto message = last.data(desk::MessageRole).value<desk::Message>();
        const bool ownWords = message.author.isEmpty() || message.author == m_delegate->reader().name;
        if (message.direction != desk::Direction::Inbound && ownWords)
            m_rows.stickToBottom(); // a person who writes wants to see it
    }
    announceInserted(start, end);
    scheduleDelayedItemsLayout();
}

void ConversationView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) {
    QAbstractItemView::rowsAboutToBeRemoved(parent, start, end);
    if (parent != rootIndex())
        return;
    m_rows.rowsRemoved(start, end - start + 1);
    scheduleDelayedItemsLayout();
}

void ConversationView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                                   const QList<int> &) {
    bool moved = false;
    for (const RowWindow::Placed &placed : m_rows.placed()) {
        if (placed.row < topLeft.row() || placed.row > bottomRight.row())
            continue;
        moved = moved || heightOf(placed.row) != placed.height;
        viewport()->update(0, placed.top, viewport()->width(), placed.height);
    }
    if (moved)
        scheduleDelayedItemsLayout();
}

void ConversationView::noteWhatIsSeen() {
    const bool seesNewest =
        visibleRows().second >= 0 && visibleRows().second == m_rows.rowCount() - 1 && !hasNewer();
    if (!m_conversation.isValid() || !seesNewest || !isVisible() || !isActiveWindow())
        m_seenTimer.stop();
    else if (!m_seenTimer.isActive())
        m_seenTimer.start();
}

void ConversationView::markReadIfSeen() {
    const auto conversation = m_inbox.conversation(m_conversation);
    if (conversation && conversation->unread > 0)
        m_inbox.markRead(m_conversation);
}

void ConversationView::paintEvent(QPaintEvent *event) {
    executeDelayedItemsLayout();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), style::tokensFor(this).window);
    if (m_rows.placed().isEmpty())
        paintEmptyWords(painter);
    for (const RowWindow::Placed &row : m_rows.placed()) {
        if (row.top <= event->rect().bottom() && row.bottom() > event->rect().top())
            paintRow(painter, row);
    }
}

void ConversationView::paintRow(QPainter &painter, const RowWindow::Placed &row) {
    const QModelIndex index = model()->index(row.row, 0, rootIndex());
    const QRect rect(0, row.top, viewport()->width(), row.height);
    m_delegate->paint(&painter, optionFor(index, rect), index);
}

QString ConversationView::emptyWords() const {
    if (!model())
        return tr("Choose a conversation on the left, or start a new one.");
    return tr("Nothing has been said yet. Write the first message below.");
}

void ConversationView::paintEmptyWords(QPainter &painter) {
    painter.setPen(style::tokensFor(this).muted);
    painter.drawText(viewport()->rect().adjusted(40, 0, -40, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     emptyWords());
}

} // namespace longcode::inbox
