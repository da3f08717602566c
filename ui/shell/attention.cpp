#include "shell/attention.h"

#include "notify/badge.h"
#include "notify/notifier.h"
#include "settings/preferences.h"
#include "shell/main_window.h"

#include <QApplication>

#ifdef LONGCODE_HAS_DBUS
#include "notify/desktop_notices.h"
#endif

namespace longcode::shell {

std::unique_ptr<notify::Notices> makeNotices(notify::Tray &tray) {
    auto simple = std::make_unique<notify::TrayNotices>(tray);
#ifdef LONGCODE_HAS_DBUS
    if (const std::optional<QDBusConnection> bus = notify::sessionBus())
        return std::make_unique<notify::DesktopNotices>(*bus, std::move(simple));
#endif
    return simple;
}

Attention::Attention(MainWindow &window, settings::Preferences &preferences, const Clock &clock,
                     notify::Tray &tray, std::unique_ptr<notify::Notices> notices)
    : m_window(window)
    , m_preferences(preferences)
    , m_clock(clock)
    , m_tray(tray)
    , m_notices(std::move(notices)) {
    connect(&m_window, &MainWindow::consoleOpened, this, &Attention::begin);
    connect(&m_window, &MainWindow::consoleAboutToClose, this, &Attention::end);
    connect(&m_window, &MainWindow::onScreenChanged, this, [this](desk::ConversationId id) {
        if (m_alerts)
            m_alerts->setOnScreen(id);
    });
    m_window.setKeeper([this] { return keepsRunning(); });
    connectTray();
}

Attention::~Attention() {
    m_window.setKeeper({});
}

void Attention::connectTray() {
    connect(&m_tray, &notify::Tray::openRequested, &m_window, &MainWindow::comeForward);
    connect(&m_tray, &notify::Tray::newConversationRequested, &m_window, &MainWindow::beginConversation);
    connect(&m_tray, &notify::Tray::quietRequested, this, &Attention::setQuiet);
    connect(&m_tray, &notify::Tray::quitRequested, &m_window, &MainWindow::quit);
}

void Attention::begin(desk::Console &console) {
    m_alerts = &console.alerts();
    m_notifier = std::make_unique<notify::Notifier>(console.alerts(), console.outbox(), console.team(),
                                                    *m_notices, [] { QApplication::beep(); });
    connect(m_notifier.get(), &notify::Notifier::conversationRequested, &m_window,
            &MainWindow::openConversation);
    connect(m_notifier.get(), &notify::Notifier::replyNeedsWindow, &m_window, &MainWindow::answerInWindow);
    connect(m_alerts, &desk::Alerts::unreadChanged, this, &Attention::showUnread);
    m_tray.setConsoleOpen(true);
    m_tray.setQuietUntil(m_alerts->quietUntil());
    showUnread(m_alerts->unread());
}

void Attention::end() {
    m_notifier.reset();
    if (m_alerts)
        disconnect(m_alerts, nullptr, this, nullptr);
    m_alerts = nullptr;
    m_tray.setConsoleOpen(false);
    m_tray.setQuietUntil({});
    showUnread(0);
}

void Attention::showUnread(int unread) {
    m_tray.setUnread(unread);
    notify::showBadge(unread);
}

void Attention::setQuiet(notify::Quiet quiet) {
    if (!m_alerts)
        return;
    m_alerts->setQuietUntil(notify::quietUntil(quiet, m_clock.now()));
    m_tray.setQuietUntil(m_alerts->quietUntil());
}

bool Attention::keepsRunning() {
    const bool keeps = m_preferences.keepsInTray() && m_tray.isShown();
    // A hidden window is not the last one closed.
    QGuiApplication::setQuitOnLastWindowClosed(!keeps);
    if (keeps && !m_preferences.hasSaidOfTray()) {
        m_preferences.noteSaidOfTray();
        m_notices->show(
            {.conversation = {},
             .title = tr("Longcode is still running"),
             .body = tr("It waits in the tray and tells you of new texts. Quit it from its menu there.")});
    }
    return keeps;
}

} // namespace longcode::shell
