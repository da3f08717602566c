#include "events/bounded_json.h"

#include <nlohmann/json.hpp>

namespace longcode::events {

namespace {

/// Counts brackets and commas outside of strings.
class LimitScan {
public:
    explicit LimitScan(const JsonLimits &limits) : m_limits(limits) {}

    /// Whether the text may go on after `c`.
    bool take(char c) {
        if (m_inString) {
            takeInString(c);
            return true;
        }
        switch (c) {
        case '"':
            m_inString = true;
            return true;
        case '[':
        case '{':
            return ++m_depth <= m_limits.depth && ++m_values <= m_limits.values;
        case ']':
        case '}':
            --m_depth;
            return true;
        case ',':
            return ++m_values <= m_limits.values;
        default:
            return true;
        }
    }

    [[nodiscard]] JsonProblem problem() const {
        return m_depth > m_limits.depth ? JsonProblem::TooDeep : JsonProblem::TooLarge;
    }

private:
    void takeInString(char c) {
        if (m_escaped)
            m_escaped = false;
        else if (c == '\\')
            m_escaped = true;
        else if (c == '"')
            m_inString = false;
    }

    JsonLimits m_limits;
    qsizetype m_values = 0;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

} // namespace

Result<void, JsonProblem> checkLimits(QByteArrayView text, const JsonLimits &limits) {
    if (text.size() > limits.bytes)
        return failed(JsonProblem::TooLarge);
    LimitScan scan(limits);
    for (const char c : text) {
        if (!scan.take(c))
            return failed(scan.problem());
    }
    return {};
}

Result<nlohmann::json, JsonProblem> parseBounded(QByteArrayView text, const JsonLimits &limits) {
    if (const auto checked = checkLimits(text, limits); !checked)
        return failed(JsonProblem(checked.error()));
    auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (json.is_discarded())
        return failed(JsonProblem::NotJson);
    return json;
}

} // namespace longcode::events
