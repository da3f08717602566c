#include "sandbox/api_numbers.h"

#include "sandbox/number_json.h"
#include "sandbox/paging.h"
#include "sandbox/places.h"
#include "sandbox/progress.h"
#include "sandbox/router.h"
#include "sandbox/schemas.h"
#include "sandbox/seeded.h"
#include "sandbox/timeline.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/world.h"

#include <algorithm>

namespace longcode::sandbox {

namespace {

constexpr std::size_t maximumBulkUpdates = 1000;
constexpr int bulkUpdateTakes = 800; ///< milliseconds at speed 1

Answer unknownNumber(const std::string &id) {
    return refusal(404, errorOf("10005", "There is no phone number " + id + "."));
}

std::optional<Answer> profileProblem(World &world, const Json &body) {
    const std::string id = textAt(body, "messaging_profile_id");
    if (id.empty())
        return {};
    if (!isUuid(id))
        return refusal(422,
                       errorOf("10015", "Must be a UUID, or empty to unassign.", "/messaging_profile_id"));
    if (!world.profile(id))
        return refusal(
            404, errorOf("10005", "There is no messaging profile " + id + ".", "/messaging_profile_id"));
    return {};
}

std::string digitsOf(const std::string &text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                 [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

/// Whether the number has these digits in it; an absent filter matches.
bool hasDigits(const Call &call, const char *filter, const std::string &number) {
    return !call.hasQuery(filter) || number.find(digitsOf(call.queryAt(filter))) != std::string::npos;
}

bool hasTag(const Call &call, const std::vector<std::string> &tags) {
    return !call.hasQuery("filter[tag]") ||
           std::find(tags.begin(), tags.end(), call.queryAt("filter[tag]")) != tags.end();
}

std::optional<Answer> numberQueryProblem(const Call &call) {
    if (auto problem = queryProblem(
            call, "sort", {"purchased_at", "phone_number", "connection_name", "usage_payment_method"}))
        return problem;
    if (auto problem =
            queryProblem(call, "filter[status]",
                         {"purchase-pending", "purchase-failed", "port-pending", "active", "deleted",
                          "port-failed", "emergency-only", "ported-out", "port-out-pending"}))
        return problem;
    if (auto problem = queryProblem(call, "filter[number_type][eq]",
                                    {"local", "national", "toll_free", "mobile", "shared_cost"}))
        return problem;
    if (auto problem = queryProblem(call, "filter[source]", {"ported", "purchased"}))
        return problem;
    if (auto problem = queryProblem(call, "filter[without_tags]", {"true", "false"}))
        return problem;
    return queryProblem(call, "handle_messaging_profile_error", {"true", "false"});
}

Answer listNumbers(World &world, const Call &call) {
    if (auto problem = numberQueryProblem(call))
        return *std::move(problem);
    std::vector<PhoneNumber> numbers = world.numbers();
    if (call.queryAt("sort") == "phone_number")
        std::sort(numbers.begin(), numbers.end(),
                  [](const auto &a, const auto &b) { return a.number < b.number; });
    std::vector<Json> all;
    for (const PhoneNumber &number : numbers) {
        const std::string type = number.kind == NumberKind::TollFree ? "toll_free" : "local";
        const bool wanted =
            hasDigits(call, "filter[phone_number]", number.number) && hasTag(call, number.tags) &&
            (call.queryAt("filter[without_tags]") != "true" || number.tags.empty()) &&
            (!call.hasQuery("filter[status]") || call.queryAt("filter[status]") == "active") &&
            (!call.hasQuery("filter[number_type][eq]") || call.queryAt("filter[number_type][eq]") == type) &&
            (!call.hasQuery("filter[country_iso_alpha2]") ||
             call.queryAt("filter[country_iso_alpha2]") == countryOf(number.number)) &&
            call.queryAt("filter[source]") != "ported";
        if (wanted)
            all.push_back(detailedJson(world, number));
    }
    return pageOf(call, all);
}

std::optional<Answer> messagingQueryProblem(const Call &call) {
    if (auto problem = queryProblem(call, "filter[type]", {"tollfree", "longcode", "shortcode"}))
        return problem;
    if (auto problem = queryProblem(call, "sort[phone_number]", {"asc", "desc"}))
        return problem;
    if (call.hasQuery("filter[messaging_profile_id]") &&
        !isUuid(call.queryAt("filter[messaging_profile_id]")))
        return parameterRefusal("filter[messaging_profile_id]", "Must be a UUID.");
    return {};
}

Answer listMessagingNumbers(World &world, const Call &call) {
    if (auto problem = messagingQueryProblem(call))
        return *std::move(problem);
    std::vector<PhoneNumber> numbers = world.numbers();
    const std::string sort = call.queryAt("sort[phone_number]");
    std::stable_sort(numbers.begin(), numbers.end(), [&sort](const auto &a, const auto &b) {
        return sort == "desc" ? b.number < a.number : sort == "asc" && a.number < b.number;
    });
    std::vector<Json> all;
    for (const PhoneNumber &number : numbers) {
        const std::string type = number.kind == NumberKind::TollFree ? "tollfree" : "longcode";
        const bool wanted = hasDigits(call, "filter[phone_number]", number.number) &&
                            hasDigits(call, "filter[phone_number][contains]", number.number) &&
                            (!call.hasQuery("filter[type]") || call.queryAt("filter[type]") == type) &&
                            (!call.hasQuery("filter[messaging_profile_id]") ||
                             call.queryAt("filter[messaging_profile_id]") == number.profileId);
        if (wanted)
            all.push_back(messagingJson(world, number));
    }
    return pageOf(call, all);
}

Answer updateNumber(World &world, const VirtualClock &clock, PhoneNumber &number, const Json &body) {
    if (auto problem = profileProblem(world, body))
        return *std::move(problem);
    if (hasValue(body, "messaging_profile_id"))
        number.profileId = textAt(body, "messaging_profile_id");
    if (hasValue(body, "messaging_product"))
        number.product = textAt(body, "messaging_product");
    if (hasValue(body, "tags"))
        number.tags = textsAt(body, "tags");
    number.updatedAt = clock.now();
    return dataAnswer(messagingJson(world, number));
}

Json bulkJson(const BulkUpdate &update) {
    return {{"record_type", "messaging_numbers_bulk_update"},
            {"order_id", update.id},
            {"success", update.succeeded},
            {"pending", update.pending},
            {"failed", update.failedNumbers}};
}

class BulkUpdates {
public:
    BulkUpdates(World &world, Timeline &timeline, const Progress &progress, const VirtualClock &clock,
                const Seeded &seeded)
        : m_world(world), m_timeline(timeline), m_progress(progress), m_clock(clock), m_seeded(seeded) {}

    Answer start(const Json &body) const {
        if (auto problem = profileProblem(m_world, body))
            return *std::move(problem);
        const std::vector<std::string> numbers = textsAt(body, "numbers");
        if (numbers.empty())
            return refusal(422, errorOf("10015", "Name at least one number.", "/numbers"));
        if (m_world.bulkUpdates().size() >= maximumBulkUpdates)
            m_world.bulkUpdates().clear();
        const std::string id = m_seeded.uuid(m_world.nextLabel("bulk"));
        BulkUpdate &update = m_world.bulkUpdates()[id];
        update.id = id;
        update.pending = numbers;
        m_timeline.after(
            m_progress.atSpeed(bulkUpdateTakes),
            [copy = *this, id, profile = textAt(body, "messaging_profile_id")] { copy.finish(id, profile); });
        return dataAnswer(bulkJson(update));
    }

    Answer read(const std::string &id) const {
        const auto found = m_world.bulkUpdates().find(id);
        if (found == m_world.bulkUpdates().end())
            return refusal(404, errorOf("10005", "There is no bulk update " + id + "."));
        return dataAnswer(bulkJson(found->second));
    }

private:
    void finish(const std::string &id, const std::string &profileId) const {
        const auto found = m_world.bulkUpdates().find(id);
        if (found == m_world.bulkUpdates().end())
            return;
        BulkUpdate &update = found->second;
        for (const std::string &text : update.pending) {
            PhoneNumber *number = m_world.number(text);
            if (number) {
                number->profileId = profileId;
                number->updatedAt = m_clock.now();
            }
            (number ? update.succeeded : update.failedNumbers).push_back(text);
        }
        update.pending.clear();
    }

    World &m_world;
    Timeline &m_timeline;
    const Progress &m_progress;
    const VirtualClock &m_clock;
    const Seeded &m_seeded;
};

Answer listShortCodes(World &world, const Call &call) {
    std::vector<Json> all;
    for (const ShortCode &code : world.shortCodes()) {
        if (!call.hasQuery("filter[messaging_profile_id]") ||
            call.queryAt("filter[messaging_profile_id]") == code.profileId)
            all.push_back(shortCodeJson(code));
    }
    return pageOf(call, all);
}

Answer updateShortCode(World &world, const VirtualClock &clock, ShortCode &code, const Json &body) {
    if (auto problem = profileProblem(world, body))
        return *std::move(problem);
    code.profileId = textAt(body, "messaging_profile_id");
    if (hasValue(body, "tags"))
        code.tags = textsAt(body, "tags");
    code.updatedAt = clock.now();
    return dataAnswer(shortCodeJson(code));
}

void addShortCodeRoutes(Router &router, World &world, const VirtualClock &clock) {
    const auto add = [&router, &world](std::string_view method, auto handler, const Schema *schema) {
        router.add(
            method, "/short_codes/{id:uuid}",
            [&world, handler](const Call &call) {
                ShortCode *code = world.shortCode(call.at("id"));
                return code ? handler(*code, call)
                            : refusal(404, errorOf("10005", "There is no short code " + call.at("id") + "."));
            },
            schema);
    };
    router.add("GET", "/short_codes", [&world](const Call &call) { return listShortCodes(world, call); });
    add("GET", [](ShortCode &code, const Call &) { return dataAnswer(shortCodeJson(code)); }, nullptr);
    add(
        "PATCH",
        [&world, &clock](ShortCode &code, const Call &call) {
            return updateShortCode(world, clock, code, call.body);
        },
        &schemas::shortCode());
    router.add("GET", "/messaging_url_domains", [](const Call &call) {
        return pageOf(call, {{{"record_type", "messaging_url_domain"},
                              {"id", "5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a301"},
                              {"url_domain", "sandbox.example"},
                              {"use_case", "shared"}}});
    });
}

} // namespace

void addNumberRoutes(Router &router, World &world, Timeline &timeline, const Progress &progress,
                     const VirtualClock &clock, const Seeded &seeded) {
    using NumberHandler = std::function<Answer(PhoneNumber &, const Call &)>;
    const auto add = [&router, &world](std::string_view method, std::string_view path, NumberHandler handler,
                                       const Schema *schema = nullptr) {
        router.add(
            method, path,
            [&world, handler = std::move(handler)](const Call &call) {
                PhoneNumber *number = world.number(call.at("id"));
                return number ? handler(*number, call) : unknownNumber(call.at("id"));
            },
            schema);
    };
    router.add("GET", "/phone_numbers", [&](const Call &call) { return listNumbers(world, call); });
    router.add("GET", "/phone_numbers/messaging",
               [&](const Call &call) { return listMessagingNumbers(world, call); });
    add("GET", "/phone_numbers/{id}",
        [&](PhoneNumber &n, const Call &) { return dataAnswer(detailedJson(world, n)); });
    add("GET", "/phone_numbers/{id}/messaging",
        [&](PhoneNumber &n, const Call &) { return dataAnswer(messagingJson(world, n)); });
    add(
        "PATCH", "/phone_numbers/{id}/messaging",
        [&](PhoneNumber &n, const Call &call) { return updateNumber(world, clock, n, call.body); },
        &schemas::numberSettings());
    const BulkUpdates bulk(world, timeline, progress, clock, seeded);
    router.add(
        "POST", "/messaging_numbers_bulk_updates", [bulk](const Call &call) { return bulk.start(call.body); },
        &schemas::bulkUpdate());
    router.add("GET", "/messaging_numbers_bulk_updates/{order_id}",
               [bulk](const Call &call) { return bulk.read(call.at("order_id")); });
    addShortCodeRoutes(router, world, clock);
}

} // namespace longcode::sandbox
