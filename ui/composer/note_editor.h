#pragma once

#include "desk/team.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;

namespace longcode::composer {

class NoteEdit;
enum class SendKey : quint8;

/// Where a note for colleagues is written; nothing of it ever leaves for the customer. Keeps what is half
/// written per conversation, while the console runs; a note that was refused stands in the field again. The
/// team outlives it. UI thread.
class NoteEditor final : public QWidget {
    Q_OBJECT
public:
    explicit NoteEditor(desk::Team &team, QWidget *parent = nullptr);

    /// An invalid id: nothing can be written.
    void open(desk::ConversationId id);
    void setSendKey(SendKey key);
    void focusText();

    /// What the relay keeps of one note (desk::Team::addNote).
    static constexpr int longestNote = 4000;

Q_SIGNALS:
    void written(longcode::desk::ConversationId conversation);

private:
    void refreshTeam();
    void textChanged();
    void keep();
    void putBack(desk::ConversationId id, const QString &text);

    desk::Team &m_team;
    desk::ConversationId m_id;
    QHash<desk::ConversationId, QString> m_halfWritten;
    NoteEdit *m_edit;
    QLabel *m_hint;
    QPushButton *m_add;
};

} // namespace longcode::composer
