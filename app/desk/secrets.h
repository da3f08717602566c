#pragma once

#include "base/failure.h"
#include "base/result.h"

#include <QByteArray>
#include <QFuture>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace longcode::desk {

/// Which secret: "<account id>/api-key".
struct SecretName {
    QString text;
};

/// The platform's keychain. Every call ends within its own time limit, also when a prompt stays unanswered.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    virtual QFuture<Result<bool, Failure>> keep(const SecretName &name, const QByteArray &secret) = 0;
    /// No value: there is none, or the keychain is locked (they look alike; never overwrite because of it).
    virtual QFuture<Result<std::optional<QByteArray>, Failure>> fetch(const SecretName &name) = 0;
    virtual QFuture<Result<bool, Failure>> forget(const SecretName &name) = 0;
};

/// `limit`: how long one call may take. It includes the time a person needs to unlock the keychain.
[[nodiscard]] std::unique_ptr<SecretStore>
makeKeychain(std::chrono::milliseconds limit = std::chrono::seconds(60));

} // namespace longcode::desk
