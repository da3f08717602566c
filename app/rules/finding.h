#pragma once

#include <QString>

#include <optional>
#include <variant>

namespace longcode::rules {

/// Error: reviewers or the API will refuse. Warning: they may. Note: worth knowing, harmless by itself.
enum class Severity : quint8 { Error, Warning, Note };

/// "error", "warning", "note".
[[nodiscard]] QString nameOf(Severity severity);

/// A change that a click can make: the whole new value of one field.
struct Fix {
    QString words; ///< what the click does, as a button says it
    QString field; ///< the API's name
    std::variant<QString, bool> value;
    friend bool operator==(const Fix &, const Fix &) = default;
};

/// What a rule has to say about one field of a filing.
struct Finding {
    QString rule; ///< stable name of the rule, such as "opt-out-missing"
    Severity severity = Severity::Error;
    QString field;   ///< the API's name of the field it stands at, such as "sample1"
    QString message; ///< what is wrong and what reviewers want; plain text, a sentence or two
    QString source;  ///< where the rule comes from, in words
    std::optional<Fix> fix;
    friend bool operator==(const Finding &, const Finding &) = default;
};

} // namespace longcode::rules
