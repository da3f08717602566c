#pragma once

#include "base/clock.h"
#include "desk/console.h"
#include "palette/commands.h"
#include "shell/opening_page.h"
#include "shell/rail.h"

#include <QMainWindow>

#include <functional>
#include <memory>

class QAction;
class QMenu;
class QStackedWidget;

namespace longcode::health {
class RelayPage;
}
namespace longcode::people {
class PeoplePage;
}
namespace longcode::schedule {
class SchedulePage;
}
namespace longcode::settings {
class ConnectPage;
class FirstPage;
class Preferences;
class SettingsPage;
} // namespace longcode::settings
namespace longcode::transcript {
class TranscriptExport;
}

namespace longcode::shell {

class InboxPage;

/// The console's window: first page, connecting, opening, and then rail and pages over one open console. Says
/// what a person wants; what that means is Launch's. Clock and preferences outlive it. UI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(const Clock &clock, settings::Preferences &preferences);
    ~MainWindow() override;

    void showFirstPage();
    void showConnect(std::unique_ptr<desk::AccountSetup> setup);
    void showOpening(const QString &what);
    void showFailure(const Failure &failure, const std::optional<StoreBackup> &backup = std::nullopt);
    /// Keeps the console open until another page is shown or the window dies.
    void showConsole(std::shared_ptr<desk::Console> console);

    /// Null while no console is open.
    [[nodiscard]] InboxPage *inboxPage() { return m_inbox; }
    [[nodiscard]] desk::Console *console() { return m_console.get(); }
    void showPage(Page page);
    /// From wherever one is: the window comes to the front and shows it.
    void openConversation(desk::ConversationId id);
    /// The same, with a text that is added to what stands in the composer. It is never lost: where the
    /// conversation cannot be shown, it is added to its draft.
    void answerInWindow(desk::ConversationId id, const QString &text);
    void beginConversation();
    /// Shows the window, on top of others and with the keyboard.
    void comeForward();
    /// Ends the program, also where closing the window would leave it running.
    void quit();
    /// Asked when the window is closed: true leaves the program running without it.
    void setKeeper(std::function<bool()> keepsRunning) { m_keepsRunning = std::move(keepsRunning); }

    /// Everything it can do now, as its menus have it.
    [[nodiscard]] QList<palette::Command> commands();

Q_SIGNALS:
    void tryItRequested();
    void connectRequested();
    void accountConnected();
    void retryRequested();
    void setUpRequested();
    void restoreRequested(const QString &backupPath);
    void consoleOpened(longcode::desk::Console &console);
    /// It is closed when this returns.
    void consoleAboutToClose();
    /// What a person looks at has changed; invalid: nothing, or the window is not active.
    void onScreenChanged(longcode::desk::ConversationId id);

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildPages();
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildConversationMenu();
    void fillConversationMenu();
    void buildContactsMenu();
    void buildViewMenu();
    void addPageAction(QMenu *menu, const QString &text, int key, Page page, const QString &objectName);
    void buildThemeMenu(QMenu *menu);
    void buildHelpMenu();
    void updateActions();
    void buildConsolePages();
    void leaveConsole();
    void showTitle();
    void showRelayState();
    void showScheduled();
    void connectConsole();
    void connectPages();
    void editContact(const phone::Address &number);
    void startConversation(const phone::Address &number);
    void tellOnScreen();
    void showAbout();
    void showShortcuts();
    void showPalette();
    void perform(QAction *action);
    QAction *addConsoleAction(QMenu *menu, const QString &text, const QKeySequence &key,
                              const QString &objectName);
    [[nodiscard]] QAction *addWindowAction(QMenu *menu, const QString &text, const QKeySequence &key,
                                           const QString &objectName);

    const Clock &m_clock;
    settings::Preferences &m_preferences;
    std::shared_ptr<desk::Console> m_console;
    std::unique_ptr<desk::AccountSetup> m_setup;
    std::function<bool()> m_keepsRunning;
    bool m_isQuitting = false;

    QStackedWidget *m_stack = nullptr;
    settings::FirstPage *m_first = nullptr;
    settings::ConnectPage *m_connect = nullptr;
    OpeningPage *m_opening = nullptr;
    QWidget *m_workspace = nullptr;
    Rail *m_rail = nullptr;
    QStackedWidget *m_pages = nullptr;
    InboxPage *m_inbox = nullptr;
    people::PeoplePage *m_people = nullptr;
    schedule::SchedulePage *m_scheduled = nullptr;
    health::RelayPage *m_relay = nullptr;
    settings::SettingsPage *m_settings = nullptr;
    transcript::TranscriptExport *m_export = nullptr;
    QMenu *m_conversationMenu = nullptr;
    QMenu *m_contactsMenu = nullptr;
    QList<QAction *> m_consoleActions; ///< need an open console
    QList<QAction *> m_shownActions;   ///< need a conversation on screen
    QAction *m_newConversation = nullptr;
    QAction *m_search = nullptr;
    QAction *m_details = nullptr;
};

} // namespace longcode::shell
