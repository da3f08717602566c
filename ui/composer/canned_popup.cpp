#include "composer/canned_popup.h"

#include "composer/canned_delegate.h"
#include "composer/canned_model.h"
#include "desk/team.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace longcode::composer {

namespace {

constexpr int rowsShown = 6;
constexpr int widestPopup = 620;

} // namespace

CannedPopup::CannedPopup(desk::Team &team, QWidget *parent)
    : Panel(style::Fill::Surface, parent)
    , m_model(new CannedModel(team, this))
    , m_filter(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_empty(new QLabel(this)) {
    setObjectName(QStringLiteral("cannedPopup"));
    setAccessibleName(tr("Canned replies"));
    setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    setRadius(9);
    m_filter->setObjectName(QStringLiteral("cannedFilter"));
    m_filter->setAccessibleName(tr("Find a canned reply"));
    m_filter->setPlaceholderText(tr("Find a canned reply"));
    m_list->setObjectName(QStringLiteral("cannedList"));
    m_list->setAccessibleName(tr("Canned replies"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus); // the field keeps the keyboard and steers it
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_list->setItemDelegate(new CannedDelegate(m_list));
    m_list->setModel(m_model);
    m_empty->setObjectName(QStringLiteral("cannedEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty);
    column->addWidget(m_filter);
    m_filter->installEventFilter(this);
    parent->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &CannedPopup::applyFilter);
    connect(m_model, &QAbstractItemModel::modelReset, this, &CannedPopup::applyFilter);
    connect(m_list, &QListView::clicked, this, &CannedPopup::take);
    hide();
}

void CannedPopup::open(QWidget *anchor, const SenderTerms &terms, Opener opener) {
    m_anchor = anchor;
    m_opener = opener;
    m_open = true;
    m_model->setTerms(terms);
    m_filter->clear();
    applyFilter();
    place();
    show();
    raise();
    m_filter->setFocus(Qt::PopupFocusReason);
}

void CannedPopup::place() {
    if (!m_anchor)
        return;
    const bool empty = m_model->rowCount() == 0;
    const int row = empty ? 0 : m_list->sizeHintForRow(0);
    const int listHeight = empty ? 0 : qMin(rowsShown, m_model->rowCount()) * row + 2;
    m_list->setVisible(!empty);
    m_empty->setVisible(empty);
    const QPoint corner = m_anchor->mapTo(parentWidget(), QPoint(0, 0));
    const int wide = qMin(widestPopup, m_anchor->width());
    const int height =
        listHeight + (empty ? m_empty->heightForWidth(wide - 16) : 0) + m_filter->sizeHint().height() + 22;
    const int above = qMax(60, corner.y() - 16);
    const int x = isRightToLeft() ? corner.x() + m_anchor->width() - wide : corner.x();
    const int used = qMin(height, above);
    setGeometry(x, corner.y() - 8 - used, wide, used);
}

void CannedPopup::applyFilter() {
    m_model->setFilter(m_filter->text());
    m_empty->setText(
        m_filter->text().trimmed().isEmpty()
            ? tr("There are no canned replies yet. Those who may add them do so in the settings.")
            : tr("No canned reply contains these words."));
    if (m_model->rowCount() > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(0));
    // What a screen reader hears while the field keeps the keyboard.
    m_filter->setAccessibleDescription(m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
    if (m_open)
        place();
}

void CannedPopup::take() {
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    m_open = false;
    hide();
    Q_EMIT chosen(index.data(CannedReplyRole).value<desk::CannedReply>().text);
}

void CannedPopup::dismiss() {
    if (!m_open)
        return;
    m_open = false;
    hide();
    Q_EMIT left(m_opener == Opener::Slash ? u'/' + m_filter->text() : QString());
}

void CannedPopup::leaveByKey() {
    dismiss();
    if (m_anchor)
        m_anchor->setFocus(Qt::OtherFocusReason);
}

bool CannedPopup::filterKey(int key) {
    const int row = m_list->currentIndex().row();
    const int last = m_model->rowCount() - 1;
    switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (last >= 0)
            m_list->setCurrentIndex(m_model->index(qBound(0, row + (key == Qt::Key_Up ? -1 : 1), last)));
        m_filter->setAccessibleDescription(m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        take();
        return true;
    case Qt::Key_Escape:
        leaveByKey();
        return true;
    case Qt::Key_Backspace:
        if (!m_filter->text().isEmpty())
            return false;
        m_opener = Opener::Person; // it takes back the "/" too
        leaveByKey();
        return true;
    default:
        return false;
    }
}

bool CannedPopup::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_filter && m_open) {
        // A shortcut of the window must not take these first.
        if (event->type() == QEvent::ShortcutOverride &&
            static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
        if (event->type() == QEvent::KeyPress)
            return filterKey(static_cast<QKeyEvent *>(event)->key());
        if (event->type() == QEvent::FocusOut &&
            static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason &&
            static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
            dismiss();
    }
    if (watched == parentWidget() && m_open && event->type() == QEvent::Resize)
        place();
    return Panel::eventFilter(watched, event);
}

} // namespace longcode::composer
