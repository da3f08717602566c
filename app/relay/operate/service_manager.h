#pragma once

#include "base/program.h"
#include "base/result.h"

#include <QByteArray>

#include <optional>

namespace longcode::relay {

/// A listening socket that systemd has opened for this process (socket activation, sd_listen_fds(3)): the
/// first one. Nothing: there is none.
[[nodiscard]] std::optional<int> inheritedSocket();

/// Where it listens. The error, a sentence: it is no TCP socket that listens.
[[nodiscard]] Result<ListenAddress, QString> addressOf(int listeningSocket);

/// New files of this process are for its own user alone: they hold customers' texts.
void keepFilesPrivate();

/// Tells systemd, when it asked to be told (sd_notify(3)): "READY=1", "STOPPING=1". Elsewhere nothing
/// happens.
void tellServiceManager(const QByteArray &state);

} // namespace longcode::relay
