#pragma once

#include "base/result.h"
#include "rules/preflight.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace longcode::check {

/// "brand", "campaign" or "tollfree".
[[nodiscard]] std::optional<rules::FilingKind> filingKindOf(const QString &word);

/// What `longcode-check campaign|brand|tollfree` says about one document: a JSON object, a list of them, or
/// one a line. `source` names it in sentences ("filings.jsonl").
struct FilingAnswers {
    QByteArray lines;     ///< one JSON object per filing, each with its line feed
    QStringList problems; ///< sentences about what could not be read, with line numbers
    bool hasErrors = false;
};
[[nodiscard]] FilingAnswers checkDocument(const QByteArray &document, const QString &source,
                                          rules::FilingKind kind);

/// Checks files ("-": standard input; none: standard input too) and prints the answers. Returns the exit
/// code: 0 when reviewers will object to nothing, 1 when a filing has an error, 2 when something was
/// unreadable.
[[nodiscard]] int checkFilings(rules::FilingKind kind, const QStringList &files);

} // namespace longcode::check
