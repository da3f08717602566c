#include "sandbox/validation.h"

#include "base/utc.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace longcode::sandbox {

namespace {

bool matches(std::string_view text, const QRegularExpression &pattern) {
    return pattern.match(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))).hasMatch();
}

bool hasForm(std::string_view text, Form form) {
    static const QRegularExpression country(QStringLiteral("^[A-Z]{2}\\z"));
    static const QRegularExpression alpha(QStringLiteral("^[A-Za-z0-9 ]{1,11}\\z"));
    static const QRegularExpression decimal(QStringLiteral("^[0-9]+(?:\\.[0-9]+)?\\z"));
    switch (form) {
    case Form::Any:
        return true;
    case Form::Uuid:
        return isUuid(text);
    case Form::Url:
        return isUrl(text);
    case Form::DateTime:
        return isDateTime(text);
    case Form::CountryCode:
        return matches(text, country);
    case Form::AlphaSender:
        return matches(text, alpha);
    case Form::DecimalText:
        return matches(text, decimal);
    }
    return false;
}

const char *describe(Form form) {
    switch (form) {
    case Form::Any:
        return "a text";
    case Form::Uuid:
        return "a UUID";
    case Form::Url:
        return "an absolute http or https URL";
    case Form::DateTime:
        return "a time in ISO 8601 with a zone";
    case Form::CountryCode:
        return "an ISO 3166-1 alpha-2 country code";
    case Form::AlphaSender:
        return "1 to 11 letters, digits or spaces";
    case Form::DecimalText:
        return "a decimal number as text";
    }
    return "";
}

const char *describe(Type type) {
    switch (type) {
    case Type::Text:
        return "a string";
    case Type::Boolean:
        return "a boolean";
    case Type::Integer:
        return "an integer";
    case Type::Number:
        return "a number";
    case Type::TextList:
        return "an array of strings";
    case Type::Object:
        return "an object";
    }
    return "";
}

bool hasType(const Json &value, Type type) {
    switch (type) {
    case Type::Text:
        return value.is_string();
    case Type::Boolean:
        return value.is_boolean();
    case Type::Integer:
        return value.is_number_integer();
    case Type::Number:
        return value.is_number();
    case Type::TextList:
        return value.is_array();
    case Type::Object:
        return value.is_object();
    }
    return false;
}

class Checker {
public:
    std::vector<ApiError> errors;

    void object(const Schema &schema, const Json &body, const std::string &base) {
        for (const Member &member : schema) {
            const std::string pointer = base + "/" + std::string(member.name);
            const auto found = body.find(member.name);
            if (found != body.end())
                value(member, *found, pointer);
            else if (member.isRequired)
                add("10004", std::string("'").append(member.name).append("' is required."), pointer);
        }
    }

private:
    void add(std::string_view code, std::string detail, const std::string &pointer) {
        errors.push_back(errorOf(code, std::move(detail), pointer));
    }

    void value(const Member &member, const Json &value, const std::string &pointer) {
        if (value.is_null() && member.isNullable)
            return;
        if (!hasType(value, member.type)) {
            add("10015",
                std::string("Must be ") + describe(member.type) + (member.isNullable ? " or null." : "."),
                pointer);
            return;
        }
        if (member.type == Type::Text)
            text(member, value.get<std::string>(), pointer);
        else if (member.type == Type::TextList)
            list(member, value, pointer);
        else if (member.type == Type::Object)
            object(*member.inner, value, pointer);
        else if (member.notNegative && value.get<double>() < 0)
            add("10015", "Must not be negative.", pointer);
    }

    void text(const Member &member, const std::string &value, const std::string &pointer) {
        if (!member.allowed.empty() &&
            std::find(member.allowed.begin(), member.allowed.end(), value) == member.allowed.end())
            add("10032", "Must be one of " + join(member.allowed) + ".", pointer);
        else if (!hasForm(value, member.form))
            add(member.form == Form::Url ? "10003" : "10015",
                std::string("Must be ") + describe(member.form) + ".", pointer);
        else if (member.longest > 0 &&
                 static_cast<std::size_t>(QString::fromStdString(value).size()) > member.longest)
            add("10015", "Must have at most " + std::to_string(member.longest) + " characters.", pointer);
    }

    void list(const Member &member, const Json &value, const std::string &pointer) {
        // The description allows ["*"] although the pattern does not (D15).
        if (member.form == Form::CountryCode && value == Json::array({"*"}))
            return;
        Member element = member;
        element.type = Type::Text;
        element.isNullable = false;
        for (std::size_t i = 0; i < value.size(); ++i)
            this->value(element, value[i], pointer + "/" + std::to_string(i));
    }

    static std::string join(const std::vector<std::string_view> &values) {
        std::string all;
        for (const std::string_view value : values)
            all += (all.empty() ? "'" : ", '") + std::string(value) + "'";
        return all;
    }
};

} // namespace

Member Member::required() const {
    Member copy = *this;
    copy.isRequired = true;
    return copy;
}

Member Member::nullable() const {
    Member copy = *this;
    copy.isNullable = true;
    return copy;
}

Member Member::as(Form wanted) const {
    Member copy = *this;
    copy.form = wanted;
    return copy;
}

Member Member::oneOf(std::vector<std::string_view> values) const {
    Member copy = *this;
    copy.allowed = std::move(values);
    return copy;
}

Member Member::atMost(std::size_t characters) const {
    Member copy = *this;
    copy.longest = characters;
    return copy;
}

Member text(std::string_view name) {
    return {name, Type::Text};
}
Member flag(std::string_view name) {
    return {name, Type::Boolean};
}
Member textList(std::string_view name) {
    return {name, Type::TextList};
}

Member weight(std::string_view name) {
    Member member{name, Type::Number};
    member.notNegative = true;
    return member;
}

Member object(std::string_view name, const Schema &inner) {
    Member member{name, Type::Object};
    member.inner = &inner;
    return member;
}

std::vector<ApiError> check(const Schema &schema, const Json &body) {
    if (!body.is_object()) {
        return {errorOf("10015", "The body must be a JSON object.", "/")};
    }
    Checker checker;
    checker.object(schema, body, {});
    return std::move(checker.errors);
}

bool isUuid(std::string_view text) {
    static const QRegularExpression pattern(
        QStringLiteral("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\z"));
    return matches(text, pattern);
}

bool isUrl(std::string_view text) {
    const QUrl url(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QStringLiteral("https") || url.scheme() == QStringLiteral("http"));
}

bool isDateTime(std::string_view text) {
    static const QRegularExpression pattern(QStringLiteral(
        "^\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)\\z"));
    return matches(text, pattern) &&
           parseUtc(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))).has_value();
}

bool isAlphaSender(std::string_view text) {
    return hasForm(text, Form::AlphaSender) && std::any_of(text.begin(), text.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

} // namespace longcode::sandbox
