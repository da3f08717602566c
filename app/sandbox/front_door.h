#pragma once

#include "sandbox/api_error.h"
#include "sandbox/faults.h"
#include "sandbox/request_log.h"

#include <memory>
#include <string>

namespace longcode::httpd {
struct Request;
struct Response;
class Responder;
} // namespace longcode::httpd

namespace longcode::sandbox {

class Router;
class Timeline;
class VirtualClock;

/// What every request to /v2 passes: the list of requests, faults, key, rate limit, and only then its
/// operation. Main thread only.
class FrontDoor {
public:
    static constexpr int usualLimit = 10'000; ///< requests in one second

    FrontDoor(const Router &api, Faults &faults, RequestLog &log, RequestFile &file, Timeline &timeline,
              const VirtualClock &clock, std::string apiKey);

    void handle(const httpd::Request &request, const httpd::Responder &respond);
    /// True: the request carries the key.
    [[nodiscard]] bool hasKey(const httpd::Request &request) const;
    void setLimit(int perSecond) { m_limit = perSecond; }

private:
    struct Outcome {
        Answer answer;
        bool accepted = false;
        bool drop = false;
    };
    [[nodiscard]] Outcome outcomeOf(const httpd::Request &request, std::string_view path);
    [[nodiscard]] std::optional<Answer> gate(const httpd::Request &request, std::string_view path);
    void addLimitHeaders(Answer &answer) const;

    const Router &m_api;
    Faults &m_faults;
    RequestLog &m_log;
    RequestFile &m_file;
    Timeline &m_timeline;
    const VirtualClock &m_clock;
    std::string m_apiKey;
    int m_limit = usualLimit;
    int m_used = 0;
    qint64 m_window = 0; ///< the second that `m_used` counts
};

/// As the server sends it.
[[nodiscard]] httpd::Response responseOf(const Answer &answer);

} // namespace longcode::sandbox
