#include "sandbox/router.h"

#include "httpd/httpd.h"

#include <algorithm>
#include <optional>

namespace longcode::sandbox {

namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        segments.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

bool isParameter(std::string_view segment) {
    return segment.starts_with('{');
}

/// "{id:uuid}" → "id".
std::string parameterName(std::string_view segment) {
    return std::string(segment.substr(1, segment.find_first_of(":}") - 1));
}

bool fits(const std::vector<std::string> &pattern, const std::vector<std::string> &segments) {
    return std::equal(pattern.begin(), pattern.end(), segments.begin(), segments.end(),
                      [](const std::string &wanted, const std::string &given) {
                          return isParameter(wanted) ? !given.empty() : wanted == given;
                      });
}

bool isJson(std::string_view contentType) {
    const std::string_view type = contentType.substr(0, contentType.find(';'));
    constexpr std::string_view json = "application/json";
    const std::size_t end = type.find_last_not_of(' ');
    const std::string_view trimmed = end == std::string_view::npos ? type : type.substr(0, end + 1);
    return std::equal(trimmed.begin(), trimmed.end(), json.begin(), json.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

Result<Json, Answer> bodyOf(const httpd::Request &request) {
    if (request.body.empty())
        return Json::object();
    if (!isJson(request.header("content-type")))
        return failed(refusal(415, errorOf("10016")));
    auto json = parseJson(request.body);
    if (!json)
        return failed(refusal(400, errorOf("10015", json.error(), "/")));
    return *std::move(json);
}

} // namespace

std::string Call::at(std::string_view parameter) const {
    const auto found = path.find(parameter);
    return found == path.end() ? std::string() : found->second;
}

std::string Call::queryAt(std::string_view name) const {
    std::string value;
    for (const auto &[given, text] : query) {
        if (given == name)
            value = text;
    }
    return value;
}

bool Call::hasQuery(std::string_view name) const {
    return std::any_of(query.begin(), query.end(), [name](const auto &pair) { return pair.first == name; });
}

void Router::add(std::string_view method, std::string_view pattern, Handler handler, const Schema *schema) {
    m_routes.push_back({std::string(method), split(pattern), std::move(handler), schema});
}

Answer Router::dispatch(const httpd::Request &request, std::string_view path) const {
    const std::vector<std::string> segments = split(path);
    std::string allowed;
    for (const Route &route : m_routes) {
        if (!fits(route.pattern, segments))
            continue;
        if (route.method == request.method)
            return run(route, request, segments);
        allowed += (allowed.empty() ? "" : ", ") + route.method;
    }
    if (allowed.empty())
        return refusal(404, errorOf("10005", "There is nothing at " + std::string(path) + "."));
    Answer answer = refusal(405, errorOf("10017", "This path takes " + allowed + "."));
    answer.headers.emplace_back("allow", allowed);
    return answer;
}

Answer Router::run(const Route &route, const httpd::Request &request,
                   const std::vector<std::string> &segments) const {
    Call call;
    call.query = request.query;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::string &wanted = route.pattern[i];
        if (!isParameter(wanted))
            continue;
        const std::string name = parameterName(wanted);
        if (wanted.ends_with(":uuid}") && !isUuid(segments[i])) {
            ApiError error = errorOf("10015", "'" + name + "' must be a UUID.");
            error.parameter = name;
            return refusal(422, error);
        }
        call.path[name] = segments[i];
    }
    auto body = bodyOf(request);
    if (!body)
        return body.error();
    call.body = *std::move(body);
    if (route.schema) {
        const std::vector<ApiError> errors = check(*route.schema, call.body);
        if (!errors.empty())
            return refusal(422, errors);
    }
    return route.handler(call);
}

} // namespace longcode::sandbox
