#pragma once

#include "sandbox/api_error.h"
#include "sandbox/validation.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace longcode::httpd {
struct Request;
}

namespace longcode::sandbox {

/// One request, as a handler sees it.
struct Call {
    std::map<std::string, std::string, std::less<>> path; ///< parameters of the path
    std::vector<std::pair<std::string, std::string>> query;
    Json body = Json::object(); ///< an object when the operation has a schema

    [[nodiscard]] std::string at(std::string_view parameter) const;
    /// The last value of a query parameter; empty when absent.
    [[nodiscard]] std::string queryAt(std::string_view name) const;
    [[nodiscard]] bool hasQuery(std::string_view name) const;
};

/// Finds the handler for method and path, and refuses in the documented shapes what does not fit: unknown
/// path 404, other method 405, other content type 415, no JSON 400, wrong members 422.
class Router {
public:
    using Handler = std::function<Answer(const Call &)>;

    /// `pattern`: "/messages/{id:uuid}"; a literal segment must be added before a parameter in its place.
    /// Without a schema any JSON object, or no body, is taken.
    void add(std::string_view method, std::string_view pattern, Handler handler,
             const Schema *schema = nullptr);

    /// `path`: decoded, below the router's base ("/messages").
    [[nodiscard]] Answer dispatch(const httpd::Request &request, std::string_view path) const;

private:
    struct Route {
        std::string method;
        std::vector<std::string> pattern;
        Handler handler;
        const Schema *schema;
    };
    [[nodiscard]] Answer run(const Route &route, const httpd::Request &request,
                             const std::vector<std::string> &segments) const;

    std::vector<Route> m_routes;
};

} // namespace longcode::sandbox
