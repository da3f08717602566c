#include "sandbox/api_profiles.h"

#include "base/utc.h"
#include "sandbox/number_json.h"
#include "sandbox/paging.h"
#include "sandbox/router.h"
#include "sandbox/schemas.h"
#include "sandbox/seeded.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/world.h"

#include <algorithm>
#include <array>

namespace longcode::sandbox {

namespace {

constexpr std::size_t maximumProfiles = 1000;

/// An object with the members its schema names, and the two switches that have defaults.
Json known(const Schema &schema, const Json &object) {
    Json kept = Json::object();
    for (const Member &member : schema) {
        if (const auto found = object.find(member.name); found != object.end())
            kept[std::string(member.name)] = *found;
        else if (member.name == "sticky_sender" || member.name == "geomatch")
            kept[std::string(member.name)] = false;
    }
    return kept;
}

bool isReadOnly(std::string_view member) {
    return member == "record_type" || member == "id" || member == "created_at" || member == "updated_at";
}

void apply(Json &settings, const Schema &schema, const Json &body) {
    for (const Member &member : schema) {
        const auto found = body.find(member.name);
        if (found == body.end() || isReadOnly(member.name))
            continue;
        settings[std::string(member.name)] =
            member.type == Type::Object && found->is_object() ? known(*member.inner, *found) : *found;
    }
}

Answer unknownProfile(const std::string &id) {
    return refusal(404, errorOf("10005", "There is no messaging profile " + id + "."));
}

bool nameMatches(const Call &call, const std::string &name) {
    const auto contains = [&](const std::string &part) {
        return QString::fromStdString(name).contains(QString::fromStdString(part), Qt::CaseInsensitive);
    };
    return contains(call.queryAt("filter[name]")) && contains(call.queryAt("filter[name][contains]")) &&
           (!call.hasQuery("filter[name][eq]") || call.queryAt("filter[name][eq]") == name);
}

Answer listProfiles(World &world, const Call &call) {
    std::vector<Json> all;
    for (const Profile &profile : world.profiles()) {
        if (nameMatches(call, textAt(profile.settings, "name")))
            all.push_back(profile.settings);
    }
    return pageOf(call, all);
}

Answer createProfile(World &world, const VirtualClock &clock, const Seeded &seeded, const Call &call) {
    if (world.profiles().size() >= maximumProfiles)
        return refusal(422, errorOf("10015", "The account has as many messaging profiles as it may have."));
    const std::string label = world.nextLabel("profile");
    const std::string id = seeded.uuid(label);
    Json settings =
        newProfile(id, textAt(call.body, "name"), seeded.hex(label + "/secret").substr(0, 24), clock.now());
    apply(settings, schemas::createProfile(), call.body);
    return dataAnswer(world.addProfile({id, std::move(settings)}).settings);
}

Answer deleteProfile(World &world, Profile &profile) {
    Json gone = profile.settings;
    world.removeProfile(profile.id);
    return dataAnswer(std::move(gone));
}

Json countsOf(const World &world, const std::string &profileId, qint64 since) {
    std::map<std::string, long long> states;
    long long inbound = 0;
    long long outbound = 0;
    for (const auto &message : world.messages()) {
        if (message->profileId != profileId || message->receivedAt.toMSecsSinceEpoch() < since)
            continue;
        ++(message->inbound ? inbound : outbound);
        if (!message->inbound)
            ++states[message->to.front().status];
    }
    return {{"messaging_profile_id", profileId},
            {"inbound", inbound},
            {"outbound", outbound},
            {"outbound_by_status", states}};
}

constexpr std::array<std::pair<std::string_view, int>, 6> timeFrames{
    {{"1h", 1}, {"3h", 3}, {"24h", 24}, {"3d", 72}, {"7d", 168}, {"30d", 720}}};

Result<qint64, Answer> startOfFrame(const Call &call, const VirtualClock &clock) {
    if (auto problem = queryProblem(call, "time_frame", {"1h", "3h", "24h", "3d", "7d", "30d"}))
        return failed(*std::move(problem));
    const std::string given = call.hasQuery("time_frame") ? call.queryAt("time_frame") : "24h";
    const auto frame =
        std::find_if(timeFrames.begin(), timeFrames.end(), [&](const auto &f) { return f.first == given; });
    return clock.nowMs() - frame->second * 3'600'000LL;
}

Answer allMetrics(World &world, const VirtualClock &clock, const Call &call) {
    const auto since = startOfFrame(call, clock);
    if (!since)
        return since.error();
    std::vector<Json> all;
    for (const Profile &profile : world.profiles())
        all.push_back(countsOf(world, profile.id, *since));
    return pageOf(call, all);
}

Answer profileMetrics(World &world, const VirtualClock &clock, const Call &call, const Profile &profile) {
    const auto since = startOfFrame(call, clock);
    return since ? dataAnswer(countsOf(world, profile.id, *since)) : since.error();
}

Answer profileNumbers(World &world, const Call &call, const Profile &profile) {
    std::vector<Json> all;
    for (const PhoneNumber &number : world.numbers()) {
        if (number.profileId == profile.id)
            all.push_back(messagingJson(world, number));
    }
    return pageOf(call, all);
}

Answer profileShortCodes(World &world, const Call &call, const Profile &profile) {
    std::vector<Json> all;
    for (const ShortCode &code : world.shortCodes()) {
        if (code.profileId == profile.id)
            all.push_back(shortCodeJson(code));
    }
    return pageOf(call, all);
}

Answer profileAlphaSenders(const Seeded &seeded, const Call &call, const Profile &profile) {
    std::vector<Json> all;
    if (const std::string sender = textAt(profile.settings, "alpha_sender"); !sender.empty()) {
        all.push_back({{"record_type", "alphanumeric_sender_id"},
                       {"id", seeded.uuid("alpha/" + profile.id + "/" + sender)},
                       {"alphanumeric_sender_id", sender},
                       {"organization_id", textAt(profile.settings, "organization_id")},
                       {"messaging_profile_id", profile.id}});
    }
    return pageOf(call, all);
}

/// The form of time that only this list has (contract, section 5).
std::string optOutTime(const QDateTime &time) {
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")).toStdString() + "000+00:00";
}

std::string redacted(const std::string &number) {
    constexpr std::size_t hidden = 4;
    return number.size() > hidden ? number.substr(0, number.size() - hidden) + "****" : number;
}

Answer listOptOuts(World &world, const Call &call) {
    for (const char *bound : {"created_at[gte]", "created_at[lte]"}) {
        if (call.hasQuery(bound) && !isDateTime(call.queryAt(bound)))
            return parameterRefusal(bound, "Must be a time in ISO 8601 with a zone.");
    }
    const auto from = parseUtc(QString::fromStdString(call.queryAt("created_at[gte]")));
    const auto until = parseUtc(QString::fromStdString(call.queryAt("created_at[lte]")));
    const bool redact = call.queryAt("redaction_enabled") == "true";
    std::vector<Json> all;
    for (const OptOut &entry : world.optOuts()) {
        const bool wanted = (!call.hasQuery("filter[messaging_profile_id]") ||
                             call.queryAt("filter[messaging_profile_id]") == entry.profileId) &&
                            (!call.hasQuery("filter[from]") || call.queryAt("filter[from]") == entry.from) &&
                            (!from || entry.createdAt >= *from) && (!until || entry.createdAt <= *until);
        if (wanted)
            all.push_back({{"from", entry.from},
                           {"to", redact ? redacted(entry.to) : entry.to},
                           {"messaging_profile_id", entry.profileId},
                           {"keyword", entry.keyword},
                           {"created_at", optOutTime(entry.createdAt)}});
    }
    return pageOf(call, all);
}

/// The 400 of this list is the bare error (contract, section 4, E2).
Answer bareWhenRefused(Answer answer) {
    if (answer.status != 200)
        answer.body = Json(answer.body["errors"][0]);
    return answer;
}

} // namespace

void applyProfileMembers(Profile &profile, const Json &body, const VirtualClock &clock) {
    apply(profile.settings, schemas::updateProfile(), body);
    profile.settings["updated_at"] = timeText(clock.now());
    profile.limitReported = false;
}

void addProfileRoutes(Router &router, World &world, const VirtualClock &clock, const Seeded &seeded) {
    using ProfileHandler = std::function<Answer(Profile &, const Call &)>;
    const auto add = [&router, &world](std::string_view method, std::string_view path, ProfileHandler handler,
                                       const Schema *schema = nullptr) {
        router.add(
            method, path,
            [&world, handler = std::move(handler)](const Call &call) {
                Profile *profile = world.profile(call.at("id"));
                return profile ? handler(*profile, call) : unknownProfile(call.at("id"));
            },
            schema);
    };
    router.add("GET", "/messaging_profiles", [&](const Call &call) { return listProfiles(world, call); });
    router.add(
        "POST", "/messaging_profiles",
        [&](const Call &call) { return createProfile(world, clock, seeded, call); },
        &schemas::createProfile());
    add("GET", "/messaging_profiles/{id:uuid}",
        [](Profile &p, const Call &) { return dataAnswer(p.settings); });
    add(
        "PATCH", "/messaging_profiles/{id:uuid}",
        [&clock](Profile &p, const Call &call) {
            applyProfileMembers(p, call.body, clock);
            return dataAnswer(p.settings);
        },
        &schemas::updateProfile());
    add("DELETE", "/messaging_profiles/{id:uuid}",
        [&world](Profile &p, const Call &) { return deleteProfile(world, p); });
    add("POST", "/messaging_profiles/{id}/actions/regenerate_secret", [&](Profile &p, const Call &) {
        p.settings["v1_secret"] = seeded.hex(world.nextLabel("secret")).substr(0, 24);
        p.settings["updated_at"] = timeText(clock.now());
        return dataAnswer(p.settings);
    });
    add("GET", "/messaging_profiles/{id:uuid}/phone_numbers",
        [&world](Profile &p, const Call &call) { return profileNumbers(world, call, p); });
    add("GET", "/messaging_profiles/{id:uuid}/short_codes",
        [&world](Profile &p, const Call &call) { return profileShortCodes(world, call, p); });
    add("GET", "/messaging_profiles/{id}/alphanumeric_sender_ids",
        [&seeded](Profile &p, const Call &call) { return profileAlphaSenders(seeded, call, p); });
    add("GET", "/messaging_profiles/{id}/metrics",
        [&](Profile &p, const Call &call) { return profileMetrics(world, clock, call, p); });
    router.add("GET", "/messaging_profile_metrics",
               [&](const Call &call) { return allMetrics(world, clock, call); });
    router.add("GET", "/messaging_optouts",
               [&](const Call &call) { return bareWhenRefused(listOptOuts(world, call)); });
}

} // namespace longcode::sandbox
