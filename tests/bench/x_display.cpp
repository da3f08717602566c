#include "bench/x_display.h"

#include <QElapsedTimer>
#include <QThread>

#include <xcb/xcb.h>

#include <cstdlib>

namespace longcode::bench {

namespace {

constexpr int timeoutMs = 10'000;
const char clientList[] = "_NET_CLIENT_LIST";

void end(QProcess &process) {
    process.terminate();
    if (!process.waitForFinished(timeoutMs))
        process.kill();
}

} // namespace

XDisplay::XDisplay() {
    m_server.start(QStringLiteral("Xvfb"),
                   {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                    QStringLiteral("0"), QStringLiteral("1600x1000x24"), QStringLiteral("-nolisten"),
                    QStringLiteral("tcp")});
    QByteArray number;
    while (!number.endsWith('\n') && m_server.waitForReadyRead(timeoutMs))
        number += m_server.readAllStandardOutput();
    if (number.trimmed().isEmpty())
        return;
    const QString name = QLatin1Char(':') + QString::fromLatin1(number.trimmed());
    m_connection = xcb_connect(name.toLatin1().constData(), nullptr);
    if (xcb_connection_has_error(m_connection))
        return;
    m_root = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data->root;
    auto *atom = xcb_intern_atom_reply(
        m_connection, xcb_intern_atom(m_connection, 0, sizeof clientList - 1, clientList), nullptr);
    m_clientList = atom ? atom->atom : 0;
    std::free(atom);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), name);
    m_manager.setProcessEnvironment(environment);
    m_manager.start(QStringLiteral("openbox"), {QStringLiteral("--sm-disable")});
    if (!m_manager.waitForStarted(timeoutMs))
        return;
    QThread::msleep(500); // until it manages windows
    m_name = name;
}

XDisplay::~XDisplay() {
    if (m_connection)
        xcb_disconnect(m_connection);
    end(m_manager);
    end(m_server);
}

bool XDisplay::showsWindow() const {
    auto *list = xcb_get_property_reply(
        m_connection, xcb_get_property(m_connection, 0, m_root, m_clientList, XCB_ATOM_WINDOW, 0, 64),
        nullptr);
    bool shown = false;
    if (list) {
        const auto *windows = static_cast<xcb_window_t *>(xcb_get_property_value(list));
        for (int i = 0; i < xcb_get_property_value_length(list) / 4 && !shown; ++i) {
            auto *state = xcb_get_window_attributes_reply(
                m_connection, xcb_get_window_attributes(m_connection, windows[i]), nullptr);
            shown = state && state->map_state == XCB_MAP_STATE_VIEWABLE;
            std::free(state);
        }
    }
    std::free(list);
    return shown;
}

} // namespace longcode::bench
