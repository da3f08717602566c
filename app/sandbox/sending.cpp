#include "sandbox/sending.h"

#include "base/utc.h"
#include "sandbox/places.h"
#include "sandbox/progress.h"
#include "sandbox/reporter.h"
#include "sandbox/seeded.h"
#include "sandbox/validation.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/world.h"

#include <algorithm>
#include <array>

namespace longcode::sandbox {

namespace {

constexpr int maximumParts = 10;
constexpr int recommendedParts = 6;
constexpr std::size_t maximumMedia = 10;
constexpr std::size_t maximumGroup = 8;
constexpr long long millisecondsPerMinute = 60'000;

auto no(int status, std::string_view code, std::string detail = {}, std::string pointer = {}) {
    return failed(refusal(status, errorOf(code, std::move(detail), std::move(pointer))));
}

std::optional<Answer> refuse(int status, std::string_view code, std::string detail = {},
                             std::string pointer = {}) {
    return refusal(status, errorOf(code, std::move(detail), std::move(pointer)));
}

bool isNorthAmerican(const std::string &country) {
    return country == "US" || country == "CA" || country == "PR";
}

bool isMms(Operation operation, const Json &body) {
    return operation == Operation::Group || textAt(body, "type") == "MMS" ||
           !textsAt(body, "media_urls").empty();
}

std::string contentTypeOf(const std::string &url) {
    const std::string path = url.substr(0, url.find_first_of("?#"));
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known{
        {{".png", "image/png"},
         {".jpg", "image/jpeg"},
         {".jpeg", "image/jpeg"},
         {".gif", "image/gif"},
         {".mp4", "video/mp4"},
         {".pdf", "application/pdf"}}};
    for (const auto &[ending, type] : known) {
        if (path.ends_with(ending))
            return std::string(type);
    }
    return {};
}

} // namespace

Sending::Sending(World &world, Progress &progress, Reporter &reporter, const VirtualClock &clock,
                 const Seeded &seeded)
    : m_world(world), m_progress(progress), m_reporter(reporter), m_clock(clock), m_seeded(seeded) {}

Result<Message *, Answer> Sending::send(Operation operation, const Json &body) {
    const bool group = operation == Operation::Group;
    const std::vector<std::string> to = group ? textsAt(body, "to") : std::vector{textAt(body, "to")};
    if (to.empty() || to.size() > maximumGroup)
        return no(422, "10015", "A group message goes to 1 to 8 recipients.", "/to");
    const auto from = sender(operation, body, to.front());
    if (!from)
        return failed(from.error());
    if (auto problem = profileAllows(*from->profile))
        return failed(*std::move(problem));
    if (auto problem = contentAllowed(operation, body))
        return failed(*std::move(problem));
    for (std::size_t i = 0; i < to.size(); ++i) {
        const std::string pointer = group ? "/to/" + std::to_string(i) : "/to";
        if (auto problem = destinationAllowed(*from, to[i], isMms(operation, body), pointer))
            return failed(*std::move(problem));
    }
    if (auto problem = timeAllowed(body))
        return failed(*std::move(problem));
    Message message = assemble(operation, *from, to, body);
    if (auto problem = encodeInto(message, *from, body))
        return failed(*std::move(problem));
    if (auto problem = spendAllowed(*from->profile, message))
        return failed(*std::move(problem));
    Message &kept = m_world.addMessage(std::move(message));
    m_progress.start(kept);
    return &kept;
}

Result<Sending::Sender, Answer> Sending::sender(Operation operation, const Json &body,
                                                const std::string &to) {
    const std::string from = textAt(body, "from");
    const std::string profileId = textAt(body, "messaging_profile_id");
    if (!profileId.empty() && !m_world.profile(profileId))
        return no(404, "10005", "There is no messaging profile " + profileId + ".", "/messaging_profile_id");
    if (operation == Operation::Alphanumeric)
        return alphaSender(from, profileId);
    if (from.empty()) {
        if (!profileId.empty())
            return poolSender(profileId, to);
        return no(400, "40305", "Give a 'from' address, or a messaging profile with a number pool.", "/from");
    }
    if (m_world.number(from) || m_world.shortCode(from))
        return ownSender(operation, from, profileId);
    const bool mayBeAlpha = operation == Operation::Any || operation == Operation::Schedule;
    if (mayBeAlpha && isAlphaSender(from))
        return alphaSender(from, profileId);
    return no(403, "40305", "The 'from' address '" + from + "' is not a sender of this account.", "/from");
}

Result<Sending::Sender, Answer> Sending::ownSender(Operation operation, const std::string &from,
                                                   const std::string &profileId) {
    const PhoneNumber *number = m_world.number(from);
    if (number && number->number != from)
        number = nullptr;
    const ShortCode *code = m_world.shortCode(from);
    if (code && code->code != from)
        code = nullptr;
    const bool wrongKind = (operation == Operation::ShortCode && !code) ||
                           ((operation == Operation::LongCode || operation == Operation::Group) && !number);
    if ((!number && !code) || wrongKind)
        return no(403, "40305", "The 'from' address '" + from + "' cannot be used here.", "/from");
    const std::string &owner = number ? number->profileId : code->profileId;
    Profile *profile = m_world.profile(owner);
    if (!profile)
        return no(403, "40305", "The 'from' address '" + from + "' is not assigned to a messaging profile.",
                  "/from");
    if (!profileId.empty() && profileId != owner)
        return no(403, "40305", "The 'from' address '" + from + "' belongs to another messaging profile.",
                  "/from");
    SenderKind kind = SenderKind::ShortCode;
    if (number)
        kind = number->kind == NumberKind::TollFree ? SenderKind::TollFree : SenderKind::LongCode;
    return Sender{from, kind, profile};
}

Result<Sending::Sender, Answer> Sending::alphaSender(const std::string &from, const std::string &profileId) {
    if (!isAlphaSender(from))
        return no(400, "40325", {}, "/from");
    Profile *profile = m_world.profile(profileId);
    if (!profile)
        return no(400, "40305", "An alphanumeric sender needs its messaging profile.",
                  "/messaging_profile_id");
    const std::string configured = textAt(profile->settings, "alpha_sender");
    if (configured.empty())
        return no(400, "40306", {}, "/from");
    if (configured != from)
        return no(400, "40307", "The messaging profile sends as '" + configured + "'.", "/from");
    return Sender{from, SenderKind::Alphanumeric, profile};
}

Result<Sending::Sender, Answer> Sending::poolSender(const std::string &profileId, const std::string &to) {
    Profile *profile = m_world.profile(profileId);
    const Json &pool = profile->settings["number_pool_settings"];
    std::vector<std::pair<const PhoneNumber *, double>> candidates;
    double total = 0;
    for (const PhoneNumber &number : m_world.numbers()) {
        const char *member = number.kind == NumberKind::TollFree ? "toll_free_weight" : "long_code_weight";
        const double share = pool.is_object() && pool.contains(member) ? pool[member].get<double>() : 0;
        if (number.profileId == profileId && share > 0) {
            total += share;
            candidates.emplace_back(&number, share);
        }
    }
    if (candidates.empty())
        return no(400, "40321", {}, "/messaging_profile_id");
    // A sticky pool answers each recipient from one number: draw by the recipient instead of by the message.
    const std::string label = boolAt(pool, "sticky_sender") ? "pool/" + to : m_world.nextLabel("pool");
    double draw = m_seeded.between(label, 0, 999'999) / 1'000'000.0 * total;
    const PhoneNumber *chosen = candidates.back().first;
    for (const auto &[number, share] : candidates) {
        if (draw < share) {
            chosen = number;
            break;
        }
        draw -= share;
    }
    return Sender{chosen->number,
                  chosen->kind == NumberKind::TollFree ? SenderKind::TollFree : SenderKind::LongCode,
                  profile};
}

Sending::Check Sending::profileAllows(Profile &profile) const {
    if (!boolAt(profile.settings, "enabled", true))
        return refuse(403, "40312");
    if (textsAt(profile.settings, "whitelisted_destinations").empty())
        return refuse(403, "40331");
    return {};
}

Sending::Check Sending::contentAllowed(Operation operation, const Json &body) const {
    const std::size_t media = textsAt(body, "media_urls").size();
    const std::string type = textAt(body, "type");
    if (textAt(body, "text").empty() && media == 0)
        return refuse(400, "40316");
    if (media > maximumMedia)
        return refuse(400, "40317", "There are " + std::to_string(media) + " media; at most 10 are allowed.",
                      "/media_urls");
    if (type == "SMS" && media > 0)
        return refuse(400, "40304", "An SMS carries no media.", "/media_urls");
    if (type == "MMS" && media == 0)
        return refuse(400, "40304", "An MMS needs media.", "/media_urls");
    if (!textAt(body, "subject").empty() && !isMms(operation, body))
        return refuse(400, "40304", "Only an MMS has a subject.", "/subject");
    return {};
}

Sending::Check Sending::destinationAllowed(const Sender &sender, const std::string &to, bool mms,
                                           const std::string &pointer) const {
    if (!isE164(to) && !isShortCode(to))
        return refuse(400, "40310", "'" + to + "' is not a number in +E.164 form.", pointer);
    if (isShortCode(to))
        return sender.kind == SenderKind::ShortCode ? refuse(400, "40319", {}, pointer) : std::nullopt;
    const std::string country = countryOf(to);
    const auto allowed = textsAt(sender.profile->settings, "whitelisted_destinations");
    const bool listed = std::any_of(allowed.begin(), allowed.end(), [&](const std::string &entry) {
        return entry == "*" || entry == country;
    });
    if (!listed)
        return refuse(403, "40309", "The messaging profile does not allow messages to " + country + ".",
                      pointer);
    if (sender.kind == SenderKind::Alphanumeric && isNorthAmerican(country))
        return refuse(400, "40309", "Alphanumeric senders cannot reach the US, Canada and Puerto Rico.",
                      pointer);
    if (sender.kind == SenderKind::Alphanumeric && mms)
        return refuse(400, "40308", {}, "/from");
    const bool domesticOnly =
        mms || sender.kind == SenderKind::ShortCode || sender.kind == SenderKind::TollFree;
    if (domesticOnly && !isNorthAmerican(country))
        return refuse(400, "40301", "'" + sender.address + "' cannot send this to " + country + ".", pointer);
    if (m_world.optOut(sender.profile->id, to))
        return refuse(403, "40300",
                      "Messages cannot be sent from '" + sender.address + "' to '" + to +
                          "' due to an existing block rule.",
                      pointer);
    return {};
}

Sending::Check Sending::timeAllowed(const Json &body) const {
    const std::string text = textAt(body, "send_at");
    if (text.empty())
        return {};
    const auto wanted = parseUtc(QString::fromStdString(text));
    const qint64 ahead = wanted ? wanted->toMSecsSinceEpoch() - m_clock.nowMs() : -1;
    // A minute of grace at both ends: scheduling is accurate to the minute.
    if (ahead < 4 * millisecondsPerMinute)
        return refuse(422, "10015", "'send_at' must be at least 5 minutes ahead.", "/send_at");
    if (ahead > (5 * 24 * 60 + 1) * millisecondsPerMinute)
        return refuse(422, "10015", "'send_at' must be at most 5 days ahead.", "/send_at");
    return {};
}

Sending::Check Sending::encodeInto(Message &message, const Sender &sender, const Json &body) const {
    if (message.mms) {
        message.encoding = "UTF-8";
        message.parts = 1;
        return {};
    }
    const Encoded encoded = encode(message.text, sender.kind, textAt(body, "encoding"),
                                   boolAt(sender.profile->settings, "smart_encoding"));
    if (encoded.refused)
        return refuse(400, "40009", "The text has characters that GSM-7 does not have.", "/text");
    if (encoded.becameEmpty)
        return refuse(400, "40316", "Nothing is left of the text after smart encoding.", "/text");
    if (encoded.parts > maximumParts)
        return refuse(400, "40302",
                      "The text takes " + std::to_string(encoded.parts) + " parts; at most 10 are allowed.",
                      "/text");
    if (boolAt(body, "auto_detect") && encoded.parts > recommendedParts)
        return refuse(400, "40328", "The text takes " + std::to_string(encoded.parts) + " parts.", "/text");
    message.encoding = encoded.encoding;
    message.parts = encoded.parts;
    message.smartEncodingApplied = encoded.smart;
    message.smartEncoding = encoded.details;
    return {};
}

Sending::Check Sending::spendAllowed(Profile &profile, const Message &message) {
    constexpr qint64 msPerDay = 86'400'000;
    if (const qint64 today = m_clock.nowMs() / msPerDay; profile.spentDay != today) {
        profile.spentDay = today;
        profile.spent = 0;
        profile.limitReported = false;
    }
    const double limit =
        QString::fromStdString(textAt(profile.settings, "daily_spend_limit")).toDouble() * 1e6;
    if (boolAt(profile.settings, "daily_spend_limit_enabled") &&
        static_cast<double>(profile.spent) >= limit) {
        if (!profile.limitReported)
            m_reporter.spendLimitReached(profile);
        profile.limitReported = true;
        return refuse(429, "40333",
                      "The daily spend limit configured on this messaging profile has been reached.");
    }
    profile.spent += 7'000LL * message.parts * static_cast<long long>(message.to.size());
    return {};
}

Message Sending::assemble(Operation operation, const Sender &sender, const std::vector<std::string> &to,
                          const Json &body) const {
    Message message;
    message.id = m_seeded.uuid("message/" + std::to_string(m_world.nextOrdinal()));
    message.mms = isMms(operation, body);
    message.profileId = sender.profile->id;
    message.from = sender.address;
    message.text = textAt(body, "text");
    if (hasValue(body, "subject"))
        message.subject = textAt(body, "subject");
    message.webhookUrl = textAt(body, "webhook_url");
    message.webhookFailoverUrl = textAt(body, "webhook_failover_url");
    message.useProfileWebhooks = boolAt(body, "use_profile_webhooks", true);
    message.receivedAt = m_clock.now();
    message.sendAt = parseUtc(QString::fromStdString(textAt(body, "send_at")));
    message.validUntil = message.sendAt.value_or(message.receivedAt).addSecs(3600);
    if (operation == Operation::Group)
        message.groupId = message.id;
    for (const std::string &url : textsAt(body, "media_urls"))
        message.media.push_back({url, contentTypeOf(url)});
    for (const std::string &number : to) {
        Recipient recipient{number, message.sendAt ? "scheduled" : "queued"};
        const Fate usual = fateOf(number);
        recipient.carrier = usual.carrier.empty() ? carrierOf(number) : usual.carrier;
        recipient.lineType = usual.lineType;
        message.to.push_back(std::move(recipient));
    }
    return message;
}

} // namespace longcode::sandbox
