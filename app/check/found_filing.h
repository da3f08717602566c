#pragma once

#include <QString>

#include <nlohmann/json.hpp>

namespace longcode::check {

struct FoundFiling {
    nlohmann::json object;
    int line = 1;
    QString place; ///< "filings.jsonl:3", its name when it has no other
};

} // namespace longcode::check
