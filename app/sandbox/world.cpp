#include "sandbox/world.h"

#include <algorithm>

namespace longcode::sandbox {

namespace {

Json startCountries() {
    return Json::array({"US", "CA", "PR", "MX", "GB", "IE", "DE", "AT", "CH", "FR", "ES", "IT", "NL",
                        "BE", "PL", "SE", "AU", "NZ", "IN", "BR", "EG", "AE", "SA", "MA", "JP", "SG"});
}

Profile startProfile(const char *id, const char *name, bool smartEncoding, const QDateTime &now) {
    Json settings = newProfile(id, name, "sandbox-" + std::string(id).substr(0, 8), now);
    settings["whitelisted_destinations"] = startCountries();
    settings["smart_encoding"] = smartEncoding;
    return {id, std::move(settings)};
}

} // namespace

Json newProfile(const std::string &id, const std::string &name, const std::string &secret,
                const QDateTime &now) {
    return {{"record_type", "messaging_profile"},
            {"id", id},
            {"name", name},
            {"enabled", true},
            {"webhook_url", nullptr},
            {"webhook_failover_url", nullptr},
            {"webhook_api_version", "2"},
            {"health_webhook_url", nullptr},
            {"whitelisted_destinations", Json::array()},
            {"created_at", timeText(now)},
            {"updated_at", timeText(now)},
            {"v1_secret", secret},
            {"number_pool_settings", nullptr},
            {"url_shortener_settings", nullptr},
            {"alpha_sender", nullptr},
            {"daily_spend_limit", "0.00"},
            {"daily_spend_limit_enabled", false},
            {"mms_fall_back_to_sms", false},
            {"mms_transcoding", false},
            {"mobile_only", false},
            {"redaction_enabled", false},
            {"redaction_level", 2},
            {"smart_encoding", false},
            {"organization_id", "2f5d2c5c-9b33-4f5e-8d0e-5e1f3a6c7b21"},
            {"ai_assistant_id", nullptr},
            {"resource_group_id", nullptr}};
}

World::World(const QDateTime &now) {
    m_profiles.push_back(startProfile(salesProfile, "Sales", false, now));
    m_profiles.push_back(startProfile(supportProfile, "Support", true, now));
    m_numbers.push_back(
        {"2460500000000000100", "+14155550100", NumberKind::LongCode, salesProfile, "A2P", {}, now, now});
    m_numbers.push_back(
        {"2460500000000000142", "+18885550142", NumberKind::TollFree, supportProfile, "A2P", {}, now, now});
    m_shortCodes.push_back({"5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a201", "37468", salesProfile, {}, now, now});
}

Profile *World::profile(std::string_view id) {
    const auto found =
        std::find_if(m_profiles.begin(), m_profiles.end(), [id](const Profile &p) { return p.id == id; });
    return found == m_profiles.end() ? nullptr : &*found;
}

Profile &World::addProfile(Profile profile) {
    m_profiles.push_back(std::move(profile));
    return m_profiles.back();
}

void World::removeProfile(std::string_view id) {
    const std::string gone(id);
    m_profiles.remove_if([&gone](const Profile &p) { return p.id == gone; });
    for (PhoneNumber &number : m_numbers) {
        if (number.profileId == gone)
            number.profileId.clear();
    }
    for (ShortCode &code : m_shortCodes) {
        if (code.profileId == gone)
            code.profileId.clear();
    }
}

PhoneNumber *World::number(std::string_view idOrNumber) {
    const auto found = std::find_if(m_numbers.begin(), m_numbers.end(), [idOrNumber](const PhoneNumber &n) {
        return n.id == idOrNumber || n.number == idOrNumber;
    });
    return found == m_numbers.end() ? nullptr : &*found;
}

ShortCode *World::shortCode(std::string_view idOrCode) {
    const auto found = std::find_if(m_shortCodes.begin(), m_shortCodes.end(), [idOrCode](const ShortCode &s) {
        return s.id == idOrCode || s.code == idOrCode;
    });
    return found == m_shortCodes.end() ? nullptr : &*found;
}

std::string World::profileOf(std::string_view address) {
    if (const PhoneNumber *ours = number(address); ours && ours->number == address)
        return ours->profileId;
    if (const ShortCode *ours = shortCode(address); ours && ours->code == address)
        return ours->profileId;
    return {};
}

Message &World::addMessage(Message message) {
    message.ordinal = m_nextOrdinal++;
    auto owned = std::make_unique<Message>(std::move(message));
    Message &kept = *owned;
    m_messageById[kept.id] = &kept;
    m_messages.push_back(std::move(owned));
    if (m_messages.size() > maximumMessages) {
        m_messageById.erase(m_messages.front()->id);
        m_messages.pop_front();
    }
    return kept;
}

Message *World::message(const std::string &id) {
    const auto found = m_messageById.find(id);
    return found == m_messageById.end() ? nullptr : found->second;
}

void World::block(OptOut optOut) {
    constexpr std::size_t maximumOptOuts = 100'000;
    if (!this->optOut(optOut.profileId, optOut.to) && m_optOuts.size() < maximumOptOuts)
        m_optOuts.push_back(std::move(optOut));
}

bool World::unblock(std::string_view profileId, std::string_view customer) {
    return std::erase_if(m_optOuts,
                         [&](const OptOut &o) { return o.profileId == profileId && o.to == customer; }) > 0;
}

const OptOut *World::optOut(std::string_view profileId, std::string_view customer) const {
    const auto found = std::find_if(m_optOuts.begin(), m_optOuts.end(), [&](const OptOut &o) {
        return o.profileId == profileId && o.to == customer;
    });
    return found == m_optOuts.end() ? nullptr : &*found;
}

std::string World::nextLabel(std::string_view kind) {
    return std::string(kind) + "/" + std::to_string(m_nextLabel++);
}

} // namespace longcode::sandbox
