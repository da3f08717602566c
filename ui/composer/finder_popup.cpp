#include "composer/finder_popup.h"

#include "style/elided_label.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace longcode::composer {

FinderPopup::FinderPopup(const QString &name, QWidget *parent)
    : Panel(style::Fill::Surface, parent)
    , m_filter(new QLineEdit(this))
    , m_groups(new QComboBox(this))
    , m_list(new QListView(this))
    , m_empty(new QLabel(this))
    , m_footer(new style::ElidedLabel(style::TextSize::Small, style::TextTone::Muted, this)) {
    setObjectName(name + QStringLiteral("Popup"));
    setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    setRadius(9);
    build(name);
    m_filter->installEventFilter(this);
    parent->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &FinderPopup::refilter);
    connect(m_groups, &QComboBox::currentIndexChanged, this, &FinderPopup::refilter);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { take(index); });
    hide();
}

void FinderPopup::build(const QString &name) {
    m_filter->setObjectName(name + QStringLiteral("Filter"));
    m_groups->setObjectName(name + QStringLiteral("Groups"));
    m_groups->setFocusPolicy(Qt::NoFocus); // Ctrl+Page Up and Down reach it from the field
    m_groups->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_groups->setMinimumContentsLength(14);
    m_list->setObjectName(name + QStringLiteral("List"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus); // the field keeps the keyboard and steers it
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_empty->setObjectName(name + QStringLiteral("Empty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_footer->setObjectName(name + QStringLiteral("Footer"));
    m_footer->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty);
    column->addWidget(m_footer);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_filter, 1);
    row->addWidget(m_groups);
    column->addLayout(row);
}

void FinderPopup::setModel(QAbstractItemModel *model) {
    m_list->setModel(model);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        tellCurrent();
        currentChanged();
    });
}

void FinderPopup::setGroups(const QString &all, const QStringList &groups) {
    const QString kept = group();
    const QSignalBlocker quiet(m_groups);
    m_groups->clear();
    m_groups->addItem(all, QString());
    for (const QString &one : groups)
        m_groups->addItem(one, one);
    m_groups->setCurrentIndex(qMax(0, m_groups->findData(kept)));
    m_groups->setVisible(!groups.isEmpty());
}

QString FinderPopup::group() const {
    return m_groups->currentData().toString();
}

QString FinderPopup::filterText() const {
    return m_filter->text();
}

void FinderPopup::openAbove(QWidget *anchor) {
    m_anchor = anchor;
    m_open = true;
    const QSignalBlocker quiet(m_groups);
    m_groups->setCurrentIndex(0);
    m_filter->clear();
    refilter();
    place();
    show();
    raise();
    m_filter->setFocus(Qt::PopupFocusReason);
}

void FinderPopup::place() {
    if (!m_anchor)
        return;
    const bool empty = !m_list->model() || m_list->model()->rowCount() == 0;
    m_list->setVisible(!empty);
    m_empty->setVisible(empty);
    const QPoint corner = m_anchor->mapTo(parentWidget(), QPoint(0, 0));
    const int wide = qMin(widest(), m_anchor->width());
    int height = m_filter->sizeHint().height() + 22;
    height += empty ? m_empty->heightForWidth(wide - 16) : listHeight();
    if (!m_footer->isHidden())
        height += m_footer->sizeHint().height() + 6;
    const int above = qMax(60, corner.y() - 16);
    const int x = isRightToLeft() ? corner.x() + m_anchor->width() - wide : corner.x();
    const int used = qMin(height, above);
    setGeometry(x, corner.y() - 8 - used, wide, used);
}

void FinderPopup::refilter() {
    narrow();
    m_empty->setText(emptyWords());
    if (m_list->model() && m_list->model()->rowCount() > 0 && !m_list->currentIndex().isValid())
        select(0);
    tellCurrent();
    currentChanged();
    if (m_open)
        place();
}

/// What a screen reader hears while the field keeps the keyboard.
void FinderPopup::tellCurrent() {
    m_filter->setAccessibleDescription(m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
}

void FinderPopup::select(int row) {
    const int count = m_list->model() ? m_list->model()->rowCount() : 0;
    if (count > 0)
        m_list->setCurrentIndex(m_list->model()->index(qBound(0, row, count - 1), 0));
}

int FinderPopup::currentRow() const {
    return m_list->currentIndex().row();
}

void FinderPopup::closeQuietly() {
    m_open = false;
    hide();
}

void FinderPopup::dismiss() {
    if (!m_open)
        return;
    closeQuietly();
    leave();
}

void FinderPopup::backToAnchor() {
    if (m_anchor)
        m_anchor->setFocus(Qt::OtherFocusReason);
}

bool FinderPopup::ownKey(int) {
    return false;
}

bool FinderPopup::changesGroup(int key, Qt::KeyboardModifiers held) {
    if (!(held & Qt::ControlModifier) || (key != Qt::Key_PageUp && key != Qt::Key_PageDown))
        return false;
    const int next = m_groups->currentIndex() + (key == Qt::Key_PageUp ? -1 : 1);
    m_groups->setCurrentIndex(qBound(0, next, m_groups->count() - 1));
    return true;
}

bool FinderPopup::filterKey(int key, Qt::KeyboardModifiers held) {
    if (changesGroup(key, held) || ownKey(key))
        return true;
    switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        select(currentRow() + (key == Qt::Key_Up ? -1 : 1));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        if (m_list->currentIndex().isValid())
            take(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        dismiss();
        backToAnchor();
        return true;
    default:
        return false;
    }
}

bool FinderPopup::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_filter && m_open) {
        // A shortcut of the window must not take these first.
        if (event->type() == QEvent::ShortcutOverride &&
            static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
        if (event->type() == QEvent::KeyPress) {
            const auto *key = static_cast<QKeyEvent *>(event);
            return filterKey(key->key(), key->modifiers());
        }
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
