#pragma once

#include "desk/outbox.h"
#include "desk/team.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace longcode::composer {

class NoteEdit;
enum class SendKey : quint8;

/// Where a note for colleagues is written; nothing of it ever leaves for the customer. Keeps what is half
/// written per conversation, as its draft; a note that was refused stands in the field again. Team and outbox
/// outlive it. UI thread.
class NoteEditor final : public QWidget {
    Q_OBJECT
public:
    NoteEditor(desk::Team &team, desk::Outbox &outbox, QWidget *parent = nullptr);

    /// An invalid id: nothing can be written.
    void open(desk::ConversationId id);
    void setSendKey(SendKey key);
    void focusText();

    /// What the relay keeps of one note (desk::Team::addNote).
    static constexpr int longestNote = 4000;

Q_SIGNALS:
    void written(longcode::desk::ConversationId conversation);

private:
    void load(const QString &text);
    void refreshTeam();
    void textChanged();
    void showHint();
    void keep();
    void putBack(desk::ConversationId id, const QString &text);

    desk::Team &m_team;
    desk::Outbox &m_outbox;
    desk::ConversationId m_id;
    bool m_loading = false;
    NoteEdit *m_edit;
    QLabel *m_hint;
    QPushButton *m_add;
};

} // namespace longcode::composer
