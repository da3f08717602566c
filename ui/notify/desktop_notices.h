#pragma once

#include "notify/notices.h"

#include <QDBusConnection>
#include <QHash>
#include <QStringList>

#include <memory>
#include <optional>

class QDBusMessage;
class QDBusPendingCallWatcher;

namespace longcode::notify {

/// The session's bus, when there is one to be reached; it is never started.
[[nodiscard]] std::optional<QDBusConnection> sessionBus();

/// Notices through org.freedesktop.Notifications (Desktop Notifications Specification 1.2). Everything waits
/// in the background; a server that is absent, dies or refuses costs a notice its place here and gives it to
/// `otherwise`. Bodies are escaped where the server renders markup. UI thread.
class DesktopNotices final : public Notices {
    Q_OBJECT
public:
    /// Takes `otherwise`, whose signals become its own.
    DesktopNotices(const QDBusConnection &bus, std::unique_ptr<Notices> otherwise, QObject *parent = nullptr);

    void show(const Notice &notice) override;
    void close(desk::ConversationId id) override;

private Q_SLOTS: // QtDBus connects by name only
    void closed(uint id, uint reason);
    void invoked(uint id, const QString &action);
    void answered(uint id, const QString &text);
    void keepActivationToken(uint id, const QString &token);

private:
    /// What the server knows of one conversation.
    struct Shown {
        uint id = 0;
        bool isAsked = false; ///< a Notify waits for its answer
        bool isOver = false;  ///< to be closed when its id is known
        std::optional<Notice> next;
        QString lastReply;
    };
    void askWhatItCan();
    void tookCapabilities(QDBusPendingCallWatcher &watcher);
    void send(const Notice &notice);
    void sent(QDBusPendingCallWatcher &watcher, const Notice &notice);
    void serverChanged();
    [[nodiscard]] bool can(const char *capability) const;
    [[nodiscard]] QDBusMessage call(const char *method) const;
    [[nodiscard]] QList<QVariant> arguments(const Notice &notice, uint replaces) const;
    [[nodiscard]] std::optional<desk::ConversationId> conversationOf(uint id) const;

    QDBusConnection m_bus;
    std::unique_ptr<Notices> m_otherwise;
    std::optional<QStringList> m_capabilities; ///< none: not known yet, or the server has changed
    bool m_isAsking = false;
    QList<Notice> m_waiting; ///< for the capabilities
    QHash<desk::ConversationId, Shown> m_shown;
};

} // namespace longcode::notify
