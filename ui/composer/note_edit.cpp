#include "composer/note_edit.h"

#include "team/mentions.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringListModel>

namespace longcode::composer {

NoteEdit::NoteEdit(QWidget *parent)
    : ComposerEdit(parent), m_names(new QStringListModel(this)), m_completer(new QCompleter(m_names, this)) {
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    m_completer->popup()->setObjectName(QStringLiteral("mentionPopup"));
    m_completer->popup()->setAccessibleName(tr("Colleagues"));
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &NoteEdit::complete);
    connect(this, &QPlainTextEdit::textChanged, this, &NoteEdit::offerNames);
}

void NoteEdit::setNames(const QStringList &names) {
    m_names->setStringList(names);
}

void NoteEdit::keyPressEvent(QKeyEvent *event) {
    if (m_completer->popup()->isVisible()) {
        switch (event->key()) {
        case Qt::Key_Enter:
        case Qt::Key_Return:
        case Qt::Key_Escape:
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            event->ignore(); // they are the list's
            return;
        default:
            break;
        }
    }
    ComposerEdit::keyPressEvent(event);
}

void NoteEdit::focusOutEvent(QFocusEvent *event) {
    ComposerEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        m_completer->popup()->hide();
}

void NoteEdit::offerNames() {
    const auto prefix =
        hasFocus() ? team::mentionPrefix(toPlainText(), textCursor().position()) : std::nullopt;
    if (!prefix) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCompletionPrefix(prefix->letters);
    // A name that stands there in full is not offered again.
    const bool done = m_completer->completionCount() == 1 &&
                      m_completer->currentCompletion().compare(prefix->letters, Qt::CaseInsensitive) == 0;
    if (m_completer->completionCount() == 0 || done) {
        m_completer->popup()->hide();
        return;
    }
    QAbstractItemView *popup = m_completer->popup();
    popup->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    QRect place = cursorRect();
    place.setWidth(
        qMin(width(), popup->sizeHintForColumn(0) + popup->verticalScrollBar()->sizeHint().width() + 12));
    m_completer->complete(place);
}

void NoteEdit::complete(const QString &name) {
    QTextCursor cursor = textCursor();
    const auto prefix = team::mentionPrefix(toPlainText(), cursor.position());
    if (!prefix)
        return;
    cursor.setPosition(prefix->start, QTextCursor::KeepAnchor);
    cursor.insertText(u'@' + name + u' ');
    setTextCursor(cursor);
    m_completer->popup()->hide();
}

} // namespace longcode::composer
