#pragma once

#include "rules/preflight.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <nlohmann/json_fwd.hpp>

/// The cases of tests/rules/data: filings as JSON, so that a new rule needs a line and no code.
namespace longcode::tests {

/// A line of cases.jsonl: a change to the good filing of base.json, and what the rule says of it.
struct FilingCase {
    QString rule;
    QString kind;     ///< "brand", "campaign", "tollfree"
    QString severity; ///< expected one; empty: any
    bool trips = false;
    int line = 0;
    QList<rules::Finding> findings;
};

/// Everything in cases.jsonl, checked. `problem` names the line that could not be read.
[[nodiscard]] QList<FilingCase> filingCases(QString &problem);

/// Checks the object of `kind` inside `filing`, with its brand where there is one.
[[nodiscard]] QList<rules::Finding> checked(const nlohmann::json &filing, const QString &kind,
                                            QString &problem);

/// A file of tests/rules/data.
[[nodiscard]] QByteArray dataFile(const char *name);
/// Its lines as JSON; a line that is none is named in `problem`.
[[nodiscard]] std::vector<nlohmann::json> dataLines(const char *name, QString &problem);
[[nodiscard]] nlohmann::json baseFilings();

} // namespace longcode::tests
