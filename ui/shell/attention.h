#pragma once

#include "base/clock.h"
#include "desk/console.h"
#include "notify/notices.h"
#include "notify/tray.h"

#include <QObject>

#include <memory>

namespace longcode::notify {
class Notifier;
}
namespace longcode::settings {
class Preferences;
}

namespace longcode::shell {

class MainWindow;

/// Joins the window, the open console and the desktop: notifications, tray, badge, and staying in the tray
/// when the window is closed. All outlive it but the notices, which it takes. UI thread.
class Attention final : public QObject {
    Q_OBJECT
public:
    Attention(MainWindow &window, settings::Preferences &preferences, const Clock &clock, notify::Tray &tray,
              std::unique_ptr<notify::Notices> notices);
    ~Attention() override;

private:
    void connectTray();
    void begin(desk::Console &console);
    void end();
    void showUnread(int unread);
    void setQuiet(notify::Quiet quiet);
    [[nodiscard]] bool keepsRunning();

    MainWindow &m_window;
    settings::Preferences &m_preferences;
    const Clock &m_clock;
    notify::Tray &m_tray;
    std::unique_ptr<notify::Notices> m_notices;
    std::unique_ptr<notify::Notifier> m_notifier; ///< while a console is open
    desk::Alerts *m_alerts = nullptr;
};

/// What this desktop shows notices with.
[[nodiscard]] std::unique_ptr<notify::Notices> makeNotices(notify::Tray &tray);

} // namespace longcode::shell
