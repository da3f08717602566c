#pragma once

#include "relay/consoles/access_tokens.h"
#include "relay/consoles/token_bucket.h"
#include "relay/log/event_log.h"

namespace longcode::relay {

struct PublishLimits {
    double perSecond = 50;
    double burst = 200;
    int underWay = 256;                    ///< not yet durable
    qsizetype bytesUnderWay = 4 << 20;     ///< of their bodies; one more is always taken
    qsizetype unknownFactBytes = 64 << 10; ///< of a type that only newer consoles know
};

/// Decides which of one console's facts go into the log. One thread.
class FactGate {
public:
    FactGate(const TokenGrant &grant, const PublishLimits &limits)
        : m_author(grant.name)
        , m_role(grant.role)
        , m_limits(limits)
        , m_rate(limits.perSecond, limits.burst) {}

    /// The entry to append; after it `settled` is due. Or why not.
    [[nodiscard]] Result<IncomingEvent, protocol::NotPublished> admit(const protocol::Publish &publish,
                                                                      const QDateTime &now);
    void settled(qsizetype bytes);

private:
    [[nodiscard]] bool isBusy(qsizetype bytes);

    QString m_author;
    protocol::Role m_role;
    PublishLimits m_limits;
    TokenBucket m_rate;
    int m_underWay = 0;
    qsizetype m_bytesUnderWay = 0;
};

} // namespace longcode::relay
