#include "sandbox/paging.h"

#include <algorithm>
#include <charconv>

namespace longcode::sandbox {

namespace {

std::optional<long long> wholeNumber(const std::string &text) {
    long long number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

} // namespace

Answer parameterRefusal(std::string_view name, std::string detail) {
    ApiError error = errorOf("10015", std::move(detail));
    error.parameter = std::string(name);
    return refusal(400, error);
}

Answer pageOf(const Call &call, const std::vector<Json> &all) {
    constexpr long long largest = 250;
    long long number = 1;
    long long size = 20;
    if (call.hasQuery("page[number]")) {
        const auto given = wholeNumber(call.queryAt("page[number]"));
        if (!given || *given < 1)
            return parameterRefusal("page[number]", "Must be an integer from 1 on.");
        number = *given;
    }
    if (call.hasQuery("page[size]")) {
        const auto given = wholeNumber(call.queryAt("page[size]"));
        if (!given || *given < 1 || *given > largest)
            return parameterRefusal("page[size]", "Must be an integer from 1 to 250.");
        size = *given;
    }
    const auto total = static_cast<long long>(all.size());
    const long long pages = (total + size - 1) / size;
    Json data = Json::array();
    if (number <= pages) {
        const long long first = (number - 1) * size;
        for (long long i = first; i < std::min(first + size, total); ++i)
            data.push_back(all[static_cast<std::size_t>(i)]);
    }
    Answer answer = dataAnswer(std::move(data));
    answer.body["meta"] = {
        {"total_pages", pages}, {"total_results", total}, {"page_number", number}, {"page_size", size}};
    return answer;
}

std::optional<Answer> queryProblem(const Call &call, std::string_view name,
                                   std::initializer_list<std::string_view> allowed) {
    if (!call.hasQuery(name))
        return {};
    const std::string given = call.queryAt(name);
    if (std::find(allowed.begin(), allowed.end(), given) != allowed.end())
        return {};
    std::string list;
    for (const std::string_view value : allowed)
        list += (list.empty() ? "'" : ", '") + std::string(value) + "'";
    return parameterRefusal(name, "Must be one of " + list + ".");
}

} // namespace longcode::sandbox
