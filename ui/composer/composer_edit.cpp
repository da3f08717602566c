#include "composer/composer_edit.h"

#include "composer/figures.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocumentFragment>
#include <QTextOption>

#include <algorithm>

namespace longcode::composer {

namespace {

constexpr int fewestLines = 2;
constexpr int mostLines = 8;

QString substituteOf(const sms::Forcing &forcing) {
    return QString::fromStdU16String(forcing.substitute);
}

QTextEdit::ExtraSelection selection(QTextDocument *document, int from, int to,
                                    const QTextCharFormat &format) {
    QTextEdit::ExtraSelection marked;
    marked.cursor = QTextCursor(document);
    marked.cursor.setPosition(from);
    marked.cursor.setPosition(to, QTextCursor::KeepAnchor);
    marked.format = format;
    return marked;
}

} // namespace

ComposerEdit::ComposerEdit(QWidget *parent) : QPlainTextEdit(parent) {
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ComposerEdit::fitHeight);
    // A text that replaces another is laid out later, and its size is not always told; the scroll bar knows.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &ComposerEdit::fitHeight);
    connect(this, &QPlainTextEdit::textChanged, this, &ComposerEdit::followScript);
}

void ComposerEdit::setMarkColors(const QColor &forcing, const QColor &excess) {
    m_forcingColor = forcing;
    m_excessColor = excess;
    showMarks();
}

void ComposerEdit::setMarks(std::vector<sms::Forcing> forcing, bool highlightForcing, int excessStart) {
    m_forcing = std::move(forcing);
    m_highlight = highlightForcing;
    m_excessStart = excessStart;
    showMarks();
}

void ComposerEdit::showMarks() {
    QList<QTextEdit::ExtraSelection> marks;
    const int end = document()->characterCount() - 1;
    if (m_highlight) {
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::DashUnderline);
        format.setUnderlineColor(m_forcingColor);
        QColor tint = m_forcingColor;
        tint.setAlphaF(0.12f);
        format.setBackground(tint);
        for (const sms::Forcing &forcing : m_forcing) {
            if (forcing.index + forcing.length <= end)
                marks.append(selection(document(), forcing.index, forcing.index + forcing.length, format));
        }
    }
    if (m_excessStart >= 0 && m_excessStart < end) {
        QTextCharFormat format;
        format.setForeground(m_excessColor);
        format.setFontStrikeOut(true);
        marks.append(selection(document(), m_excessStart, end, format));
    }
    QTextCharFormat wavy;
    wavy.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    wavy.setUnderlineColor(m_excessColor);
    for (const QTextCursor &word : m_misspelt) {
        if (word.hasSelection())
            marks.append({word, wavy});
    }
    setExtraSelections(marks);
}

void ComposerEdit::setMisspelt(const QList<QTextCursor> &words) {
    m_misspelt = words;
    showMarks();
}

int ComposerEdit::replaceForcing() {
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    int replaced = 0;
    // From the end, so that the indices before stay true.
    const std::vector<sms::Forcing> forcing = m_forcing;
    for (auto it = forcing.rbegin(); it != forcing.rend(); ++it) {
        if (!it->hasSubstitute)
            continue;
        cursor.setPosition(it->index);
        cursor.setPosition(it->index + it->length, QTextCursor::KeepAnchor);
        cursor.insertText(substituteOf(*it));
        ++replaced;
    }
    cursor.endEditBlock();
    return replaced;
}

void ComposerEdit::replace(const sms::Forcing &forcing) {
    QTextCursor cursor(document());
    cursor.setPosition(forcing.index);
    cursor.setPosition(forcing.index + forcing.length, QTextCursor::KeepAnchor);
    cursor.insertText(substituteOf(forcing));
}

const sms::Forcing *ComposerEdit::forcingAt(int position) const {
    const auto covers = [position](const sms::Forcing &f) {
        return position >= f.index && position <= f.index + f.length;
    };
    const auto found = std::find_if(m_forcing.begin(), m_forcing.end(), covers);
    return found == m_forcing.end() ? nullptr : &*found;
}

