#include "sandbox/json.h"

#include <QDateTime>

namespace longcode::sandbox {

namespace {

constexpr int maximumDepth = 64;

bool tooDeep(std::string_view text) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > maximumDepth)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

const Json *member(const Json &object, const char *name) {
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

} // namespace

Result<Json, std::string> parseJson(std::string_view text) {
    if (tooDeep(text))
        return failed(std::string("The body is nested too deeply."));
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        return failed(std::string("The body is not valid JSON."));
    return json;
}

std::string toText(const Json &json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string textAt(const Json &object, const char *name, std::string otherwise) {
    const Json *value = member(object, name);
    return value && value->is_string() ? value->get<std::string>() : std::move(otherwise);
}

bool boolAt(const Json &object, const char *name, bool otherwise) {
    const Json *value = member(object, name);
    return value && value->is_boolean() ? value->get<bool>() : otherwise;
}

long long integerAt(const Json &object, const char *name, long long otherwise) {
    const Json *value = member(object, name);
    return value && value->is_number_integer() ? value->get<long long>() : otherwise;
}

bool hasValue(const Json &object, const char *name) {
    const Json *value = member(object, name);
    return value && !value->is_null();
}

std::vector<std::string> textsAt(const Json &object, const char *name) {
    std::vector<std::string> texts;
    const Json *value = member(object, name);
    if (!value || !value->is_array())
        return texts;
    for (const Json &element : *value) {
        if (element.is_string())
            texts.push_back(element.get<std::string>());
    }
    return texts;
}

Json orNull(const std::string &text) {
    return text.empty() ? Json() : Json(text);
}

std::string timeText(const QDateTime &time) {
    return time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")).toStdString() + "+00:00";
}

} // namespace longcode::sandbox
