#include "httpd/target.h"

namespace longcode::httpd {

namespace {

enum class Plus { Literal, Space };

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::optional<std::string> percentDecoded(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::Space) {
            out.push_back(' ');
        } else if (text[i] != '%') {
            out.push_back(text[i]);
        } else {
            const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0 || (high == 0 && low == 0))
                return std::nullopt;
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        }
    }
    return out;
}

/// `http://host/path` becomes `/path`: the authority is not ours to judge.
std::optional<std::string_view> originForm(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme))
            continue;
        const std::size_t path = target.find_first_of("/?", scheme.size());
        if (path == std::string_view::npos)
            return "/";
        if (target[path] != '/')
            return std::nullopt;
        return target.substr(path);
    }
    if (target == "*" || target.starts_with('/'))
        return target;
    return std::nullopt;
}

} // namespace

std::optional<Target> parseTarget(std::string_view target) {
    const std::optional<std::string_view> origin = originForm(target);
    if (!origin || origin->find('#') != std::string_view::npos)
        return std::nullopt;
    const std::size_t mark = origin->find('?');
    std::optional<std::string> path = percentDecoded(origin->substr(0, mark), Plus::Literal);
    if (!path)
        return std::nullopt;
    Target out{std::move(*path), {}};
    std::string_view rest = mark == std::string_view::npos ? std::string_view() : origin->substr(mark + 1);
    while (!rest.empty()) {
        const std::size_t end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (pair.empty())
            continue;
        const std::size_t equals = pair.find('=');
        std::optional<std::string> name = percentDecoded(pair.substr(0, equals), Plus::Space);
        std::optional<std::string> value = equals == std::string_view::npos
                                               ? std::optional<std::string>(std::in_place)
                                               : percentDecoded(pair.substr(equals + 1), Plus::Space);
        if (!name || !value)
            return std::nullopt;
        out.query.emplace_back(std::move(*name), std::move(*value));
    }
    return out;
}

} // namespace longcode::httpd
