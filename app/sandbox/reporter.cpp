#include "sandbox/reporter.h"

#include "sandbox/seeded.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/webhook_sender.h"
#include "sandbox/world.h"

#include <algorithm>

namespace longcode::sandbox {

namespace {

void addUrl(std::vector<std::string> &urls, std::string url) {
    if (!url.empty() && std::find(urls.begin(), urls.end(), url) == urls.end())
        urls.push_back(std::move(url));
}

void addProfileUrls(std::vector<std::string> &urls, const Profile *profile) {
    if (!profile)
        return;
    addUrl(urls, textAt(profile->settings, "webhook_url"));
    addUrl(urls, textAt(profile->settings, "webhook_failover_url"));
}

} // namespace

Reporter::Reporter(World &world, WebhookSender &webhooks, const VirtualClock &clock, const Seeded &seeded)
    : m_world(world), m_webhooks(webhooks), m_clock(clock), m_seeded(seeded) {}

void Reporter::sent(Message &message, std::size_t recipient) {
    report("message.sent", message, recipient);
}

void Reporter::finalized(Message &message, std::size_t recipient) {
    report("message.finalized", message, recipient);
}

void Reporter::received(Message &message) {
    report("message.received", message, {});
}

void Reporter::spendLimitReached(const Profile &profile) {
    std::vector<std::string> urls;
    addProfileUrls(urls, &profile);
    send("messaging-profile.spend-limit-reached", m_seeded.uuid(m_world.nextLabel("spend-limit")),
         {{"configured_limit", textAt(profile.settings, "daily_spend_limit")},
          {"current_cost", moneyText(profile.spent)},
          {"profile_id", profile.id}},
         {}, std::move(urls));
}

void Reporter::report(const char *type, Message &message, std::optional<std::size_t> recipient) {
    if (message.silent)
        return;
    const std::string label = std::string(type) + "/" + std::to_string(message.ordinal) + "/" +
                              std::to_string(recipient.value_or(0)) + "/" +
                              std::to_string(message.eventCount++);
    send(type, m_seeded.uuid(label), payload(message, recipient), message.id, urlsFor(message));
}

void Reporter::send(const std::string &type, const std::string &eventId, Json body,
                    const std::string &messageId, std::vector<std::string> urls) {
    Webhook webhook;
    webhook.messageId = messageId;
    webhook.event = {{"event_type", type},
                     {"id", eventId},
                     {"occurred_at", timeText(m_clock.now())},
                     {"payload", std::move(body)},
                     {"record_type", "event"}};
    webhook.urls = std::move(urls);
    m_webhooks.send(std::move(webhook));
}

std::vector<std::string> Reporter::urlsFor(const Message &message) const {
    std::vector<std::string> urls;
    if (!message.inbound) {
        addUrl(urls, message.webhookUrl);
        addUrl(urls, message.webhookFailoverUrl);
    }
    if (message.inbound || message.useProfileWebhooks)
        addProfileUrls(urls, m_world.profile(message.profileId));
    return urls;
}

} // namespace longcode::sandbox
