#pragma once

#include "relay/log/event_log.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <chrono>
#include <functional>

namespace longcode::relay {

/// How a try to pass an entry on ended.
struct DeliveryResult {
    enum class Outcome : quint8 {
        Accepted, ///< 2xx
        Refused,  ///< the target works, but does not take this one: 4xx other than 408 and 429
        Trouble   ///< no answer, a redirect, 408, 429 or 5xx: it would not take any other either
    };
    Outcome outcome = Outcome::Trouble;
    QString reason{}; ///< a few words for people, without the address: it may hold a secret
};

/// Sends webhooks on as they came: the raw body, its two signature headers, and the intent in the query of
/// the target's address. Follows no redirect, keeps no cookie. Qt sends a request again by itself when a
/// connection that was kept open turns out to be closed: harmless here, where everything may arrive twice.
/// One thread.
class Delivery {
public:
    Delivery(QUrl target, std::chrono::milliseconds timeout);

    void send(const SignedEntry &entry, std::function<void(DeliveryResult)> done);
    /// Breaks everything off; nothing is called back any more.
    void stop();

private:
    [[nodiscard]] QNetworkRequest requestFor(const SignedEntry &entry) const;

    const QUrl m_target;
    const std::chrono::milliseconds m_timeout;
    std::unique_ptr<QNetworkAccessManager> m_network;
};

} // namespace longcode::relay
