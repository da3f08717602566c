#include "notify/desktop_notices.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QFileInfo>

namespace longcode::notify {

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
const QString replyAction = QStringLiteral("inline-reply");
const QString openAction = QStringLiteral("default");
constexpr int patience = 5000; // milliseconds
constexpr int serversOwnTime = -1;
constexpr uchar normal = 1;
constexpr uchar critical = 2;

} // namespace

std::optional<QDBusConnection> sessionBus() {
    // Without an address libdbus would start a bus, which takes long and nobody listens on it.
    const bool known = !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
                       QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
    if (!known)
        return std::nullopt;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return std::nullopt;
    return bus;
}

DesktopNotices::DesktopNotices(const QDBusConnection &bus, std::unique_ptr<Notices> otherwise,
                               QObject *parent)
    : Notices(parent), m_bus(bus), m_otherwise(std::move(otherwise)) {
    connect(m_otherwise.get(), &Notices::opened, this, &Notices::opened);
    connect(m_otherwise.get(), &Notices::replied, this, &Notices::replied);
    connect(m_otherwise.get(), &Notices::soundWanted, this, &Notices::soundWanted);
    auto *watcher = new QDBusServiceWatcher(service, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &DesktopNotices::serverChanged);
    const auto hear = [this](const char *signal, const char *slot) {
        m_bus.connect(service, path, service, QLatin1String(signal), this, slot);
    };
    hear("NotificationClosed", SLOT(closed(uint, uint)));
    hear("ActionInvoked", SLOT(invoked(uint, QString)));
    hear("NotificationReplied", SLOT(answered(uint, QString)));
    hear("ActivationToken", SLOT(keepActivationToken(uint, QString)));
}

QDBusMessage DesktopNotices::call(const char *method) const {
    return QDBusMessage::createMethodCall(service, path, service, QLatin1String(method));
}

bool DesktopNotices::can(const char *capability) const {
    return m_capabilities && m_capabilities->contains(QLatin1String(capability));
}

void DesktopNotices::serverChanged() {
    m_capabilities.reset();
    m_shown.removeIf([](auto entry) { return !entry.value().isAsked; });
    for (Shown &shown : m_shown)
        shown.id = 0;
}

void DesktopNotices::show(const Notice &notice) {
    if (m_capabilities) {
        send(notice);
        return;
    }
    m_waiting.removeIf([&](const Notice &other) { return other.conversation == notice.conversation; });
    m_waiting.append(notice);
    askWhatItCan();
}

void DesktopNotices::askWhatItCan() {
    if (m_isAsking)
        return;
    m_isAsking = true;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call("GetCapabilities"), patience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        tookCapabilities(*watcher);
    });
}

void DesktopNotices::tookCapabilities(QDBusPendingCallWatcher &watcher) {
    m_isAsking = false;
    const QDBusPendingReply<QStringList> reply = watcher;
    const QList<Notice> waiting = std::exchange(m_waiting, {});
    if (!reply.isError())
        m_capabilities = reply.value();
    for (const Notice &notice : waiting) {
        if (m_capabilities)
            send(notice);
        else
            m_otherwise->show(notice);
    }
}

QList<QVariant> DesktopNotices::arguments(const Notice &notice, uint replaces) const {
    QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(notice.urgent ? critical : normal)},
                      {QStringLiteral("desktop-entry"), QStringLiteral("longcode")},
                      {QStringLiteral("category"), QStringLiteral("im.received")}};
    if (notice.sound)
        hints.insert(QStringLiteral("sound-name"), QStringLiteral("message-new-instant"));
    else
        hints.insert(QStringLiteral("suppress-sound"), true);
    QStringList actions;
    if (can("actions"))
        actions << openAction << tr("Open");
    if (notice.canReply && can("inline-reply")) {
        actions << replyAction << tr("Reply");
        hints.insert(QStringLiteral("x-kde-reply-placeholder-text"), tr("Your answer"));
        hints.insert(QStringLiteral("x-kde-reply-submit-button-text"), tr("Send"));
    }
    // Only a server that renders markup takes escapes back out of the body; titles are never markup.
    const QString body = can("body-markup") ? notice.body.toHtmlEscaped() : notice.body;
    return {QStringLiteral("Longcode"),
            replaces,
            QStringLiteral("longcode"),
            notice.title,
            body,
            actions,
            hints,
            serversOwnTime};
}

void DesktopNotices::send(const Notice &notice) {
    Shown &shown = m_shown[notice.conversation];
    shown.isOver = false;
    if (shown.isAsked) {
        shown.next = notice;
        return;
    }
    shown.isAsked = true;
    shown.lastReply.clear();
    QDBusMessage message = call("Notify");
    message.setArguments(arguments(notice, shown.id));
    if (notice.sound && !can("sound"))
        Q_EMIT soundWanted();
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, patience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, notice] {
        watcher->deleteLater();
        sent(*watcher, notice);
    });
}

void DesktopNotices::sent(QDBusPendingCallWatcher &watcher, const Notice &notice) {
    const QDBusPendingReply<uint> reply = watcher;
    Shown &shown = m_shown[notice.conversation];
    shown.isAsked = false;
    if (reply.isError()) {
        const Notice newest = shown.next.value_or(notice);
        const bool isOver = shown.isOver;
        m_shown.remove(notice.conversation);
        m_capabilities.reset();
        if (!isOver)
            m_otherwise->show(newest);
        return;
    }
    shown.id = reply.value();
    if (shown.isOver)
        close(notice.conversation);
    else if (shown.next)
        send(*std::exchange(shown.next, std::nullopt));
}

void DesktopNotices::close(desk::ConversationId id) {
    m_otherwise->close(id);
    m_waiting.removeIf([&](const Notice &notice) { return notice.conversation == id; });
    const auto at = m_shown.find(id);
    if (at == m_shown.end())
        return;
    if (at->isAsked) {
        at->isOver = true;
        at->next.reset();
        return;
    }
    QDBusMessage message = call("CloseNotification");
    message << at->id;
    m_shown.erase(at);
    m_bus.asyncCall(message, patience); // gone already, or no server any more: both are well
}

std::optional<desk::ConversationId> DesktopNotices::conversationOf(uint id) const {
    for (auto at = m_shown.cbegin(); at != m_shown.cend(); ++at) {
        if (at->id == id && id != 0)
            return at.key();
    }
    return std::nullopt;
}

void DesktopNotices::closed(uint id, uint) {
    const std::optional<desk::ConversationId> conversation = conversationOf(id);
    if (!conversation)
        return;
    if (m_shown[*conversation].isAsked)
        m_shown[*conversation].id = 0;
    else
        m_shown.remove(*conversation);
}

void DesktopNotices::invoked(uint id, const QString &action) {
    if (const auto conversation = conversationOf(id); conversation && action == openAction)
        Q_EMIT opened(*conversation);
}

void DesktopNotices::answered(uint id, const QString &text) {
    const std::optional<desk::ConversationId> conversation = conversationOf(id);
    if (!conversation || text.trimmed().isEmpty())
        return;
    // One notice is answered once: a server that tells it again must not send it again.
    Shown &shown = m_shown[*conversation];
    if (shown.lastReply == text)
        return;
    shown.lastReply = text;
    Q_EMIT replied(*conversation, text);
}

void DesktopNotices::keepActivationToken(uint id, const QString &token) {
    // Without it a Wayland compositor does not raise the window.
    if (conversationOf(id))
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
}

} // namespace longcode::notify
