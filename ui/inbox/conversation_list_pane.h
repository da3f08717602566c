#pragma once

#include "base/clock.h"
#include "desk/account.h"
#include "desk/inbox.h"
#include "desk/schedule.h"
#include "desk/search.h"
#include "desk/team.h"
#include "desk/triage.h"
#include "style/panel.h"

#include <QSet>
#include <QTimer>

class QAction;
class QLabel;
class QStackedWidget;

namespace longcode::style {
class Banner;
}

namespace longcode::inbox {

class BulkBar;
class ConversationList;
class FilterBar;
class ListActions;
class ScheduledTimes;
class SearchBox;
class SearchResults;

/// What the list of conversations is made from and acts on. All outlive the pane.
struct ListDesk {
    desk::Inbox &inbox;
    desk::Account &account;
    desk::Team &team;
    desk::Triage &triage;
    desk::Search &search;
    desk::Schedule &schedule;
    const Clock &clock;
};

/// The left pane: search, filters, and the conversations, or in their place what a search found. Several
/// conversations can be selected and dealt with at once; what was done can be taken back.
class ConversationListPane final : public style::Panel {
    Q_OBJECT
public:
    explicit ConversationListPane(const ListDesk &desk, QWidget *parent = nullptr);

    /// Marks a conversation as the one shown and scrolls to it; says nothing.
    void select(desk::ConversationId id);
    /// The conversation shown, whether or not the filter lists it.
    [[nodiscard]] desk::ConversationId selected() const;
    void focusSearch();
    /// The keyboard goes into the list, or the results of a search.
    void focusList();
    /// A colleague asked for one there: marked until it is opened.
    void markMentioned(desk::ConversationId id);
    /// What can be done here, for menus and the palette. Their keys work already.
    [[nodiscard]] QList<QAction *> actions() const;
    /// The words searched for now; empty: no search.
    [[nodiscard]] QString searchedText() const;

Q_SIGNALS:
    /// A person picked it.
    void conversationChosen(longcode::desk::ConversationId id);
    /// A person picked a place in it.
    void messageChosen(longcode::desk::ConversationId id, longcode::desk::MessageRow row);
    /// The words searched for have changed; empty: the search was left.
    void searchedChanged(const QString &text);
    void newConversationRequested();
    /// Enter on the conversation that is shown.
    void replyRequested();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void makeSearch();
    void makeList();
    void makeNotice();
    void buildColumn();
    void addActions();
    QAction *makeAction(const char *objectName, const QString &text, const QKeySequence &key,
                        void (ConversationListPane::*what)());
    void startSearch();
    void leaveSearch();
    void enterResults();
    void openFirst();
    void nextHit();
    void previousHit();
    void selectAll();
    void narrowSearch();
    void showHit(const desk::SearchHit &hit);
    void say(const QString &words);
    void showNotice();
    void enableSteps();
    void showSelectedCount(int count);
    void showWhetherEmpty();
    [[nodiscard]] QString emptyWords() const;

    ListDesk m_desk;
    QSet<desk::ConversationId> m_mentions;
    ScheduledTimes *m_scheduled;
    SearchBox *m_box;
    FilterBar *m_filters;
    ListActions *m_actions = nullptr;
    BulkBar *m_bulk = nullptr;
    style::Banner *m_notice;
    QStackedWidget *m_stack;
    ConversationList *m_list;
    QLabel *m_empty;
    SearchResults *m_results;
    QList<QAction *> m_ownActions;
    QAction *m_nextHit = nullptr;
    QAction *m_previousHit = nullptr;
    QTimer m_searchTimer;
    QTimer m_minuteTimer;
    QTimer m_noticeTimer;
    QTimer m_refreshTimer;
};

} // namespace longcode::inbox
