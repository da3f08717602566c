#include "httpd/text.h"

#include "httpd/httpd.h"

#include <algorithm>
#include <ctime>

namespace longcode::httpd {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isToken(std::string_view text) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
               marks.find(c) != std::string_view::npos;
    });
}

bool isFieldValue(std::string_view text) {
    return std::ranges::none_of(
        text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; });
}

/// The time as a Date field wants it. Formatted once a second: the server answers on one thread.
const std::string &dateText() {
    thread_local std::time_t formatted = -1;
    thread_local std::string text;
    const std::time_t now = std::time(nullptr);
    if (now == formatted)
        return text;
    static constexpr const char *days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
#ifdef _WIN32
    gmtime_s(&utc, &now);
#else
    gmtime_r(&now, &utc);
#endif
    char digits[32];
    text = std::string(days[utc.tm_wday]);
    std::strftime(digits, sizeof digits, ", %d ", &utc);
    text += digits;
    text += months[utc.tm_mon];
    std::strftime(digits, sizeof digits, " %Y %H:%M:%S GMT", &utc);
    text += digits;
    formatted = now;
    return text;
}

void appendField(std::string &out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

} // namespace

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool mayHaveBody(int status) {
    return status >= 200 && status != 204 && status != 304;
}

std::string responseHead(const Response &response, std::string_view reason, Persistence persistence) {
    std::string out;
    out.reserve(256);
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason).append("\r\n");
    appendField(out, "Date", dateText());
    for (const Header &header : response.headers) {
        if (isToken(header.name) && isFieldValue(header.value))
            appendField(out, header.name, header.value);
    }
    if (!response.body.empty() && isFieldValue(response.contentType))
        appendField(out, "Content-Type", response.contentType);
    if (mayHaveBody(response.status))
        appendField(out, "Content-Length", std::to_string(response.body.size()));
    appendField(out, "Connection", persistence == Persistence::Close ? "close" : "keep-alive");
    out.append("\r\n");
    return out;
}

std::string_view Request::header(std::string_view name) const {
    for (const Header &candidate : headers) {
        if (equalsIgnoringCase(candidate.name, name))
            return candidate.value;
    }
    return {};
}

std::optional<std::string> Request::queryValue(std::string_view name) const {
    for (const auto &[key, value] : query) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

} // namespace longcode::httpd
