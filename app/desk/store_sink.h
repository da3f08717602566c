#pragma once

#include "desk/relay_link.h"

namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store

namespace longcode::desk {

/// The console's store as the place where a relay's events go. Lives on the UI thread.
class StoreSink final : public EventSink {
public:
    StoreSink(store::Store &store, store::Reader &reader) : m_store(store), m_reader(reader) {}

    [[nodiscard]] LogPosition position() const override;
    QFuture<Result<bool, Failure>> apply(const LogBatch &batch) override;

private:
    store::Store &m_store;
    store::Reader &m_reader;
};

} // namespace longcode::desk
