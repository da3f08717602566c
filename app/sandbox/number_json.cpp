#include "sandbox/number_json.h"

#include "sandbox/places.h"
#include "sandbox/world.h"

namespace longcode::sandbox {

namespace {

Json healthOf(const World &world, const PhoneNumber &number) {
    long long sent = 0;
    long long delivered = 0;
    long long received = 0;
    for (const auto &message : world.messages()) {
        if (message->inbound) {
            received += message->to.front().number == number.number ? 1 : 0;
        } else if (message->from == number.number) {
            ++sent;
            delivered += message->to.front().status == "delivered" ? 1 : 0;
        }
    }
    const double divisor = sent == 0 ? 1.0 : static_cast<double>(sent);
    return {{"message_count", sent + received},
            {"inbound_outbound_ratio", static_cast<double>(received) / divisor},
            {"success_ratio", sent == 0 ? 1.0 : static_cast<double>(delivered) / divisor},
            {"spam_ratio", 0.0}};
}

Json features(bool abroad) {
    return {
        {"domestic_two_way", true}, {"international_inbound", abroad}, {"international_outbound", abroad}};
}

} // namespace

Json messagingJson(const World &world, const PhoneNumber &number) {
    const bool longCode = number.kind == NumberKind::LongCode;
    return {{"record_type", "messaging_settings"},
            {"id", number.id},
            {"phone_number", number.number},
            {"messaging_profile_id", orNull(number.profileId)},
            {"created_at", timeText(number.createdAt)},
            {"updated_at", timeText(number.updatedAt)},
            {"country_code", countryOf(number.number)},
            {"type", longCode ? "long-code" : "toll-free"},
            {"health", healthOf(world, number)},
            {"eligible_messaging_products", longCode ? Json::array({"A2P", "P2P"}) : Json::array({"A2P"})},
            {"traffic_type", number.product},
            {"messaging_product", number.product},
            {"features", {{"sms", features(longCode)}, {"mms", features(false)}}},
            {"organization_id", "2f5d2c5c-9b33-4f5e-8d0e-5e1f3a6c7b21"},
            {"tags", number.tags}};
}

Json detailedJson(World &world, const PhoneNumber &number) {
    const Profile *profile = world.profile(number.profileId);
    return {{"id", number.id},
            {"record_type", "phone_number"},
            {"phone_number", number.number},
            {"country_iso_alpha2", countryOf(number.number)},
            {"status", "active"},
            {"tags", number.tags},
            {"external_pin", nullptr},
            {"connection_name", nullptr},
            {"connection_id", nullptr},
            {"customer_reference", nullptr},
            {"messaging_profile_id", orNull(number.profileId)},
            {"messaging_profile_name", profile ? Json(textAt(profile->settings, "name")) : Json()},
            {"billing_group_id", nullptr},
            {"emergency_enabled", false},
            {"emergency_address_id", nullptr},
            {"emergency_status", "disabled"},
            {"call_forwarding_enabled", true},
            {"cnam_listing_enabled", false},
            {"caller_id_name_enabled", false},
            {"call_recording_enabled", false},
            {"t38_fax_gateway_enabled", false},
            {"purchased_at", timeText(number.createdAt)},
            {"created_at", timeText(number.createdAt)},
            {"updated_at", timeText(number.updatedAt)},
            {"phone_number_type", number.kind == NumberKind::TollFree ? "toll_free" : "local"},
            {"inbound_call_screening", "disabled"},
            {"hd_voice_enabled", false},
            {"source_type", "number_order"},
            {"deletion_lock_enabled", false}};
}

Json shortCodeJson(const ShortCode &code) {
    return {{"record_type", "short_code"},
            {"id", code.id},
            {"short_code", code.code},
            {"country_code", "US"},
            {"messaging_profile_id", orNull(code.profileId)},
            {"tags", code.tags},
            {"created_at", timeText(code.createdAt)},
            {"updated_at", timeText(code.updatedAt)}};
}

} // namespace longcode::sandbox
