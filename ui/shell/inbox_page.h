#pragma once

#include "base/clock.h"
#include "desk/console.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QSplitter;
class QStackedWidget;

namespace longcode::composer {
class Composer;
}
namespace longcode::inbox {
class ContactPanel;
class ConversationHeader;
class ConversationListPane;
class ConversationView;
class ReadingPane;
} // namespace longcode::inbox
namespace longcode::settings {
class Preferences;
}
namespace longcode::style {
class Banner;
}

namespace longcode::shell {

/// The three panes: conversations, one conversation with its composer, and what is known about the customer.
/// Leads what one pane says to the others. Console, clock and preferences outlive it. UI thread.
class InboxPage : public QWidget {
    Q_OBJECT
public:
    InboxPage(desk::Console &console, const Clock &clock, settings::Preferences &preferences,
              QWidget *parent = nullptr);
    ~InboxPage() override;

    void openConversation(desk::ConversationId id);
    /// At one message, which is pointed at for a moment.
    void openMessage(desk::ConversationId id, desk::MessageRow message);
    [[nodiscard]] desk::ConversationId current() const { return m_current; }
    [[nodiscard]] composer::Composer &composer() { return *m_composer; }
    [[nodiscard]] inbox::ConversationView &view();

    /// Opens the conversation and adds a text to what stands in its composer; to its draft, and says so, when
    /// it cannot be shown. What stands there already is not added again.
    void addToAnswer(desk::ConversationId id, const QString &text);

    /// Opens the dialog.
    void beginConversation();
    void focusSearch();
    /// The keyboard goes to the next pane, or the one before.
    void focusPane(bool forward);
    void showDetails(bool shown);
    [[nodiscard]] bool detailsShown() const;
    void rename();
    /// The composer turns to a note, or back to the reply.
    void toggleNote();
    void offerCannedReplies();
    /// What can be done with the conversation shown, for a menu. Their keys work while the page is shown.
    [[nodiscard]] QList<QAction *> conversationActions() const;
    /// What can be done with the list: with what is selected in it, and searching.
    [[nodiscard]] QList<QAction *> listActions() const;

Q_SIGNALS:
    void detailsShownChanged(bool shown);
    /// Another conversation is on screen; invalid: none.
    void conversationShown(longcode::desk::ConversationId id);
    void contactRequested(const longcode::phone::Address &customer);
    /// A failure is to be mended in the settings.
    void settingsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildConversation(const Clock &clock);
    QWidget *buildInvitation();
    void buildPanes(const Clock &clock);
    void connectPanes();
    void connectReading();
    void connectTeam();
    void addTeamActions();
    void showReader();
    void conversationChanged(desk::ConversationId id);
    void editAndResend(const desk::Message &message);
    void sendAgain(const desk::Message &message);
    void lookUp(desk::MessageRow message);
    void cancelScheduled(desk::MessageRow message);
    void takeBack(const desk::Message &message);
    void chooseConversation(desk::ConversationId id);
    void showConversation(const desk::Conversation &conversation);
    void say(const QString &words);
    void complain(const Failure &why);
    void showTrouble(const Failure &trouble);
    void relayChanged();
    void showRelayTrouble();
    void applyDetails(bool shown);

    desk::Console &m_console;
    settings::Preferences &m_preferences;
    desk::ConversationId m_current;
    QTimer m_relayTimer;
    bool m_detailsChosen = false; ///< by a person; until then the width decides

    QAction *m_noteAction = nullptr;
    QAction *m_cannedAction = nullptr;
    style::Banner *m_trouble = nullptr;
    style::Banner *m_refusal = nullptr;
    style::Banner *m_relayTrouble = nullptr;
    QSplitter *m_panes = nullptr;
    inbox::ConversationListPane *m_list = nullptr;
    QStackedWidget *m_middle = nullptr;
    inbox::ConversationHeader *m_header = nullptr;
    inbox::ReadingPane *m_reading = nullptr;
    composer::Composer *m_composer = nullptr;
    inbox::ContactPanel *m_details = nullptr;
};

} // namespace longcode::shell
