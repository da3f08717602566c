#pragma once

#include "contacts/columns.h"
#include "contacts/dry_run.h"

#include <optional>

class QIODevice;

namespace longcode::contacts {

/// What a dry run over a whole file found.
struct ImportReport {
    ColumnPlan plan;    ///< CSV only
    char separator = 0; ///< CSV only
    QString encoding;
    ImportTotals totals;
    QString whyEnded; ///< a sentence when the file was not read to its end, by a bound, a fault or the sink
    bool hasNumbers = true; ///< CSV: false when no column can hold numbers; nothing was judged then
};

/// Takes the verdicts one after the other; false ends the run. What a person should see is kept by the taker.
using VerdictSink = std::function<bool(const RowVerdict &)>;

/// Judges every row of a CSV file. `plan` as a person set it, or nothing for a guess.
[[nodiscard]] ImportReport dryRunCsv(QIODevice &file, const std::optional<ColumnPlan> &plan, DryRun &run,
                                     const VerdictSink &sink);

/// Judges every card of a vCard file.
[[nodiscard]] ImportReport dryRunVCards(QIODevice &file, DryRun &run, const VerdictSink &sink);

} // namespace longcode::contacts
