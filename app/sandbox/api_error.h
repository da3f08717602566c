#pragma once

#include "sandbox/json.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace longcode::sandbox {

/// One member of `errors[]`. Empty texts are left out of the answer.
struct ApiError {
    std::string code;
    std::string title;
    std::string detail{};
    std::string pointer{};   ///< JSON pointer into the body
    std::string parameter{}; ///< name of a query or path parameter
};

/// An error of the documentation's page "Error Codes" or of the general ones, by its code. The title comes
/// from the table; a code that is not in it is called "Unknown error".
[[nodiscard]] ApiError errorOf(std::string_view code, std::string detail = {}, std::string pointer = {});
/// The table's explanation of a delivery error, for reports that have no better words.
[[nodiscard]] std::string usualDetail(std::string_view code);

[[nodiscard]] Json toJson(const ApiError &error);

/// What goes back to the client.
struct Answer {
    int status = 200;
    Json body{};
    std::vector<std::pair<std::string, std::string>> headers{};
    /// Raw bytes instead of JSON, with their type (media of scripted customers).
    std::string bytes{};
    std::string contentType = "application/json; charset=utf-8";
};

/// Shape E1: `{"errors": [...]}`.
[[nodiscard]] Answer refusal(int status, const std::vector<ApiError> &errors);
[[nodiscard]] Answer refusal(int status, const ApiError &error);
/// Shape E2: the bare error object.
[[nodiscard]] Answer bareRefusal(int status, const ApiError &error);
/// `{"data": …}`.
[[nodiscard]] Answer dataAnswer(Json data);

} // namespace longcode::sandbox
