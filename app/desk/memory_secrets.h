#pragma once

#include "desk/secrets.h"

#include <QHash>

namespace longcode::desk {

/// Secrets that live as long as the process: the sandbox's, and those of tests. Never touches a disk.
class MemorySecrets final : public SecretStore {
public:
    QFuture<Result<bool, Failure>> keep(const SecretName &name, const QByteArray &secret) override;
    QFuture<Result<std::optional<QByteArray>, Failure>> fetch(const SecretName &name) override;
    QFuture<Result<bool, Failure>> forget(const SecretName &name) override;

private:
    QHash<QString, QByteArray> m_secrets;
};

} // namespace longcode::desk
