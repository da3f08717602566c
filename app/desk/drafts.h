#pragma once

#include "desk/values.h"
#include "store/values.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace longcode {
class Clock;
}
namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store

namespace longcode::desk {

/// Texts of one kind that are not sent or said yet, one per conversation. Lives on the UI thread. Keystrokes
/// are gathered for a fraction of a second and then written, so that a killed console loses that fraction at
/// most.
class Drafts : public QObject {
    Q_OBJECT
public:
    Drafts(store::DraftKind kind, store::Store &store, store::Reader &reader, const Clock &clock,
           QObject *parent = nullptr);

    [[nodiscard]] QString text(ConversationId id) const;
    void keep(ConversationId id, const QString &text);
    /// It is being sent: what is gathered for it is not written any more.
    void forget(ConversationId id);
    /// Hands everything gathered to the store.
    void flush();

private:
    store::DraftKind m_kind;
    store::Store &m_store;
    store::Reader &m_reader;
    const Clock &m_clock;
    QHash<ConversationId, QString> m_gathered;
    QTimer m_timer;
};

} // namespace longcode::desk
