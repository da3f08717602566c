#include "shell/main_window.h"

#include "health/relay_page.h"
#include "people/people_page.h"
#include "schedule/schedule_page.h"
#include "settings/connect_page.h"
#include "settings/first_page.h"
#include "settings/preferences.h"
#include "settings/settings_page.h"
#include "shell/inbox_page.h"
#include "shell/opening_page.h"
#include "style/icons.h"
#include "style/panel.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScreen>
#include <QStackedWidget>

namespace longcode::shell {

namespace {

constexpr QSize usualSize(1440, 900);
constexpr QSize smallestSize(800, 560);

} // namespace

MainWindow::MainWindow(const Clock &clock, settings::Preferences &preferences)
    : m_clock(clock), m_preferences(preferences) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(style::applicationIcon());
    buildPages();
    buildMenus();
    setMinimumSize(smallestSize);
    if (!restoreGeometry(m_preferences.geometry())) {
        const QScreen *screen = QGuiApplication::primaryScreen();
        resize(screen ? usualSize.boundedTo(screen->availableSize()) : usualSize);
    }
    showTitle();
    showFirstPage();
}

MainWindow::~MainWindow() {
    leaveConsole();
}

void MainWindow::buildPages() {
    auto *ground = new style::Panel(style::Fill::Window, this);
    auto *row = new QHBoxLayout(ground);
    row->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget(ground);
    row->addWidget(m_stack);
    setCentralWidget(ground);

    m_first = new settings::FirstPage(m_stack);
    m_opening = new OpeningPage(m_stack);
    m_workspace = new QWidget(m_stack);
    m_stack->addWidget(m_first);
    m_stack->addWidget(m_opening);
    m_stack->addWidget(m_workspace);

    auto *workspaceRow = new QHBoxLayout(m_workspace);
    workspaceRow->setContentsMargins(0, 0, 0, 0);
    workspaceRow->setSpacing(0);
    m_rail = new Rail(m_workspace);
    m_pages = new QStackedWidget(m_workspace);
    m_settings = new settings::SettingsPage(m_preferences, m_pages);
    m_pages->addWidget(m_settings);
    workspaceRow->addWidget(m_rail);
    workspaceRow->addWidget(m_pages, 1);

    connect(m_first, &settings::FirstPage::tryItRequested, this, &MainWindow::tryItRequested);
    connect(m_first, &settings::FirstPage::connectRequested, this, &MainWindow::connectRequested);
    connect(m_opening, &OpeningPage::retryRequested, this, &MainWindow::retryRequested);
    connect(m_opening, &OpeningPage::setUpRequested, this, &MainWindow::setUpRequested);
    connect(m_opening, &OpeningPage::restoreRequested, this, &MainWindow::restoreRequested);
    connect(m_rail, &Rail::chosen, this, &MainWindow::showPage);
}

void MainWindow::showFirstPage() {
    leaveConsole();
    m_stack->setCurrentWidget(m_first);
    m_first->setFocus();
    updateActions();
}

void MainWindow::showConnect(std::unique_ptr<desk::AccountSetup> setup) {
    leaveConsole();
    delete m_connect;
    m_setup = std::move(setup);
    m_connect = new settings::ConnectPage(*m_setup, m_stack);
    connect(m_connect, &settings::ConnectPage::connected, this, &MainWindow::accountConnected);
    connect(m_connect, &settings::ConnectPage::left, this, &MainWindow::showFirstPage);
    m_stack->addWidget(m_connect);
    m_stack->setCurrentWidget(m_connect);
    m_connect->restart();
    updateActions();
}

void MainWindow::showOpening(const QString &what) {
    leaveConsole();
    m_opening->showBusy(what);
    m_stack->setCurrentWidget(m_opening);
    updateActions();
}

void MainWindow::showFailure(const Failure &failure, const std::optional<StoreBackup> &backup) {
    leaveConsole();
    m_opening->showFailure(failure, backup);
    m_stack->setCurrentWidget(m_opening);
    updateActions();
}

void MainWindow::showPage(Page page) {
    if (!m_console)
        return;
    m_rail->setCurrent(page);
    QWidget *const pages[] = {m_inbox, m_people, m_scheduled, m_relay, m_settings};
    m_pages->setCurrentWidget(pages[static_cast<size_t>(page)]);
    m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
    updateActions();
    tellOnScreen();
}

void MainWindow::showTitle() {
    if (!m_console) {
        setWindowTitle(tr("Longcode"));
        return;
    }
    const int unread = m_console->inbox().count(desk::InboxFilter::Unread);
    const QString account = m_console->account().name();
    m_rail->setUnread(unread);
    setWindowTitle(unread > 0 ? tr("(%1) %2 – Longcode").arg(unread).arg(account)
                              : tr("%1 – Longcode").arg(account));
}

void MainWindow::comeForward() {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::quit() {
    m_isQuitting = true;
    m_preferences.keepGeometry(saveGeometry());
    QCoreApplication::quit(); // closes the window, which is asked whether it may
}

void MainWindow::closeEvent(QCloseEvent *event) {
    m_preferences.keepGeometry(saveGeometry());
    // A session that ends closes every window, and would wait for one that stays.
    const bool mustClose = m_isQuitting || qApp->isSavingSession();
    if (!mustClose && m_keepsRunning && m_keepsRunning()) {
        event->ignore();
        hide();
        return;
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange || event->type() == QEvent::WindowStateChange)
        tellOnScreen();
}

} // namespace longcode::shell
