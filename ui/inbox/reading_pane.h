#pragma once

#include "base/clock.h"
#include "desk/diagnosis.h"
#include "desk/inbox.h"
#include "desk/search.h"

#include <QWidget>

class QAction;

namespace longcode::inbox {

class ConversationView;
class DayJump;
class FindBar;

/// What reading a conversation takes. All outlive the pane.
struct ReadingDesk {
    desk::Inbox &inbox;
    desk::Search &search;
    desk::Diagnoses &diagnoses;
    const Clock &clock;
};

/// The messages of one conversation with what helps to read them: finding, going to a day, details. UI
/// thread.
class ReadingPane final : public QWidget {
    Q_OBJECT
public:
    explicit ReadingPane(const ReadingDesk &desk, QWidget *parent = nullptr);

    [[nodiscard]] ConversationView &view() const { return *m_view; }
    void open(desk::ConversationId id);
    /// At one message, which is pointed at for a moment.
    void openAt(desk::ConversationId id, desk::MessageRow message);
    /// Words of the search in the list: they are marked here too.
    void setListSearch(const QString &words);
    void explain(const desk::Message &message);
    /// What can be done here, for menus and the palette. Their keys work already.
    [[nodiscard]] QList<QAction *> actions() const { return m_actions; }

Q_SIGNALS:
    /// The keyboard is to go to the composer.
    void replyRequested();

private:
    QAction *makeAction(const char *objectName, const QString &text, const QList<QKeySequence> &keys,
                        void (ReadingPane::*what)());
    void makeActions();
    void find();
    void goToDay();
    void goToFirstSince(const QDate &day);
    void goToNewest();
    void goToFirstUnread();
    void showDetails();
    void copy();
    void copyText();
    void mark();

    ReadingDesk m_desk;
    FindBar *m_find;
    ConversationView *m_view;
    DayJump *m_days;
    QString m_listSearch;
    QList<QAction *> m_actions;
};

} // namespace longcode::inbox
