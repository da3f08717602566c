#pragma once

#include "sms/sms.h"

#include <QColor>
#include <QPlainTextEdit>

#include <vector>

class QMenu;

namespace longcode::composer {

/// Which key sends; the other one of the pair begins a new line.
enum class SendKey : quint8 { Enter, ControlEnter };

/// The field a text is written in. Takes plain text only, grows with its lines, marks characters that force
/// UCS-2 and the part that is too long, and replaces marked characters as one undoable step.
/// UI thread; owned by its parent.
class ComposerEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit ComposerEdit(QWidget *parent = nullptr);

    void setSendKey(SendKey key) { m_sendKey = key; }
    /// Whether a "/" at the beginning asks for something instead of being written.
    void setSlashAsks(bool asks) { m_slashAsks = asks; }
    void setMarkColors(const QColor &forcing, const QColor &excess);
    /// Words that are spelled wrong: each cursor selects one.
    void setMisspelt(const QList<QTextCursor> &words);

    /// What diagnose() found in the current text. `excessStart`: UTF-16 index, -1 for none.
    void setMarks(std::vector<sms::Forcing> forcing, bool highlightForcing, int excessStart);

    /// Replaces every marked character that has a substitute, as one step of undo. The caret stays at the
    /// same place in the text. Returns how many were replaced.
    int replaceForcing();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// Longest paste taken, in UTF-16 units: many times what a message holds.
    static constexpr int longestPaste = 20000;

Q_SIGNALS:
    void sendRequested();
    /// "/" was typed where the text begins. It is not in the text.
    void slashTyped();
    /// Undo was asked for in an empty text with no history.
    void undoBeyondText();
    /// The context menu of the character at `position` is made; more may be put before the first action.
    void menuAboutToShow(QMenu *menu, int position);
    /// It has more than longestPaste characters; nothing was pasted.
    void pasteRefused(qsizetype length);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    void showMarks();
    void fitHeight();
    /// A text that begins in a script read from the right stands at the right.
    void followScript();
    [[nodiscard]] const sms::Forcing *forcingAt(int position) const;
    void replace(const sms::Forcing &forcing);

    SendKey m_sendKey = SendKey::Enter;
    bool m_slashAsks = false;
    QColor m_forcingColor;
    QColor m_excessColor;
    std::vector<sms::Forcing> m_forcing;
    bool m_highlight = false;
    int m_excessStart = -1;
    QList<QTextCursor> m_misspelt;
};

} // namespace longcode::composer
