#pragma once

#include "desk/values.h"

#include <QObject>

#include <optional>

namespace longcode::desk {

/// How loudly texts to one of our numbers are told.
struct AlertRule {
    bool show = true; ///< as a notification of the desktop
    bool sound = true;
    bool showText = true;  ///< else only who wrote
    bool onlyMine = false; ///< only conversations nobody else has claimed
    friend bool operator==(const AlertRule &, const AlertRule &) = default;
};

enum class AlertKind : quint8 { Text, Mention, Failed, Missed, Woke, Recovered };

/// Something that a person should hear of, in plain words.
struct Alert {
    AlertKind kind = AlertKind::Text;
    ConversationId conversation;
    MessageRow message;
    QString title; ///< who, or what; plain text, controls made visible, bounded
    QString body;  ///< plain text, bounded; may be empty
    bool show = true;
    bool sound = false;
    bool canReply = false; ///< a quick reply makes sense here
    friend bool operator==(const Alert &, const Alert &) = default;
};

/// Decides what a person is told of, and how: rules per number, one notification for a burst, nothing for the
/// conversation on screen. Lives on the UI thread; shows nothing itself.
class Alerts : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual AlertRule rule(const phone::Address &own) const = 0;
    virtual void setRule(const phone::Address &own, const AlertRule &rule) = 0;
    /// Until then nothing is shown and nothing sounds; invalid: ends it.
    virtual void setQuietUntil(const QDateTime &until) = 0;
    [[nodiscard]] virtual QDateTime quietUntil() const = 0;
    /// What a person looks at now: of this nothing is told. Invalid: the window is not active.
    virtual void setOnScreen(ConversationId id) = 0;
    /// Conversations with something unread, for tray and window.
    [[nodiscard]] virtual int unread() const = 0;

Q_SIGNALS:
    void alert(const longcode::desk::Alert &alert);
    /// What was told of this conversation is over (read, closed, answered).
    void withdrawn(longcode::desk::ConversationId id);
    void unreadChanged(int unread);
};

} // namespace longcode::desk

Q_DECLARE_METATYPE(longcode::desk::Alert)
