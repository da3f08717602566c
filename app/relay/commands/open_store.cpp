#include "relay/commands/open_store.h"

#include "relay/log/open_log.h"

#include <QFile>

#include <future>

namespace longcode::relay {

OpenStore::~OpenStore() = default;

Result<OpenStore, QString> OpenStore::open(const RelaySettings &settings, Missing missing) {
    const auto address = StoreAddress::parse(settings.store);
    if (!address)
        return failed(address.error());
    if (missing == MustExist && address->kind() == StoreAddress::Kind::SqliteFile &&
        !QFile::exists(address->path()))
        return failed(QStringLiteral("There is no log at %1.").arg(address->path()));
    OpenStore store;
    store.m_address = *address;
    store.m_journal = std::make_unique<Journal>(Level::Warning, settings.logFormat);
    auto log = openLog(*address, Access::Tool, *store.m_journal);
    if (!log)
        return failed(log.error());
    store.m_log = std::move(*log);
    return store;
}

std::optional<QList<SignedEntry>> OpenStore::readSigned(const Page &page) const {
    auto promise = std::make_shared<std::promise<std::optional<QList<SignedEntry>>>>();
    auto result = promise->get_future();
    m_log->readSigned(page, [promise](std::optional<QList<SignedEntry>> entries) {
        promise->set_value(std::move(entries));
    });
    return result.get();
}

} // namespace longcode::relay
