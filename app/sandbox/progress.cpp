#include "sandbox/progress.h"

#include "sandbox/places.h"
#include "sandbox/reporter.h"
#include "sandbox/seeded.h"
#include "sandbox/timeline.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/world.h"

#include <algorithm>

namespace longcode::sandbox {

namespace {

Cost costOf(const Message &message, const std::string &to) {
    const bool domestic = to.starts_with("+1");
    if (message.mms)
        return {15'000, 10'000};
    return {static_cast<long long>(message.parts) * (domestic ? 4'000 : 52'000),
            static_cast<long long>(message.parts) * (domestic ? 3'000 : 0)};
}

bool endsBeforeSent(const Fate &fate) {
    return fate.status == "sending_failed" || fate.status == "cancelled";
}

/// The customer opted out while the message was scheduled.
Fate optedOut(const Message &message) {
    Fate fate;
    fate.status = "sending_failed";
    fate.code = "40300";
    fate.detail = "Messages cannot be sent from '" + message.from + "' to '" + message.to.front().number +
                  "' due to an existing block rule.";
    return fate;
}

std::vector<ApiError> errorsOf(const Fate &fate, std::size_t recipient) {
    if (fate.code.empty())
        return {};
    ApiError error = errorOf(fate.code, fate.detail, "/to/" + std::to_string(recipient) + "/phone_number");
    if (!fate.title.empty())
        error.title = fate.title;
    return {error};
}

} // namespace

Progress::Progress(World &world, Timeline &timeline, const VirtualClock &clock, const Seeded &seeded,
                   Reporter &reporter, double speed)
    : m_world(world)
    , m_timeline(timeline)
    , m_clock(clock)
    , m_seeded(seeded)
    , m_reporter(reporter)
    , m_speed(speed) {}

void Progress::start(Message &message) {
    if (!message.sendAt) {
        run(message);
        return;
    }
    const std::chrono::milliseconds wait(message.sendAt->toMSecsSinceEpoch() - m_clock.nowMs());
    m_timeline.after(wait, [this, id = message.id, planned = message.progressRun] {
        Message *due = m_world.message(id);
        if (due && due->progressRun == planned) {
            for (Recipient &recipient : due->to)
                recipient.status = "queued";
            if (m_world.optOut(due->profileId, due->to.front().number))
                force(*due, optedOut(*due));
            else
                run(*due);
        }
    });
}

void Progress::run(Message &message) {
    for (std::size_t i = 0; i < message.to.size(); ++i) {
        Recipient &recipient = message.to[i];
        Fate fate = takeFate(recipient.number);
        recipient.lineType = fate.lineType;
        recipient.carrier = fate.carrier.empty() ? carrierOf(recipient.number) : fate.carrier;
        // Only receipts within the provider's own network exist for group MMS (documentation, group
        // messaging).
        if (message.isGroup() && fate.status == "delivered" && m_world.profileOf(recipient.number).empty())
            fate.status = "unknown";
        if (fate.status != "queued")
            later(message, i, fate, 150, 400);
    }
}

void Progress::halt(Message &message) {
    ++message.progressRun;
}

void Progress::later(const Message &message, std::size_t recipient, const Fate &fate, int soonest,
                     int latest) {
    const std::string label = message.to[recipient].status + "/" + std::to_string(message.ordinal) + "/" +
                              std::to_string(recipient);
    const auto delay = atSpeed(m_seeded.between(label, soonest, latest) * fate.slowness);
    m_timeline.after(delay, [this, id = message.id, recipient, fate, planned = message.progressRun] {
        Message *due = m_world.message(id);
        if (due && due->progressRun == planned)
            step(*due, recipient, fate);
    });
}

void Progress::step(Message &message, std::size_t recipient, const Fate &fate) {
    std::string &status = message.to[recipient].status;
    if (status == "queued") {
        status = "sending";
        if (fate.status != "sending")
            later(message, recipient, fate, 150, 500);
    } else if (status == "sending" && !endsBeforeSent(fate)) {
        enterSent(message, recipient);
        if (fate.status != "sent")
            later(message, recipient, fate, 300, 1200);
    } else {
        enterFinal(message, recipient, fate);
    }
}

void Progress::enterSent(Message &message, std::size_t recipient) {
    message.to[recipient].status = "sent";
    if (!message.sentAt)
        message.sentAt = m_clock.now();
    message.validUntil.reset();
    Cost cost = costOf(message, message.to[recipient].number);
    const auto addressees = static_cast<long long>(message.to.size());
    message.cost = Cost{cost.rate * addressees, cost.carrierFee * addressees};
    m_reporter.sent(message, recipient);
}

void Progress::enterFinal(Message &message, std::size_t recipient, const Fate &fate) {
    message.to[recipient].status = fate.status;
    message.to[recipient].errors = errorsOf(fate, recipient);
    message.completedAt = m_clock.now();
    message.validUntil.reset();
    if (!message.cost)
        message.cost = Cost{};
    m_reporter.finalized(message, recipient);
    if (fate.status == "delivered" && delivered)
        delivered(message, recipient);
}

void Progress::force(Message &message, const Fate &fate) {
    halt(message);
    for (std::size_t i = 0; i < message.to.size(); ++i) {
        if (fate.status == "sent")
            enterSent(message, i);
        else if (isFinal(fate.status))
            enterFinal(message, i, fate);
        else
            message.to[i].status = fate.status;
    }
}

Fate Progress::takeFate(const std::string &number) {
    const auto wanted = std::find_if(m_outcomes.begin(), m_outcomes.end(),
                                     [&](const Outcome &o) { return o.to.empty() || o.to == number; });
    if (wanted == m_outcomes.end())
        return fateOf(number);
    Fate fate = wanted->fate;
    if (--wanted->times <= 0)
        m_outcomes.erase(wanted);
    return fate;
}

std::chrono::milliseconds Progress::atSpeed(int ms) const {
    return std::chrono::milliseconds(static_cast<long long>(ms / m_speed));
}

} // namespace longcode::sandbox
