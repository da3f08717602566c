#pragma once

#include "desk/values.h"

#include <QObject>

/// How the desktop tells a person of something: notifications, tray, badge. Knows nothing of windows. UI
/// thread.
namespace longcode::notify {

/// One thing to be told. At most one of a conversation is shown; a later one takes its place.
struct Notice {
    desk::ConversationId conversation; ///< invalid: about the console itself
    QString title;                     ///< plain text
    QString body;                      ///< plain text; may be empty
    bool urgent = false;
    bool sound = false;
    bool canReply = false;
};

/// Shows notices. Never fails: what cannot be shown is not shown.
class Notices : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void show(const Notice &notice) = 0;
    virtual void close(desk::ConversationId id) = 0;

Q_SIGNALS:
    /// A person wants to see it.
    void opened(longcode::desk::ConversationId id);
    /// A person answered in the notice itself.
    void replied(longcode::desk::ConversationId id, const QString &text);
    /// A sound was asked for and the desktop makes none.
    void soundWanted();
};

} // namespace longcode::notify
