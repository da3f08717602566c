#include "palette/command_palette.h"

#include "palette/entry_delegate.h"
#include "palette/palette_model.h"
#include "settings/page_parts.h"
#include "style/icons.h"
#include "style/panel.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

#include <chrono>

namespace longcode::palette {

namespace {

constexpr QSize usualSize(600, 420);
constexpr int fromTop = 72;
constexpr std::chrono::milliseconds searchPause{70};

} // namespace

CommandPalette::CommandPalette(const QList<Command> &commands, const QStringList &recent,
                               desk::Search *search, QWidget *parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint)
    , m_search(search)
    , m_model(new PaletteModel(this))
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_nothing(settings::mutedText(tr("Nothing fits. Try other words."), this)) {
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    build();
    m_model->setCommands(commands, recent);
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchPause);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::typed);
    connect(m_list, &QListView::clicked, this, &CommandPalette::choose);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CommandPalette::saySelected);
    if (m_search) {
        m_before = m_search->query();
        connect(&m_searchTimer, &QTimer::timeout, m_search.data(), [this] {
            m_hasAsked = true;
            desk::SearchQuery query;
            query.text = m_field->text().trimmed();
            m_search->start(query);
        });
        QAbstractItemModel *hits = &m_search->hits();
        connect(hits, &QAbstractItemModel::modelReset, this, &CommandPalette::takeHits);
        connect(hits, &QAbstractItemModel::rowsInserted, this, &CommandPalette::takeHits);
        connect(m_search, &desk::Search::runningChanged, this, [this] {
            if (!m_search->isRunning())
                takeHits();
        });
    }
    selectFirst();
    place();
}

void CommandPalette::done(int result) {
    m_searchTimer.stop();
    if (m_search && m_hasAsked) {
        m_hasAsked = false;
        m_search->start(m_before);
    }
    QDialog::done(result);
}

void CommandPalette::build() {
    m_field->setObjectName(QStringLiteral("paletteField"));
    m_field->setAccessibleName(tr("Command, name or number"));
    m_field->setPlaceholderText(tr("Type a command, a name or a number"));
    m_field->addAction(style::icon(style::IconName::Search, style::IconTone::Muted),
                       QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("Commands and conversations"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false); // the panel's colour
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_nothing->setObjectName(QStringLiteral("paletteNothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();
    auto *ground = new style::Panel(style::Fill::Surface, this);
    ground->setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    auto *column = new QVBoxLayout(ground);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    column->addWidget(m_nothing, 1);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(ground);
    m_field->setFocus();
}

void CommandPalette::place() {
    const QWidget *window = parentWidget() ? parentWidget()->window() : nullptr;
    if (!window)
        return;
    resize(usualSize.boundedTo(window->size() - QSize(32, 2 * 32)));
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, qMin(fromTop, window->height() / 8))));
}

void CommandPalette::typed() {
    m_model->setTyped(m_field->text());
    selectFirst();
    if (m_search && !m_field->text().trimmed().isEmpty())
        m_searchTimer.start();
    else
        m_searchTimer.stop();
}

void CommandPalette::takeHits() {
    const QString wanted = m_field->text().trimmed();
    if (!m_search || !m_hasAsked || wanted.isEmpty() || m_searchTimer.isActive() ||
        m_search->query().text != wanted)
        return;
    QList<desk::SearchHit> people;
    const QAbstractItemModel &hits = m_search->hits();
    for (int row = 0; row < hits.rowCount() && people.size() < PaletteModel::mostPeople; ++row) {
        const auto hit = hits.index(row, 0).data(desk::SearchHitRole).value<desk::SearchHit>();
        if (hit.kind != desk::HitKind::Person)
            break;
        people.append(hit);
    }
    m_model->setPeople(people);
    selectFirst();
}

void CommandPalette::selectFirst() {
    const bool any = m_model->rowCount() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    if (any)
        m_list->setCurrentIndex(m_model->index(0));
    else
        saySelected();
}

void CommandPalette::saySelected() {
    const QModelIndex current = m_list->currentIndex();
    m_field->setAccessibleDescription(current.isValid() ? current.data(Qt::AccessibleTextRole).toString()
                                                        : m_nothing->text());
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event) {
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    auto *press = static_cast<QKeyEvent *>(event);
    switch (press->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int rows = m_model->rowCount();
        if (rows > 0) {
            const int step = press->key() == Qt::Key_Down ? 1 : rows - 1;
            m_list->setCurrentIndex(m_model->index((m_list->currentIndex().row() + step) % rows));
        }
        return true;
    }
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

bool CommandPalette::event(QEvent *event) {
    if (event->type() == QEvent::WindowDeactivate)
        reject();
    return QDialog::event(event);
}

void CommandPalette::choose() {
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const Entry entry = m_model->entry(current.row());
    accept();
    if (entry.action)
        Q_EMIT commandChosen(entry.action);
    else if (entry.conversation.isValid())
        Q_EMIT conversationChosen(entry.conversation);
}

} // namespace longcode::palette
