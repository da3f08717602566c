#pragma once

#include <QByteArray>

#include <optional>

namespace longcode::relay {

/// A listening socket that systemd has opened for this process (socket activation, sd_listen_fds(3)): the
/// first one. Nothing: there is none.
[[nodiscard]] std::optional<int> inheritedSocket();

/// Tells systemd, when it asked to be told (sd_notify(3)): "READY=1", "STOPPING=1". Elsewhere nothing
/// happens.
void tellServiceManager(const QByteArray &state);

} // namespace longcode::relay
