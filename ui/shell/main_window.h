#pragma once

#include "base/clock.h"
#include "desk/console.h"
#include "shell/rail.h"

#include <QMainWindow>

#include <memory>

class QAction;
class QMenu;
class QStackedWidget;

namespace longcode::health {
class RelayPage;
}
namespace longcode::settings {
class ConnectPage;
class FirstPage;
class Preferences;
class SettingsPage;
} // namespace longcode::settings

namespace longcode::shell {

class InboxPage;
class OpeningPage;

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
    void showFailure(const Failure &failure);
    /// Keeps the console open until another page is shown or the window dies.
    void showConsole(std::shared_ptr<desk::Console> console);

    /// Null while no console is open.
    [[nodiscard]] InboxPage *inboxPage() { return m_inbox; }
    void showPage(Page page);

Q_SIGNALS:
    void tryItRequested();
    void connectRequested();
    void accountConnected();
    void retryRequested();
    void setUpRequested();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildPages();
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildConversationMenu();
    void buildViewMenu();
    void addPageAction(QMenu *menu, const QString &text, int key, Page page, const QString &objectName);
    void buildThemeMenu(QMenu *menu);
    void buildHelpMenu();
    void updateActions();
    void leaveConsole();
    void showTitle();
    void showRelayState();
    void connectConsole();
    void showAbout();
    QAction *addConsoleAction(QMenu *menu, const QString &text, const QKeySequence &key,
                              const QString &objectName);

    const Clock &m_clock;
    settings::Preferences &m_preferences;
    std::shared_ptr<desk::Console> m_console;
    std::unique_ptr<desk::AccountSetup> m_setup;

    QStackedWidget *m_stack = nullptr;
    settings::FirstPage *m_first = nullptr;
    settings::ConnectPage *m_connect = nullptr;
    OpeningPage *m_opening = nullptr;
    QWidget *m_workspace = nullptr;
    Rail *m_rail = nullptr;
    QStackedWidget *m_pages = nullptr;
    InboxPage *m_inbox = nullptr;
    health::RelayPage *m_relay = nullptr;
    settings::SettingsPage *m_settings = nullptr;
    QList<QAction *> m_consoleActions; ///< need an open console
    QAction *m_newConversation = nullptr;
    QAction *m_search = nullptr;
    QAction *m_details = nullptr;
};

} // namespace longcode::shell
