#pragma once

#include "notify/notices.h"

#include <QDateTime>
#include <QSystemTrayIcon>

#include <memory>

class QAction;
class QMenu;

namespace longcode::notify {

enum class Quiet : quint8 { ForAnHour, UntilTomorrow, Off };

/// Until when that is quiet, from `now` (UTC); "tomorrow" begins at 8 in the morning, local time. Invalid for
/// Off.
[[nodiscard]] QDateTime quietUntil(Quiet quiet, const QDateTime &now);

/// The program's icon with a figure on it; 0: none.
[[nodiscard]] QIcon iconWithFigure(int unread);

/// The icon in the desktop's tray, with the number of unread conversations and a small menu. UI thread.
class Tray final : public QObject {
    Q_OBJECT
public:
    explicit Tray(QObject *parent = nullptr);
    ~Tray() override;

    /// Whether the desktop has a tray and the icon is in it.
    [[nodiscard]] bool isShown() const;
    void setUnread(int unread);
    /// Invalid: not quiet.
    void setQuietUntil(const QDateTime &until);
    /// While no console is open there is nothing to write in and nothing to be quiet about.
    void setConsoleOpen(bool open);
    [[nodiscard]] QSystemTrayIcon &icon() { return m_icon; }
    [[nodiscard]] QMenu &menu() { return *m_menu; }

Q_SIGNALS:
    void openRequested();
    void newConversationRequested();
    void quietRequested(longcode::notify::Quiet quiet);
    void quitRequested();

private:
    QAction *add(const QString &text, const char *objectName);

    std::unique_ptr<QMenu> m_menu;
    QAction *m_new;
    QAction *m_hour;
    QAction *m_tomorrow;
    QAction *m_loud;
    QSystemTrayIcon m_icon;
    int m_unread = -1;
};

/// Notices as messages of the tray icon: what macOS and Windows show, and what is left elsewhere when no
/// notification server is there. Knows only the last one. The tray outlives it.
class TrayNotices final : public Notices {
    Q_OBJECT
public:
    explicit TrayNotices(Tray &tray, QObject *parent = nullptr);
    void show(const Notice &notice) override;
    void close(desk::ConversationId) override {}

private:
    Tray &m_tray;
    desk::ConversationId m_last;
};

} // namespace longcode::notify
