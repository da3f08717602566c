#pragma once

#include "base/clock.h"
#include "desk/conversation_model.h"
#include "desk/inbox.h"
#include "store/store.h"

namespace longcode::desk {

/// The inbox over a store. UI thread. Store, reader (of this thread) and clock must outlive it; message
/// models that it opened must go before the reader.
class LiveInbox final : public Inbox {
    Q_OBJECT
public:
    LiveInbox(store::Store &store, store::Reader &reader, const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] QAbstractItemModel &conversations() override { return m_conversations; }
    void setFilter(InboxFilter filter) override;
    void setSearch(const QString &text) override;
    [[nodiscard]] int count(InboxFilter filter) const override;
    [[nodiscard]] std::optional<Conversation> conversation(ConversationId id) const override;
    [[nodiscard]] std::unique_ptr<QAbstractItemModel> openMessages(ConversationId id) override;
    void markRead(ConversationId id) override;
    QFuture<Result<ConversationId, Failure>> begin(const phone::Address &peer,
                                                   const phone::Address &own) override;
    void rename(ConversationId id, const QString &name) override;

private:
    void apply(const store::Changes &changes);

    store::Store &m_store;
    store::Reader &m_reader;
    const Clock &m_clock;
    ConversationModel m_conversations;
    store::FilterCounts m_counts;
};

} // namespace longcode::desk
