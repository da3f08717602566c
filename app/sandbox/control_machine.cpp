#include "sandbox/api_profiles.h"
#include "sandbox/control.h"
#include "sandbox/customers.h"
#include "sandbox/faults.h"
#include "sandbox/front_door.h"
#include "sandbox/request_log.h"
#include "sandbox/schemas.h"
#include "sandbox/scripts.h"
#include "sandbox/seeded.h"
#include "sandbox/timeline.h"
#include "sandbox/validation.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/webhook_sender.h"
#include "sandbox/world.h"

#include <algorithm>

namespace longcode::sandbox {

namespace {

Member integer(std::string_view name) {
    return {name, Type::Integer};
}

const Schema &faultSchema() {
    static const Schema schema{
        text("kind").required().oneOf({"drop_before", "drop_after", "status", "delay"}),
        integer("times"),
        text("method"),
        text("path"),
        integer("status"),
        text("code"),
        text("detail"),
        integer("retry_after"),
        flag("accepted"),
        integer("delay_ms")};
    return schema;
}

const char *nameOf(Fault::Kind kind) {
    switch (kind) {
    case Fault::Kind::DropBefore:
        return "drop_before";
    case Fault::Kind::DropAfter:
        return "drop_after";
    case Fault::Kind::Status:
        return "status";
    case Fault::Kind::Delay:
        return "delay";
    }
    return "";
}

Fault::Kind kindOf(const std::string &name) {
    for (const auto kind : {Fault::Kind::DropAfter, Fault::Kind::Status, Fault::Kind::Delay}) {
        if (name == nameOf(kind))
            return kind;
    }
    return Fault::Kind::DropBefore;
}

Answer faultsAnswer(const Faults &faults) {
    Json list = Json::array();
    for (const Fault &fault : faults.all())
        list.push_back({{"kind", nameOf(fault.kind)},
                        {"times", fault.times},
                        {"method", fault.method},
                        {"path", fault.path}});
    return {200, {{"faults", std::move(list)}}};
}

Answer addFault(Faults &faults, const Json &body) {
    constexpr long long most = 1'000'000;
    constexpr long long longestDelay = 3'600'000;
    const long long times = integerAt(body, "times", 1);
    const long long status = integerAt(body, "status", 500);
    const long long retryAfter = integerAt(body, "retry_after");
    const long long delay = integerAt(body, "delay_ms");
    if (times < 1 || times > most || status < 200 || status > 599 || retryAfter < 0 || retryAfter > most ||
        delay < 0 || delay > longestDelay)
        return badRequest(
            "A number is out of range: times 1 to 1000000, status 200 to 599, delay_ms up to an hour.");
    Fault fault;
    fault.kind = kindOf(textAt(body, "kind"));
    fault.times = static_cast<int>(times);
    fault.method = textAt(body, "method");
    fault.path = textAt(body, "path");
    fault.status = static_cast<int>(status);
    fault.code = textAt(body, "code");
    fault.detail = textAt(body, "detail");
    fault.retryAfter = static_cast<int>(retryAfter);
    fault.accepted = boolAt(body, "accepted");
    fault.delay = std::chrono::milliseconds(delay);
    faults.add(std::move(fault));
    return faultsAnswer(faults);
}

Answer listRequests(const RequestLog &log, const Call &call) {
    const auto after = QString::fromStdString(call.queryAt("after")).toULongLong();
    const std::string path = call.hasQuery("path") ? "/v2" + call.queryAt("path") : std::string();
    Json list = Json::array();
    for (const LoggedRequest &request : log.all()) {
        const bool wanted = request.number > after && request.target.starts_with(path) &&
                            (!call.hasQuery("method") || call.queryAt("method") == request.method);
        if (wanted)
            list.push_back({{"number", request.number},
                            {"method", request.method},
                            {"target", request.target},
                            {"content_type", request.contentType},
                            {"body", request.body},
                            {"time", timeText(request.time)},
                            {"accepted", request.accepted},
                            {"status", request.status}});
    }
    return {200, {{"requests", std::move(list)}}};
}

const char *nameOf(Webhook::State state) {
    switch (state) {
    case Webhook::State::Pending:
        return "pending";
    case Webhook::State::Delivered:
        return "delivered";
    case Webhook::State::Failed:
        return "failed";
    }
    return "";
}

Json webhookJson(const Webhook &webhook) {
    Json attempts = Json::array();
    for (const Webhook::Attempt &attempt : webhook.attempts)
        attempts.push_back({{"url", attempt.url},
                            {"attempt", attempt.attempt},
                            {"status", attempt.status},
                            {"problem", attempt.problem},
                            {"at", timeText(attempt.at)}});
    return {{"id", webhook.eventId()},
            {"event_type", textAt(webhook.event, "event_type")},
            {"message_id", webhook.messageId},
            {"state", nameOf(webhook.state)},
            {"attempts", std::move(attempts)}};
}

Answer listWebhooks(const WebhookSender &webhooks, const Call &call) {
    Json list = Json::array();
    for (const auto &webhook : webhooks.records()) {
        if (!call.hasQuery("state") || call.queryAt("state") == nameOf(webhook->state))
            list.push_back(webhookJson(*webhook));
    }
    return {200, {{"webhooks", std::move(list)}}};
}

/// One event by its id, or all that failed, or all.
Answer redeliver(WebhookSender &webhooks, const Json &body) {
    const std::string id = textAt(body, "id");
    const std::string which = textAt(body, "which");
    if (id.empty() && which != "failed" && which != "all")
        return badRequest("Give the 'id' of an event, or 'which': 'failed' or 'all'.");
    std::vector<std::string> ids;
    for (const auto &webhook : webhooks.records()) {
        const bool wanted = id.empty() ? which == "all" || webhook->state == Webhook::State::Failed
                                       : webhook->eventId() == id;
        if (wanted)
            ids.push_back(webhook->eventId());
    }
    const auto count = std::count_if(ids.begin(), ids.end(),
                                     [&](const std::string &each) { return webhooks.redeliver(each); });
    if (!id.empty() && count == 0)
        return refusal(404, errorOf("10005", "There is no such event with an address."));
    return {200, {{"redelivered", count}}};
}

Answer clockAnswer(const VirtualClock &clock) {
    return {200, {{"now", timeText(clock.now())}, {"ahead_ms", clock.ahead().count()}}};
}

Answer advanceClock(Timeline &timeline, const VirtualClock &clock, const Json &body) {
    constexpr long long tenYears = 315'360'000'000;
    const long long by = integerAt(body, "advance_ms", -1);
    if (by < 0 || by > tenYears)
        return badRequest("'advance_ms' must be a number of milliseconds, not negative.");
    timeline.advance(std::chrono::milliseconds(by));
    return clockAnswer(clock);
}

/// By id or by name.
Answer setProfile(World &world, const VirtualClock &clock, const Call &call) {
    Profile *profile = world.profile(call.at("profile"));
    for (Profile &each : world.profiles()) {
        if (!profile && textAt(each.settings, "name") == call.at("profile"))
            profile = &each;
    }
    if (!profile)
        return refusal(404, errorOf("10005", "There is no messaging profile " + call.at("profile") + "."));
    applyProfileMembers(*profile, call.body, clock);
    return dataAnswer(profile->settings);
}

Answer setLimit(FrontDoor &door, const Json &body) {
    const long long limit = integerAt(body, "per_second", -1);
    constexpr long long most = 1'000'000;
    if (limit < 0 || limit > most)
        return badRequest("'per_second' must be from 0 to 1000000.");
    door.setLimit(static_cast<int>(limit));
    return {200, {{"per_second", limit}}};
}

Answer about(Controlled c) {
    Json people = Json::array();
    for (const Customer &customer : customers())
        people.push_back({{"number", customer.number}, {"name", customer.name}, {"habit", customer.habit}});
    return {200,
            {{"seed", c.seeded.seed()},
             {"now", timeText(c.clock.now())},
             {"messages", c.world.messages().size()},
             {"pending_actions", c.timeline.pending()},
             {"scripts", c.scripts.isEnabled()},
             {"customers", std::move(people)}}};
}

} // namespace

void addMachineRoutes(Router &router, Controlled c) {
    router.add("GET", "", [c](const Call &) { return about(c); });
    router.add(
        "POST", "/faults", [c](const Call &call) { return addFault(c.faults, call.body); }, &faultSchema());
    router.add("GET", "/faults", [c](const Call &) { return faultsAnswer(c.faults); });
    router.add("DELETE", "/faults", [c](const Call &) {
        c.faults.clear();
        return faultsAnswer(c.faults);
    });
    router.add("GET", "/requests", [c](const Call &call) { return listRequests(c.requests, call); });
    router.add("DELETE", "/requests", [c](const Call &call) {
        c.requests.clear();
        return listRequests(c.requests, call);
    });
    router.add("GET", "/webhooks", [c](const Call &call) { return listWebhooks(c.webhooks, call); });
    router.add("POST", "/webhooks/redeliver",
               [c](const Call &call) { return redeliver(c.webhooks, call.body); });
    router.add("GET", "/clock", [c](const Call &) { return clockAnswer(c.clock); });
    router.add("POST", "/clock",
               [c](const Call &call) { return advanceClock(c.timeline, c.clock, call.body); });
    router.add(
        "POST", "/profiles/{profile}", [c](const Call &call) { return setProfile(c.world, c.clock, call); },
        &schemas::updateProfile());
    router.add("POST", "/rate_limit", [c](const Call &call) { return setLimit(c.door, call.body); });
}

} // namespace longcode::sandbox
