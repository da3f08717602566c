#include "contacts/import.h"

#include "contacts/csv_reader.h"
#include "contacts/say.h"
#include "contacts/vcard_reader.h"

namespace longcode::contacts {

namespace {

QString stoppedSentence() {
    return Say::tr("The import was stopped.");
}

} // namespace

ImportReport dryRunCsv(QIODevice &file, const std::optional<ColumnPlan> &plan, DryRun &run,
                       const VerdictSink &sink) {
    constexpr qsizetype rowsToGuessFrom = 20;
    ImportReport report;
    CsvReader reader(file);
    QList<CsvRow> first;
    QList<QStringList> cells;
    CsvRow row;
    while (first.size() < rowsToGuessFrom && reader.read(row)) {
        first.append(row);
        cells.append(row.cells);
    }
    report.plan = plan ? *plan : guessColumns(cells);
    report.hasNumbers = report.plan.has(Field::Number);
    const auto goesOn = [&report, &run, &sink](const CsvRow &next) {
        if (sink(run.judge(draftOf(next, report.plan))))
            return true;
        report.whyEnded = stoppedSentence();
        return false;
    };
    bool isGoing = report.hasNumbers;
    for (qsizetype i = report.plan.hasHeading ? 1 : 0; isGoing && i < first.size(); ++i)
        isGoing = goesOn(first[i]);
    while (isGoing && reader.read(row))
        isGoing = goesOn(row);
    if (report.whyEnded.isEmpty())
        report.whyEnded = reader.whyEnded();
    report.separator = reader.separator();
    report.encoding = reader.encoding();
    report.totals = run.totals();
    return report;
}

ImportReport dryRunVCards(QIODevice &file, DryRun &run, const VerdictSink &sink) {
    ImportReport report;
    VCardReader reader(file);
    ContactDraft draft;
    while (reader.read(draft)) {
        if (!sink(run.judge(draft))) {
            report.whyEnded = stoppedSentence();
            break;
        }
    }
    if (report.whyEnded.isEmpty())
        report.whyEnded = reader.whyEnded();
    report.encoding = reader.encoding();
    report.totals = run.totals();
    return report;
}

} // namespace longcode::contacts
