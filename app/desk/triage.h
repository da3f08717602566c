#pragma once

#include "desk/values.h"

#include <QList>
#include <QObject>

namespace longcode::desk {

/// What a person decides about conversations, one or many at once. Lives on the UI thread. Everything is
/// durable; pins, snoozes and marks belong to this console, closing is told to colleagues (Team::setClosed).
class Triage : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Pinned ones stand first in every list, the last pinned on top.
    virtual void setPinned(const QList<ConversationId> &ids, bool pinned) = 0;
    /// Out of the open lists until then, or until the customer writes. An invalid time ends it.
    virtual void snooze(const QList<ConversationId> &ids, const QDateTime &until) = 0;
    /// Counts as unread until it is opened again.
    virtual void markUnread(const QList<ConversationId> &ids) = 0;
    virtual void markRead(const QList<ConversationId> &ids) = 0;
    virtual void setClosed(const QList<ConversationId> &ids, bool closed) = 0;

Q_SIGNALS:
    /// A snooze ended by its time.
    void woke(longcode::desk::ConversationId id);
    /// Something was not written down.
    void failed(const longcode::Failure &why);
};

} // namespace longcode::desk
