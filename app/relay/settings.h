#pragma once

#include "base/program.h"
#include "relay/forward/forward_target.h"
#include "relay/intake/webhook_receiver.h"
#include "relay/log/event_log.h"
#include "relay/operate/journal.h"

#include <chrono>
#include <optional>

namespace longcode::relay {

/// What the command line and the config file say, checked.
struct RelaySettings {
    ListenAddress listen;
    std::optional<ListenAddress> metricsListen;
    QList<ReceiverAccount> accounts; ///< with at least one key each
    QString tokenFile;
    QString store;
    QString publicUrl; ///< empty: the address it listens on
    Level logLevel = Level::Info;
    Journal::Format logFormat = Journal::Format::Text;
    QString tlsCertificate, tlsKey; ///< files; both or none
    bool behindProxy = false;
    QStringList trustedProxies; ///< addresses
    QStringList allowedHosts;   ///< names; empty: any
    QList<ForwardTarget> forwards;
    Retention retention;
    std::chrono::seconds tolerance{300};
    std::chrono::minutes silence{0}; ///< 0: no alarm
};

/// Why the relay does not start. `exitCode` 2: an option is wrong; 1: a file cannot be used.
struct StartFailure {
    int exitCode = 1;
    QStringList sentences;
};

} // namespace longcode::relay
