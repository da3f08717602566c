#include "inbox/conversation_view.h"
#include "inbox/conversation_words.h"
#include "inbox/message_delegate.h"

#include "style/plain_text.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QTextBoundaryFinder>
#include <QToolTip>

#include <algorithm>
#include <utility>

// Selecting text over bubbles, copying, and what the mouse does.
namespace longcode::inbox {

namespace {

constexpr int dragStep = 24;
constexpr int dragInterval = 30;

/// The next or previous place where a person expects the caret.
int nextPlace(const QString &text, int from, bool forward, bool words) {
    QTextBoundaryFinder finder(words ? QTextBoundaryFinder::Word : QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(from);
    const qsizetype next = forward ? finder.toNextBoundary() : finder.toPreviousBoundary();
    return next < 0 ? (forward ? int(text.size()) : 0) : int(next);
}

} // namespace

void ConversationView::prepareDragging() {
    m_dragTimer.setInterval(dragInterval);
    connect(&m_dragTimer, &QTimer::timeout, this, [this] {
        m_rows.scrollBy(m_dragAt.y() < 0 ? -dragStep : dragStep);
        doItemsLayout();
        drawSelection(m_dragAt);
    });
}

std::optional<TextPlace> ConversationView::textAt(const QPoint &position) const {
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return {};
    const auto layout = layoutOf(index);
    const QPointF inRow = position - visualRect(index).topLeft();
    if (!layout->bubble().contains(inRow) || layout->shownText().isEmpty())
        return {};
    return TextPlace{index, layout->block().placeAt(inRow - layout->textOrigin())};
}

TextPlace ConversationView::nearestText(const QPoint &position) const {
    const auto &rows = m_rows.placed();
    if (rows.isEmpty())
        return {};
    const int y = std::clamp(position.y(), rows.front().top, rows.back().bottom() - 1);
    const QModelIndex index = indexAt({position.x(), y});
    if (!index.isValid())
        return {};
    const auto layout = layoutOf(index);
    return {index, layout->block().placeAt(QPointF(position.x(), y - visualRect(index).top()) -
                                           layout->textOrigin())};
}

void ConversationView::mousePressEvent(QMouseEvent *event) {
    const QPoint position = event->position().toPoint();
    const bool left = event->button() == Qt::LeftButton;
    m_pressed = left ? linkAt(position) : std::nullopt;
    const auto place = left && !m_pressed ? textAt(position) : std::nullopt;
    const bool extends = event->modifiers() & Qt::ShiftModifier;
    if (left && extends && m_text.hasAnchor() && place) {
        m_text.extend(*place);
        m_selecting = true;
        viewport()->update();
        return;
    }
    if (place && !(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier))) {
        beginSelection(event, *place);
        return;
    }
    if (left)
        dropTextSelection();
    QListView::mousePressEvent(event);
}

void ConversationView::beginSelection(QMouseEvent *event, const TextPlace &place) {
    setFocus(Qt::MouseFocusReason);
    m_text.begin(place);
    m_selecting = true;
    selectionModel()->setCurrentIndex(place.index, QItemSelectionModel::ClearAndSelect);
    viewport()->update();
    event->accept();
}

void ConversationView::mouseDoubleClickEvent(QMouseEvent *event) {
    const auto place =
        linkAt(event->position().toPoint()) ? std::nullopt : textAt(event->position().toPoint());
    if (!place) {
        QListView::mouseDoubleClickEvent(event);
        return;
    }
    const QString text = layoutOf(place->index)->shownText();
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(place->place);
    const int from = finder.isAtBoundary() ? place->place : nextPlace(text, place->place, false, true);
    m_text.begin({place->index, from});
    m_text.extend({place->index, nextPlace(text, from, true, true)});
    viewport()->update();
}

void ConversationView::mouseMoveEvent(QMouseEvent *event) {
    const QPoint position = event->position().toPoint();
    if (m_selecting && event->buttons() & Qt::LeftButton) {
        m_dragAt = position;
        const bool outside = position.y() < 0 || position.y() >= viewport()->height();
        if (outside && !m_dragTimer.isActive())
            m_dragTimer.start();
        else if (!outside)
            m_dragTimer.stop();
        drawSelection(position);
        return;
    }
    if (event->buttons() == Qt::NoButton) {
        const bool link = linkAt(position).has_value();
        const bool text = !link && textAt(position).has_value();
        viewport()->setCursor(link ? Qt::PointingHandCursor : text ? Qt::IBeamCursor : Qt::ArrowCursor);
    }
    QListView::mouseMoveEvent(event);
}

void ConversationView::drawSelection(const QPoint &position) {
    const TextPlace place = nearestText(position);
    if (!place.index.isValid())
        return;
    m_text.extend(place);
    if (!m_text.isEmpty())
        selectionModel()->clearSelection(); // letters are selected now, not messages
    viewport()->update();
}

void ConversationView::mouseReleaseEvent(QMouseEvent *event) {
    m_dragTimer.stop();
    if (std::exchange(m_selecting, false)) {
        event->accept();
        return;
    }
    QListView::mouseReleaseEvent(event);
    const auto pressed = std::exchange(m_pressed, std::nullopt);
    const auto released = linkAt(event->position().toPoint());
    if (pressed && pressed == released)
        follow(*released);
}

/// Where a link really leads, before anybody clicks on it.
bool ConversationView::viewportEvent(QEvent *event) {
    if (event->type() != QEvent::ToolTip)
        return QListView::viewportEvent(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const auto hit = linkAt(help->pos());
    const auto link = hit ? webLinkOf(*hit) : std::nullopt;
    if (!link) {
        QToolTip::hideText();
        return true;
    }
    const QString host = style::singleLine(link->host.isEmpty() ? link->written : link->host);
    QString words = tr("Leads to %1").arg(host);
    if (!link->warnings.isEmpty())
        words += QLatin1Char('\n') + rules::sentence(link->warnings.front(), *link);
    QToolTip::showText(help->globalPos(), style::plainToolTip(words), viewport());
    return true;
}

void ConversationView::dropTextSelection() {
    if (!m_text.hasAnchor())
        return;
    m_text.clear();
    viewport()->update();
}

TextPlace ConversationView::moved(const TextPlace &from, int key, bool words) const {
    const auto layout = layoutOf(from.index);
    const QString &text = layout->shownText();
    const bool vertical = key == Qt::Key_Up || key == Qt::Key_Down;
    const bool mirrored = layout->textDirection() == Qt::RightToLeft;
    const bool forward = vertical ? key == Qt::Key_Down : (key == Qt::Key_Right) != mirrored;
    const int place = vertical ? layout->block().oneLineFrom(from.place, forward ? 1 : -1)
                               : nextPlace(text, from.place, forward, words);
    if (place != from.place)
        return {from.index, place};
    const int row = from.index.row() + (forward ? 1 : -1);
    if (row < 0 || row >= model()->rowCount(rootIndex()))
        return from;
    const QModelIndex next = model()->index(row, 0, rootIndex());
    return {next, forward ? 0 : int(layoutOf(next)->shownText().size())};
}

/// Shift with the arrows: letters and words left and right, lines up and down once letters are selected.
bool ConversationView::handleSelectionKey(QKeyEvent *event) {
    const bool vertical = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    const bool horizontal = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (!(event->modifiers() & Qt::ShiftModifier) || !(vertical || horizontal))
        return false;
    if (vertical && m_text.isEmpty())
        return false; // whole messages
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return false;
    if (!m_text.hasAnchor())
        m_text.begin({current, 0});
    m_text.extend(moved(m_text.head(), event->key(), event->modifiers() & Qt::ControlModifier));
    selectionModel()->setCurrentIndex(m_text.head().index, QItemSelectionModel::Clear);
    scrollTo(m_text.head().index);
    viewport()->update();
    return true;
}

QModelIndexList ConversationView::chosenMessages() const {
    QModelIndexList chosen = selectionModel() ? selectionModel()->selectedIndexes() : QModelIndexList();
    if (chosen.isEmpty() && currentIndex().isValid())
        chosen << currentIndex();
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

QStringList ConversationView::chosenTexts() const {
    QStringList texts;
    if (m_text.isEmpty()) {
        for (const QModelIndex &index : chosenMessages())
            texts << index.data(desk::MessageRole).value<desk::Message>().text;
        return texts;
    }
    const auto [first, last] = m_text.rows();
    for (int row = first; row <= last; ++row) {
        const auto message =
            model()->index(row, 0, rootIndex()).data(desk::MessageRole).value<desk::Message>();
        const ShownText text(message.text);
        if (const auto part = m_text.within(row, int(text.shown().size())))
            texts << text.originalBetween(part->first, part->second);
    }
    return texts;
}

QString ConversationView::withNames(const desk::Message &message) const {
    const auto conversation = m_inbox.conversation(m_conversation);
    const QString customer =
        conversation ? style::singleLine(conversation->name.isEmpty() ? conversation->peer.international()
                                                                      : conversation->name)
                     : QString();
    return transcriptLine(message, speaker(message, m_delegate->reader(), customer));
}

QString ConversationView::selectedText() const {
    const QModelIndexList messages = chosenMessages();
    if (!m_text.isEmpty() || messages.size() < 2)
        return chosenTexts().join(QLatin1Char('\n'));
    QStringList lines;
    for (const QModelIndex &index : messages)
        lines << withNames(index.data(desk::MessageRole).value<desk::Message>());
    return lines.join(QLatin1Char('\n'));
}

void ConversationView::copySelected() {
    if (const QString text = selectedText(); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void ConversationView::copyTextOnly() {
    if (const QString text = chosenTexts().join(QLatin1Char('\n')); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void ConversationView::selectAllLoaded() {
    dropTextSelection();
    if (model() && selectionModel() && m_rows.rowCount() > 0)
        selectionModel()->select(QItemSelection(model()->index(0, 0, rootIndex()),
                                                model()->index(m_rows.rowCount() - 1, 0, rootIndex())),
                                 QItemSelectionModel::ClearAndSelect);
}

} // namespace longcode::inbox
