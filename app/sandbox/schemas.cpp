#include "sandbox/schemas.h"

namespace longcode::sandbox::schemas {

namespace {

Schema joined(std::initializer_list<Schema> parts) {
    Schema all;
    for (const Schema &part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

Schema content() {
    return {text("text"),
            text("subject"),
            textList("media_urls").as(Form::Url),
            text("webhook_url").as(Form::Url),
            text("webhook_failover_url").as(Form::Url),
            flag("use_profile_webhooks")};
}

Schema kind() {
    return {text("type").oneOf({"SMS", "MMS"}), flag("auto_detect")};
}
Schema encoding() {
    return {text("encoding").oneOf({"auto", "gsm7", "ucs2"})};
}

const Schema &numberPool() {
    static const Schema schema{weight("toll_free_weight").required(), weight("long_code_weight").required(),
                               flag("skip_unhealthy").required(), flag("sticky_sender"), flag("geomatch")};
    return schema;
}

const Schema &urlShortener() {
    static const Schema schema{text("domain").required(), text("prefix"), flag("replace_blacklist_only"),
                               flag("send_webhooks")};
    return schema;
}

Schema profileSettings() {
    return {flag("enabled"),
            text("webhook_url").nullable().as(Form::Url),
            text("webhook_failover_url").nullable().as(Form::Url),
            text("webhook_api_version").oneOf({"1", "2", "2010-04-01"}),
            object("number_pool_settings", numberPool()).nullable(),
            object("url_shortener_settings", urlShortener()).nullable(),
            text("alpha_sender").nullable().as(Form::AlphaSender),
            text("daily_spend_limit").as(Form::DecimalText),
            flag("daily_spend_limit_enabled"),
            flag("mms_fall_back_to_sms"),
            flag("mms_transcoding"),
            flag("mobile_only"),
            flag("smart_encoding")};
}

} // namespace

const Schema &message() {
    static const Schema schema = joined({{text("to").required(), text("from"), text("messaging_profile_id"),
                                          text("send_at").nullable().as(Form::DateTime)},
                                         content(),
                                         kind(),
                                         encoding()});
    return schema;
}

const Schema &longCodeMessage() {
    static const Schema schema =
        joined({{text("from").required(), text("to").required()}, content(), kind(), encoding()});
    return schema;
}

const Schema &alphanumericMessage() {
    static const Schema schema{text("from").required(),
                               text("to").required(),
                               text("text").required(),
                               text("messaging_profile_id").required().as(Form::Uuid),
                               text("webhook_url").nullable().as(Form::Url),
                               text("webhook_failover_url").nullable().as(Form::Url),
                               flag("use_profile_webhooks")};
    return schema;
}

const Schema &numberPoolMessage() {
    static const Schema schema = joined(
        {{text("to").required(), text("messaging_profile_id").required()}, content(), kind(), encoding()});
    return schema;
}

const Schema &scheduledMessage() {
    static const Schema schema = joined({{text("to").required(), text("from"), text("messaging_profile_id"),
                                          text("send_at").as(Form::DateTime)},
                                         content(),
                                         kind()});
    return schema;
}

const Schema &groupMessage() {
    static const Schema schema = joined({{text("from").required(), textList("to").required()}, content()});
    return schema;
}

const Schema &createProfile() {
    static const Schema schema = joined(
        {{text("name").required(), textList("whitelisted_destinations").required().as(Form::CountryCode),
          text("resource_group_id").nullable().atMost(64), text("ai_assistant_id").nullable().atMost(64),
          text("health_webhook_url").nullable().as(Form::Url)},
         profileSettings()});
    return schema;
}

const Schema &updateProfile() {
    static const Schema schema = joined(
        {{text("record_type").oneOf({"messaging_profile"}), text("id").as(Form::Uuid), text("name"),
          textList("whitelisted_destinations").as(Form::CountryCode), text("created_at").as(Form::DateTime),
          text("updated_at").as(Form::DateTime), text("v1_secret")},
         profileSettings()});
    return schema;
}

const Schema &numberSettings() {
    static const Schema schema{text("messaging_profile_id"), text("messaging_product"), textList("tags")};
    return schema;
}

const Schema &bulkUpdate() {
    static const Schema schema{text("messaging_profile_id").required(), textList("numbers").required(),
                               flag("assign_only")};
    return schema;
}

const Schema &shortCode() {
    static const Schema schema{text("messaging_profile_id").required(), textList("tags")};
    return schema;
}

} // namespace longcode::sandbox::schemas
