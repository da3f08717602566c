#include "sandbox/api_account.h"

#include "sandbox/paging.h"
#include "sandbox/router.h"
#include "sandbox/webhook_sender.h"
#include "sandbox/world.h"

namespace longcode::sandbox {

namespace {

constexpr const char *userId = "0b6f2c1e-7f0e-4c52-9a3c-5d1e6b7a8c90";

/// A limit on a time: "filter[started_at][gte]" and "…[lte]". One that is no time is no limit.
struct Span {
    Span(const Call &call, const std::string &member)
        : from(timeAt(call, "filter[" + member + "][gte]"))
        , to(timeAt(call, "filter[" + member + "][lte]")) {}

    [[nodiscard]] bool holds(const QDateTime &at) const {
        return (!from.isValid() || at >= from) && (!to.isValid() || at <= to);
    }

private:
    static QDateTime timeAt(const Call &call, const std::string &name) {
        return QDateTime::fromString(QString::fromStdString(call.queryAt(name)), Qt::ISODateWithMs);
    }
    QDateTime from, to;
};

const char *stateText(bool delivered) {
    return delivered ? "delivered" : "failed";
}

Json attemptJson(const Webhook::Attempt &attempt) {
    const bool delivered = attempt.status >= 200 && attempt.status < 300;
    Json response;
    if (attempt.status != 0)
        response = {{"status", attempt.status}, {"headers", Json::array()}, {"body", ""}};
    return {
        {"status", stateText(delivered)},
        {"started_at", timeText(attempt.at)},
        {"finished_at", timeText(attempt.at)},
        {"http", {{"request", {{"url", attempt.url}, {"headers", Json::array()}}}, {"response", response}}},
        {"errors", Json::array()}};
}

Json deliveryJson(const Webhook &webhook) {
    Json attempts = Json::array();
    for (auto attempt = webhook.attempts.rbegin(); attempt != webhook.attempts.rend(); ++attempt)
        attempts.push_back(attemptJson(*attempt));
    return {{"id", webhook.eventId()},
            {"user_id", userId},
            {"record_type", "webhook_delivery"},
            {"status", stateText(webhook.state == Webhook::State::Delivered)},
            {"webhook", webhook.event},
            {"started_at", timeText(webhook.attempts.front().at)},
            {"finished_at", timeText(webhook.attempts.back().at)},
            {"attempts", std::move(attempts)}};
}

/// Newest first. An event that had nowhere to go was never on its way.
Answer listDeliveries(const WebhookSender &webhooks, const Call &call) {
    if (auto problem = queryProblem(call, "filter[status][eq]", {"delivered", "failed"}))
        return *problem;
    const std::string wanted = call.queryAt("filter[status][eq]");
    const Span span(call, "started_at");
    std::vector<Json> all;
    for (auto record = webhooks.records().rbegin(); record != webhooks.records().rend(); ++record) {
        const Webhook &webhook = **record;
        const bool delivered = webhook.state == Webhook::State::Delivered;
        if (webhook.attempts.empty() || webhook.state == Webhook::State::Pending ||
            !span.holds(webhook.attempts.front().at) || (!wanted.empty() && wanted != stateText(delivered)))
            continue;
        all.push_back(deliveryJson(webhook));
    }
    return pageOf(call, all);
}

Json recordJson(const Message &message) {
    const Json shown = payload(message);
    const std::string webhookUrl = textAt(shown, "webhook_url");
    const Json &to = shown["to"];
    return {{"record_type", "message_detail_record"},
            {"uuid", message.id},
            {"user_id", userId},
            {"direction", textAt(shown, "direction")},
            {"message_type", textAt(shown, "type")},
            {"cli", textAt(shown["from"], "phone_number")},
            {"cld", to.empty() ? std::string() : textAt(to.front(), "phone_number")},
            {"status", to.empty() ? std::string() : textAt(to.front(), "status")},
            {"delivery_status_webhook_url", webhookUrl},
            {"profile_id", textAt(shown, "messaging_profile_id")},
            {"created_at", timeText(message.receivedAt)},
            {"parts", integerAt(shown, "parts")}};
}

/// Newest first. Without texts, as the API has it.
Answer listDetailRecords(World &world, const Call &call) {
    if (!call.hasQuery("filter[record_type]"))
        return parameterRefusal("filter[record_type]", "Is required.");
    const Span span(call, "created_at");
    const std::string direction = call.queryAt("filter[direction]");
    std::vector<Json> all;
    if (call.queryAt("filter[record_type]") == "messaging") {
        for (auto message = world.messages().rbegin(); message != world.messages().rend(); ++message) {
            if (!span.holds((*message)->receivedAt))
                continue;
            Json record = recordJson(**message);
            if (direction.empty() || direction == textAt(record, "direction"))
                all.push_back(std::move(record));
        }
    }
    return pageOf(call, all);
}

} // namespace

void addAccountRoutes(Router &router, World &world, const WebhookSender &webhooks) {
    router.add("GET", "/webhook_deliveries",
               [&webhooks](const Call &call) { return listDeliveries(webhooks, call); });
    router.add("GET", "/detail_records",
               [&world](const Call &call) { return listDetailRecords(world, call); });
}

} // namespace longcode::sandbox
