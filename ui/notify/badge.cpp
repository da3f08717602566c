#include "notify/badge.h"

#include <QGuiApplication>
#include <QVariantMap>

#ifdef LONGCODE_HAS_DBUS
#include "notify/desktop_notices.h"

#include <QDBusMessage>
#endif

namespace longcode::notify {

void showBadge(int unread) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    qGuiApp->setBadgeNumber(unread);
#elif defined(LONGCODE_HAS_DBUS)
    const std::optional<QDBusConnection> bus = sessionBus();
    if (!bus)
        return;
    QDBusMessage update = QDBusMessage::createSignal(QStringLiteral("/com/longcode/Longcode"),
                                                     QStringLiteral("com.canonical.Unity.LauncherEntry"),
                                                     QStringLiteral("Update"));
    update << QStringLiteral("application://longcode.desktop")
           << QVariantMap{{QStringLiteral("count"), qint64(unread)},
                          {QStringLiteral("count-visible"), unread > 0}};
    bus->send(update);
#else
    Q_UNUSED(unread)
#endif
}

} // namespace longcode::notify
