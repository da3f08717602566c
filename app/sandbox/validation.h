#pragma once

#include "sandbox/api_error.h"

#include <optional>
#include <string_view>
#include <vector>

namespace longcode::sandbox {

enum class Type : std::uint8_t { Text, Boolean, Integer, Number, TextList, Object };
enum class Form : std::uint8_t { Any, Uuid, Url, DateTime, CountryCode, AlphaSender, DecimalText };

struct Member;
using Schema = std::vector<Member>;

/// One member of a request body: its type and what the contract says about its value. Members that no
/// schema names are ignored (D26).
struct Member {
    std::string_view name;
    Type type = Type::Text;
    bool isRequired = false;
    bool isNullable = false;
    Form form = Form::Any; ///< of the text, or of each text of a list
    std::vector<std::string_view> allowed{};
    std::size_t longest = 0; ///< characters; 0: no limit
    const Schema *inner = nullptr;
    bool notNegative = false;

    [[nodiscard]] Member required() const;
    [[nodiscard]] Member nullable() const;
    [[nodiscard]] Member as(Form wanted) const;
    [[nodiscard]] Member oneOf(std::vector<std::string_view> values) const;
    [[nodiscard]] Member atMost(std::size_t characters) const;
};

[[nodiscard]] Member text(std::string_view name);
[[nodiscard]] Member flag(std::string_view name);
[[nodiscard]] Member weight(std::string_view name); ///< a number, not negative
[[nodiscard]] Member textList(std::string_view name);
[[nodiscard]] Member object(std::string_view name, const Schema &inner);

/// Everything that is wrong with `body`, one error per member, with its JSON pointer.
[[nodiscard]] std::vector<ApiError> check(const Schema &schema, const Json &body);

[[nodiscard]] bool isUuid(std::string_view text);
/// An absolute http or https URL with a host. Loopback addresses are allowed: the relay is on one.
[[nodiscard]] bool isUrl(std::string_view text);
/// RFC 3339 with a zone.
[[nodiscard]] bool isDateTime(std::string_view text);
/// 1 to 11 letters, digits and spaces, at least one letter.
[[nodiscard]] bool isAlphaSender(std::string_view text);

} // namespace longcode::sandbox
