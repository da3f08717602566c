#pragma once

#include "base/result.h"
#include "desk/opt_outs.h"
#include "desk/suppressed_model.h"
#include "store/error.h"
#include "store/values.h"
#include "telnyx/telnyx.h"

#include <QHash>
#include <QTimer>

namespace longcode {
class Clock;
}
namespace longcode::store {
class Store;
}

namespace longcode::desk {

class Account;

/// Opt-outs over the console's store and the API's list. The list is read at the start, each day, and when
/// asked for. Lives on the UI thread; all handed in outlive it.
class LiveOptOuts final : public OptOuts {
    Q_OBJECT
public:
    LiveOptOuts(store::Store &store, store::Reader &reader, telnyx::Client &client, const Account &account,
                const Clock &clock, QObject *parent = nullptr);

    /// Reads the list, and goes on doing so each day.
    void start();
    void stop();

    [[nodiscard]] std::optional<Block> block(ConversationId id) const override;
    void synchronise() override;
    [[nodiscard]] bool isSynchronising() const override { return m_synchronising; }
    [[nodiscard]] QDateTime synchronisedAt() const override { return m_at; }
    [[nodiscard]] int listed() const override { return m_listed; }
    [[nodiscard]] Failure trouble() const override { return m_trouble; }
    [[nodiscard]] QAbstractItemModel &suppressed() override { return m_suppressed; }

private:
    void onRead(const telnyx::Answer<QList<telnyx::OptOut>> &answer);
    void onWritten(const Result<store::Changes, store::StoreError> &written, int count);
    void end(const Failure &trouble);
    void readIfDue();
    void onStoreChanged(const store::Changes &changes);
    void compareBlocks();
    [[nodiscard]] std::optional<Block> blockNow(ConversationId id) const;

    store::Store &m_store;
    store::Reader &m_reader;
    telnyx::Client &m_client;
    const Account &m_account;
    const Clock &m_clock;
    SuppressedModel m_suppressed;
    QTimer m_ticker, m_compare;
    bool m_synchronising = false;
    bool m_readWithoutSenders = false;
    QDateTime m_at, m_triedAt;
    int m_listed = 0;
    Failure m_trouble;
    /// What was answered to those who asked lately: blockChanged tells of a difference.
    mutable QHash<ConversationId, std::optional<Block>> m_answered;
    mutable QList<ConversationId> m_lately;
};

} // namespace longcode::desk
