#pragma once

#include "base/clock.h"
#include "desk/account.h"
#include "desk/inbox.h"
#include "desk/team.h"
#include "style/panel.h"

#include <QSet>
#include <QTimer>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QListView;
class QStackedWidget;

namespace longcode::style {
class Chip;
}

namespace longcode::inbox {

/// The left pane: search, filters, and the conversations, newest first.
class ConversationListPane final : public style::Panel {
    Q_OBJECT
public:
    /// All four outlive the pane.
    ConversationListPane(desk::Inbox &inbox, desk::Account &account, desk::Team &team, const Clock &clock,
                         QWidget *parent = nullptr);

    /// Marks a conversation as the one shown and scrolls to it; says nothing.
    void select(desk::ConversationId id);
    /// The conversation shown, whether or not the filter lists it.
    [[nodiscard]] desk::ConversationId selected() const { return m_selected; }
    void focusSearch();
    /// A colleague asked for one there: marked until it is opened.
    void markMentioned(desk::ConversationId id);

Q_SIGNALS:
    /// A person picked it.
    void conversationChosen(longcode::desk::ConversationId id);
    void newConversationRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeSearchRow();
    [[nodiscard]] QWidget *makeFilterRow();
    void makeList(desk::Account &account, const Clock &clock);
    void connectModel();
    void addShortcuts();
    void applyFilter(int id);
    void applySearch();
    void leaveSearch();
    void choose(const QModelIndex &index);
    void restoreSelection();
    void showCounts();
    void showTeamFilters();
    void showWhetherEmpty();
    [[nodiscard]] QString emptyWords() const;

    desk::Inbox &m_inbox;
    desk::Team &m_team;
    desk::ConversationId m_selected;
    QSet<desk::ConversationId> m_mentions;
    QLineEdit *m_search = nullptr;
    QButtonGroup *m_filters = nullptr;
    QList<style::Chip *> m_chips;
    QStackedWidget *m_stack = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_empty = nullptr;
    QTimer m_searchTimer;
    bool m_restoring = false;
};

} // namespace longcode::inbox
