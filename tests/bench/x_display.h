#pragma once

#include <QProcess>
#include <QString>

struct xcb_connection_t;

namespace longcode::bench {

/// A virtual screen of its own with a window manager, seen from outside by whoever waits for a window on it.
class XDisplay {
public:
    XDisplay();
    ~XDisplay();
    XDisplay(const XDisplay &) = delete;
    XDisplay &operator=(const XDisplay &) = delete;

    /// Empty: Xvfb or openbox is missing.
    [[nodiscard]] const QString &name() const { return m_name; }
    /// Whether the window manager shows a client's window.
    [[nodiscard]] bool showsWindow() const;

private:
    QProcess m_server, m_manager;
    QString m_name;
    xcb_connection_t *m_connection = nullptr;
    quint32 m_root = 0, m_clientList = 0;
};

} // namespace longcode::bench
