#pragma once

#include "sandbox/json.h"
#include "sandbox/signing_key.h"

#include <QDateTime>
#include <QNetworkAccessManager>
#include <QObject>

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <unordered_map>

class QNetworkReply;

namespace longcode::sandbox {

class Timeline;
class VirtualClock;

/// One event on its way to the addresses that should hear of it.
struct Webhook {
    std::string messageId;         ///< empty: not about a message
    Json event;                    ///< the envelope's `data`
    std::vector<std::string> urls; ///< in the order in which they are tried

    struct Attempt {
        std::string url;
        int attempt = 1;
        int status = 0; ///< 0: no answer
        std::string problem;
        QDateTime at;
    };
    std::vector<Attempt> attempts{};
    enum class State : std::uint8_t { Pending, Delivered, Failed } state = State::Pending;

    [[nodiscard]] std::string eventId() const { return textAt(event, "id"); }
};

/// Posts signed webhooks: 3 tries for each address, each try at most 2 seconds, then the next address.
/// The time-out is real time; the pauses between tries follow the sandbox's clock. The signature carries
/// the real time, because its receiver has a clock of its own. Main thread only.
class WebhookSender : public QObject {
    Q_OBJECT
public:
    static constexpr int triesPerUrl = 3;
    static constexpr std::chrono::milliseconds timeout{2000};
    static constexpr std::size_t maximumRecords = 20'000;
    static constexpr int inFlightPerHost = 6;

    WebhookSender(SigningKey key, Timeline &timeline, VirtualClock &clock, QObject *parent = nullptr);

    /// Without an address nothing is sent; the event is kept on record as failed.
    void send(Webhook webhook);
    /// Sends an event of the record again, with the same id. False: there is no such event.
    bool redeliver(const std::string &eventId);
    /// Oldest first, at most maximumRecords.
    [[nodiscard]] const std::deque<std::shared_ptr<Webhook>> &records() const { return m_records; }

private:
    struct Journey {
        std::shared_ptr<Webhook> webhook;
        std::size_t url = 0;
        int attempt = 1;
    };
    struct Lane {
        int inFlight = 0;
        std::deque<Journey> waiting;
    };

    void queue(Journey journey);
    void post(Journey journey);
    void finished(Journey journey, QNetworkReply *reply);
    void next(Journey journey);

    SigningKey m_key;
    Timeline &m_timeline;
    VirtualClock &m_clock;
    QNetworkAccessManager m_network;
    std::deque<std::shared_ptr<Webhook>> m_records;
    std::unordered_map<std::string, Lane> m_lanes; ///< by host and port
};

} // namespace longcode::sandbox