void ComposerEdit::keyPressEvent(QKeyEvent *event) {
    if (m_slashAsks && event->text() == QStringLiteral("/") && textCursor().selectionStart() == 0 &&
        !isReadOnly()) {
        event->accept();
        Q_EMIT slashTyped();
        return;
    }
    if (event->matches(QKeySequence::Undo) && document()->isEmpty() && !document()->isUndoAvailable()) {
        event->accept();
        Q_EMIT undoBeyondText();
        return;
    }
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    const Qt::KeyboardModifiers held = event->modifiers() & ~Qt::KeypadModifier;
    const bool sends = held == Qt::ControlModifier || (held == Qt::NoModifier && m_sendKey == SendKey::Enter);
    if (sends) {
        event->accept();
        if (!event->isAutoRepeat())
            Q_EMIT sendRequested();
        return;
    }
    if (!isReadOnly())
        textCursor().insertBlock();
    ensureCursorVisible();
    event->accept();
}

void ComposerEdit::contextMenuEvent(QContextMenuEvent *event) {
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int position = event->reason() == QContextMenuEvent::Keyboard
                             ? textCursor().position()
                             : cursorForPosition(event->pos()).position();
    const sms::Forcing *forcing = forcingAt(position);
    if (forcing && !isReadOnly()) {
        QAction *before = menu->actions().value(0);
        auto *action = new QAction(menu);
        action->setObjectName(QStringLiteral("replaceOneAction"));
        const QString name = characterName(*forcing);
        if (!forcing->hasSubstitute)
            action->setText(tr("%1 has no replacement").arg(name));
        else if (forcing->substitute.empty())
            action->setText(tr("Remove %1").arg(name));
        else
            action->setText(tr("Replace %1 with %2")
                                .arg(name, substituteOf(*forcing).replace(u'&', QStringLiteral("&&"))));
        action->setEnabled(forcing->hasSubstitute);
        connect(action, &QAction::triggered, this, [this, chosen = *forcing] { replace(chosen); });
        menu->insertAction(before, action);
        menu->insertSeparator(before);
    }
    Q_EMIT menuAboutToShow(menu, position);
    menu->popup(event->globalPos());
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const {
    return source->hasText() || source->hasHtml();
}

void ComposerEdit::insertFromMimeData(const QMimeData *source) {
    QString text = source->hasFormat(QStringLiteral("text/plain")) ? source->text() : QString();
    if (text.isEmpty() && source->hasHtml())
        text = QTextDocumentFragment::fromHtml(source->html()).toPlainText();
    else if (text.isEmpty())
        text = source->text();
    if (text.size() > longestPaste) {
        Q_EMIT pasteRefused(text.size());
        return;
    }
    text.remove(QChar::Null);
    textCursor().insertText(text);
    ensureCursorVisible();
}

void ComposerEdit::followScript() {
    const Qt::Alignment side =
        document()->firstBlock().text().isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft;
    QTextOption option = document()->defaultTextOption();
    if (option.alignment() == side)
        return;
    option.setAlignment(side);
    document()->setDefaultTextOption(option);
}

void ComposerEdit::fitHeight() {
    updateGeometry();
}

QSize ComposerEdit::sizeHint() const {
    // QPlainTextDocumentLayout measures height in lines.
    const int lines = qBound(fewestLines, qCeil(document()->size().height()), mostLines);
    const QMargins margins = contentsMargins() + viewportMargins();
    const int height = lines * fontMetrics().lineSpacing() + 2 * qCeil(document()->documentMargin()) +
                       margins.top() + margins.bottom() + 2 * frameWidth();
    return {QPlainTextEdit::sizeHint().width(), height};
}

QSize ComposerEdit::minimumSizeHint() const {
    return {160, sizeHint().height()};
}

} // namespace longcode::composer
