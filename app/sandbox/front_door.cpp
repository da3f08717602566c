#include "sandbox/front_door.h"

#include "httpd/httpd.h"
#include "sandbox/router.h"
#include "sandbox/timeline.h"
#include "sandbox/virtual_clock.h"

#include <sodium.h>

#include <algorithm>
#include <exception>

namespace longcode::sandbox {

namespace {

constexpr qint64 msPerSecond = 1000;

bool sameText(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool startsWithBearer(std::string_view header) {
    constexpr std::string_view scheme = "bearer ";
    return header.size() > scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), header.begin(), [](char wanted, char given) {
               return wanted == (given >= 'A' && given <= 'Z' ? given + ('a' - 'A') : given);
           });
}

Answer faultAnswer(const Fault &fault) {
    std::string code = fault.code;
    if (code.empty())
        code = fault.status == 429   ? "10011"
               : fault.status == 401 ? "10009"
               : fault.status == 402 ? "20100"
                                     : "10007";
    Answer answer = refusal(fault.status, errorOf(code, fault.detail));
    if (fault.retryAfter > 0)
        answer.headers.emplace_back("retry-after", std::to_string(fault.retryAfter));
    return answer;
}

} // namespace

httpd::Response responseOf(const Answer &answer) {
    httpd::Response response;
    response.status = answer.status;
    response.contentType = answer.contentType;
    response.body = answer.bytes.empty() && !answer.body.is_null() ? toText(answer.body) : answer.bytes;
    for (const auto &[name, value] : answer.headers)
        response.headers.push_back({name, value});
    return response;
}

FrontDoor::FrontDoor(const Router &api, Faults &faults, RequestLog &log, RequestFile &file,
                     Timeline &timeline, const VirtualClock &clock, std::string apiKey)
    : m_api(api)
    , m_faults(faults)
    , m_log(log)
    , m_file(file)
    , m_timeline(timeline)
    , m_clock(clock)
    , m_apiKey(std::move(apiKey)) {}

bool FrontDoor::hasKey(const httpd::Request &request) const {
    constexpr std::size_t schemeLength = 7;
    const std::string_view header = request.header("authorization");
    return startsWithBearer(header) && sameText(header.substr(schemeLength), m_apiKey);
}

void FrontDoor::handle(const httpd::Request &request, const httpd::Responder &respond) {
    constexpr std::size_t baseLength = 3; // "/v2"
    const std::string_view path = std::string_view(request.path).substr(baseLength);
    const std::uint64_t number = m_log.add(request, m_clock.now());
    m_file.write(request);
    Outcome outcome = outcomeOf(request, path);
    m_log.find(number)->accepted = outcome.accepted;

    httpd::Response response = responseOf(outcome.answer);
    response.drop = outcome.drop;
    const auto answer = [this, number, respond, response = std::move(response)] {
        if (LoggedRequest *entry = m_log.find(number))
            entry->status = response.drop ? 0 : response.status;
        respond(response);
    };
    const auto delay = m_faults.takeDelay(request.method, path);
    if (delay.count() > 0)
        m_timeline.after(delay, answer);
    else
        answer();
}

FrontDoor::Outcome FrontDoor::outcomeOf(const httpd::Request &request, std::string_view path) {
    const auto fault = m_faults.take(request.method, path);
    if (fault && fault->kind == Fault::Kind::DropBefore)
        return {{}, false, true};
    if (fault && fault->kind == Fault::Kind::Status && !fault->accepted) {
        Answer answer = faultAnswer(*fault);
        addLimitHeaders(answer);
        return {std::move(answer), false, false};
    }
    Outcome outcome;
    if (auto refused = gate(request, path)) {
        outcome.answer = *std::move(refused);
    } else {
        try {
            outcome.answer = m_api.dispatch(request, path);
        } catch (const std::exception &problem) {
            // A defect of the sandbox; its client still gets the documented shape.
            outcome.answer = refusal(500, errorOf("10007", problem.what()));
        }
        outcome.accepted = outcome.answer.status < 300;
    }
    if (fault && fault->kind == Fault::Kind::Status)
        outcome.answer = faultAnswer(*fault);
    outcome.drop = fault && fault->kind == Fault::Kind::DropAfter;
    addLimitHeaders(outcome.answer);
    return outcome;
}

std::optional<Answer> FrontDoor::gate(const httpd::Request &request, std::string_view path) {
    if (!hasKey(request)) {
        const ApiError error = errorOf("10009", "Give a valid key: Authorization: Bearer KEY.");
        return path == "/messaging_optouts" ? bareRefusal(401, error) : refusal(401, error);
    }
    if (const qint64 second = m_clock.nowMs() / msPerSecond; second != m_window) {
        m_window = second;
        m_used = 0;
    }
    if (++m_used <= m_limit)
        return {};
    Answer answer = refusal(429, errorOf("10011"));
    answer.headers.emplace_back("retry-after", "1");
    return answer;
}

void FrontDoor::addLimitHeaders(Answer &answer) const {
    answer.headers.emplace_back("x-ratelimit-limit", std::to_string(m_limit));
    answer.headers.emplace_back("x-ratelimit-remaining",
                                std::to_string(answer.status == 429 ? 0 : std::max(0, m_limit - m_used)));
    answer.headers.emplace_back("x-ratelimit-reset", std::to_string(m_clock.nowMs() / msPerSecond + 1));
}

} // namespace longcode::sandbox
