#include "contacts/csv_writer.h"
#include "contacts/import.h"
#include "contacts/vcard_writer.h"
#include "fuzz/targets.h"

#include <QBuffer>

#include <algorithm>

namespace longcode::fuzz {

namespace {

using namespace longcode::contacts;

void holdContact(bool promise, const char *what) {
    if (!promise)
        qFatal("broken promise: %s", what);
}

void holdVerdict(const RowVerdict &verdict) {
    const Contact &contact = verdict.contact;
    holdContact(verdict.line > 0, "a row has a line");
    holdContact((verdict.outcome == Outcome::Refused) == !verdict.refusal.isEmpty(),
                "a refusal has a reason");
    holdContact(verdict.outcome == Outcome::Refused || !contact.numbers.isEmpty(), "a contact has a number");
    holdContact(contact.name.size() <= bounds::name && contact.note.size() <= bounds::note &&
                    contact.numbers.size() <= bounds::numbers &&
                    contact.custom.size() <= bounds::customFields,
                "a contact is bounded");
    holdContact(std::none_of(contact.name.begin(), contact.name.end(),
                             [](QChar c) { return c == u'\n' || (c >= u'\u202A' && c <= u'\u202E'); }),
                "a name is one line without overrides");
}

using Judge = ImportReport (*)(QIODevice &, DryRun &, const VerdictSink &);

ImportReport judgeCsv(QIODevice &file, DryRun &run, const VerdictSink &sink) {
    return dryRunCsv(file, {}, run, sink);
}

QList<Contact> takenFrom(const QByteArray &input, Judge judge) {
    QBuffer file;
    file.setData(input);
    file.open(QIODevice::ReadOnly);
    DryRun run(phone::Region{QStringLiteral("US")}, {});
    QList<Contact> taken;
    const ImportReport report = judge(file, run, [&taken](const RowVerdict &verdict) {
        holdVerdict(verdict);
        if (verdict.outcome != Outcome::Refused)
            taken.append(verdict.contact);
        return true;
    });
    holdContact(report.whyEnded.isEmpty(), "a small file is read to its end");
    return taken;
}

} // namespace

void csv(const QByteArray &input) {
    const QList<Contact> taken = takenFrom(input, &judgeCsv);
    QBuffer file;
    file.open(QIODevice::WriteOnly);
    CsvShape shape;
    for (const Contact &contact : taken)
        shape.include(contact);
    CsvWriter writer(file, shape.numberColumns, shape.customNames);
    bool isWritten = writer.writeHeadings();
    for (const Contact &contact : taken)
        isWritten = writer.write(contact) && isWritten;
    holdContact(isWritten, "memory takes everything");
    const QList<Contact> again = takenFrom(file.data(), &judgeCsv);
    holdContact(again.size() == taken.size(), "what is written can be read");
    for (qsizetype i = 0; i < taken.size(); ++i)
        holdContact(again[i].numbers.constFirst().address == taken[i].numbers.constFirst().address,
                    "numbers come back as they were");
}

void vcard(const QByteArray &input) {
    const QList<Contact> taken = takenFrom(input, &dryRunVCards);
    QBuffer file;
    file.open(QIODevice::WriteOnly);
    for (const Contact &contact : taken)
        holdContact(writeVCard(file, contact), "memory takes everything");
    const QList<Contact> again = takenFrom(file.data(), &dryRunVCards);
    holdContact(again.size() == taken.size(), "what is written can be read");
    for (qsizetype i = 0; i < taken.size(); ++i)
        holdContact(again[i].name == taken[i].name || taken[i].name.isEmpty(),
                    "names come back as they were");
}

} // namespace longcode::fuzz
