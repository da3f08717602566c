#pragma once

#include "base/failure.h"
#include "protocol/facts.h"
#include "protocol/protocol.h"
#include "store/store.h"
#include "store/team.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <optional>

namespace longcode {
class Clock;
}
namespace longcode::store {
class Reader;
}

namespace longcode::desk {

/// Brings facts to the relay: durable before they leave, sent again under the same id until the relay has
/// answered, over restarts too. Facts about the same thing (conversation, canned reply, customer) arrive in
/// the order of saying: each of them leaves when the one before is answered. Lives on the UI thread; knows no
/// connection, but is told of it.
class FactQueue : public QObject {
    Q_OBJECT
public:
    /// `busyPause`: how long to wait when the relay says that it is busy.
    FactQueue(store::Store &store, store::Reader &reader, const Clock &clock,
              std::chrono::milliseconds busyPause = std::chrono::seconds(2), QObject *parent = nullptr);

    void add(const protocol::Fact &fact, store::ConversationId conversation = {});
    /// What the relay has not confirmed, in the order of saying.
    [[nodiscard]] const QList<store::OutgoingFact> &waiting() const { return m_waiting; }
    /// The canned replies among them.
    [[nodiscard]] QList<protocol::CannedReply> cannedReplies() const;

public Q_SLOTS:
    /// The relay listens: everything not confirmed is sent (again).
    void open();
    void close();
    void onPublished(const QString &id);
    void onNotPublished(const longcode::protocol::NotPublished &answer);

Q_SIGNALS:
    void publish(const longcode::protocol::Publish &fact);
    void changed();
    void cannedRepliesChanged();
    /// It is gone: not written here, or not taken by the relay.
    void refused(const longcode::protocol::Fact &fact, const longcode::Failure &why);

private:
    /// Facts under way at a time.
    static constexpr int inFlight = 32;
    /// The queue is read anew at most this often, however quickly it changes.
    static constexpr std::chrono::milliseconds loadPause{40};

    /// What is known of a waiting fact without decoding it again.
    struct Known {
        QString about; ///< facts with the same one keep their order; empty: in no order with any
        std::optional<protocol::CannedReply> reply;
    };
    [[nodiscard]] static Known knownOf(const store::OutgoingFact &fact);
    void loadSoon();
    void load();
    void pump();

    store::Store &m_store;
    store::Reader &m_reader;
    const Clock &m_clock;
    QList<store::OutgoingFact> m_waiting;
    QHash<QString, Known> m_known;
    QSet<QString> m_sent, m_answered;
    QTimer m_busy, m_loading;
    bool m_open = false;
    bool m_mustLoad = false;
};

} // namespace longcode::desk
