#include "desk/memory_secrets.h"

namespace longcode::desk {

QFuture<Result<bool, Failure>> MemorySecrets::keep(const SecretName &name, const QByteArray &secret) {
    m_secrets.insert(name.text, secret);
    return QtFuture::makeReadyFuture(Result<bool, Failure>(true));
}

QFuture<Result<std::optional<QByteArray>, Failure>> MemorySecrets::fetch(const SecretName &name) {
    std::optional<QByteArray> secret;
    if (const auto found = m_secrets.constFind(name.text); found != m_secrets.cend())
        secret = *found;
    return QtFuture::makeReadyFuture(Result<std::optional<QByteArray>, Failure>(secret));
}

QFuture<Result<bool, Failure>> MemorySecrets::forget(const SecretName &name) {
    return QtFuture::makeReadyFuture(Result<bool, Failure>(m_secrets.remove(name.text) > 0));
}

} // namespace longcode::desk
