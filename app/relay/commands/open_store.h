#pragma once

#include "relay/log/store_address.h"
#include "relay/settings.h"

#include <memory>

namespace longcode::relay {

/// The log of --store, open beside a relay that may be running at it.
class OpenStore {
public:
    enum Missing { MustExist, MayBeCreated };

    /// The error is a sentence.
    [[nodiscard]] static Result<OpenStore, QString> open(const RelaySettings &settings, Missing missing);
    OpenStore(OpenStore &&) noexcept = default;
    OpenStore &operator=(OpenStore &&) noexcept = default;
    ~OpenStore();

    [[nodiscard]] EventLog &log() const { return *m_log; }
    [[nodiscard]] const StoreAddress &address() const { return m_address; }
    /// Waits for a page of webhooks. Nothing: the log could not be read.
    [[nodiscard]] std::optional<QList<SignedEntry>> readSigned(const Page &page) const;

private:
    OpenStore() = default;

    StoreAddress m_address = StoreAddress::sqliteFile({});
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<EventLog> m_log;
};

} // namespace longcode::relay
