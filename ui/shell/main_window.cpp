#include "shell/main_window.h"

#include "health/relay_page.h"
#include "health/relay_words.h"
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

void MainWindow::showFailure(const Failure &failure) {
    leaveConsole();
    m_opening->showFailure(failure);
    m_stack->setCurrentWidget(m_opening);
    updateActions();
}

void MainWindow::showConsole(std::shared_ptr<desk::Console> console) {
    leaveConsole();
    m_console = std::move(console);
    m_inbox = new InboxPage(*m_console, m_clock, m_preferences, m_pages);
    m_pages->insertWidget(0, m_inbox);
    m_relay = new health::RelayPage(*m_console, m_clock, m_pages);
    m_pages->insertWidget(1, m_relay);
    m_settings->setAccount(&m_console->account(), &m_console->team());
    connectConsole();
    m_stack->setCurrentWidget(m_workspace);
    showPage(Page::Inbox);
    showTitle();
    showRelayState();
}

void MainWindow::connectConsole() {
    connect(&m_console->inbox(), &desk::Inbox::countsChanged, this, &MainWindow::showTitle);
    connect(m_inbox, &InboxPage::detailsShownChanged, this, &MainWindow::updateActions);
    connect(&m_console->account(), &desk::Account::relayChanged, this, &MainWindow::showRelayState);
    for (const auto change : {&desk::RelayHealth::figuresChanged, &desk::RelayHealth::gapsChanged,
                              &desk::RelayHealth::silenceChanged})
        connect(&m_console->relayHealth(), change, this, &MainWindow::showRelayState);
}

void MainWindow::showRelayState() {
    m_rail->setRelayState(health::stateOf(m_console->account().relay(), m_console->relayHealth()));
}

void MainWindow::leaveConsole() {
    if (!m_console)
        return;
    // The pages first: they hold references into the console.
    delete m_inbox;
    m_inbox = nullptr;
    delete m_relay;
    m_relay = nullptr;
    m_settings->setAccount(nullptr, nullptr);
    for (QObject *part : std::initializer_list<QObject *>{&m_console->inbox(), &m_console->account(),
                                                          &m_console->relayHealth()})
        disconnect(part, nullptr, this, nullptr);
    m_console->close();
    m_console.reset();
    showTitle();
}

void MainWindow::showPage(Page page) {
    if (!m_console)
        return;
    m_rail->setCurrent(page);
    m_pages->setCurrentWidget(page == Page::Inbox   ? static_cast<QWidget *>(m_inbox)
                              : page == Page::Relay ? static_cast<QWidget *>(m_relay)
                                                    : m_settings);
    m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
    updateActions();
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

void MainWindow::closeEvent(QCloseEvent *event) {
    m_preferences.keepGeometry(saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace longcode::shell
