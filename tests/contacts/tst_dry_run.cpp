#include "contacts/dry_run.h"

#include "contacts/import.h"
#include "contacts/merge.h"
#include "contacts/number_cell.h"
#include "contacts/undo.h"

#include <QBuffer>
#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::contacts;

class TestDryRun : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void readsNumberCells_data();
    void readsNumberCells();
    void saysWhyANumberIsNone_data();
    void saysWhyANumberIsNone();
    void judgesRows();
    void mergesWithinTheFileAndWithWhatIsKept();
    void refusesWhatBelongsToTwo();
    void cleansWhatItTakes();
    void runsOverAFile();
    void stopsWhenTheTakerSaysSo();
    void needsAColumnOfNumbers();
    void mergesContacts();
    void takesAnImportBack();
};

namespace {

const phone::Region us{QStringLiteral("US")};

ContactDraft draft(qint64 line, const char *name, const char *number) {
    ContactDraft made;
    made.line = line;
    made.name = QString::fromUtf8(name);
    if (*number != '\0')
        made.numbers.append({QString::fromUtf8(number), {}});
    return made;
}

DryRun freshRun() {
    return DryRun(us, [](const phone::Address &) { return ContactId(); });
}

/// Anna (id "anna") has +1 212 555 0188, Bo (id "bo") has +1 212 555 0199.
ContactId ownerOf(const phone::Address &address) {
    if (address.wire() == QLatin1String("+12125550188"))
        return ContactId(QStringLiteral("anna"));
    return address.wire() == QLatin1String("+12125550199") ? ContactId(QStringLiteral("bo")) : ContactId();
}

QList<RowVerdict> verdictsOf(QByteArray csv, ImportReport *report = nullptr) {
    QBuffer file(&csv);
    file.open(QIODevice::ReadOnly);
    DryRun run = freshRun();
    QList<RowVerdict> verdicts;
    const ImportReport made = dryRunCsv(file, {}, run, [&verdicts](const RowVerdict &verdict) {
        verdicts.append(verdict);
        return true;
    });
    if (report)
        *report = made;
    return verdicts;
}

} // namespace

void TestDryRun::readsNumberCells_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("numbers");
    QTest::addColumn<bool>("isMended");
    const auto cell = [](const char *text, const char *numbers, bool isMended = false) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(numbers) << isMended;
    };
    cell("(212) 555-0188", "+12125550188");
    cell("212/555-0188", "+12125550188");
    cell("+12125550188; +12125550199", "+12125550188 +12125550199");
    cell("212-555-0188, 212-555-0199", "+12125550188 +12125550199");
    cell("212-555-0188 / 212-555-0199", "+12125550188 +12125550199");
    cell("212-555-0188\n212-555-0199", "+12125550188 +12125550199");
    cell("212-555-0188 ::: 212-555-0188", "+12125550188");
    cell("12125550188.0", "+12125550188", true);
    cell("2125550188,00", "+12125550188", true);
    cell("1.2125550188E+10", "+12125550188", true);
    cell("1,2125550188E+10", "+12125550188", true);
    cell("2125550188,2125550199", "+12125550188 +12125550199");
    cell("tel:2125550188;phone-context=+1", "+12125550188");
    cell("37468", "37468");
    cell("", "");
    cell("  ", "");
}

void TestDryRun::readsNumberCells() {
    QFETCH(QString, text);
    QFETCH(QString, numbers);
    QFETCH(bool, isMended);
    const NumberCell cell = readNumberCell(text, us);
    QStringList wires;
    for (const phone::Address &address : cell.numbers)
        wires.append(address.wire());
    QCOMPARE(wires.join(u' '), numbers);
    QVERIFY2(cell.problems.isEmpty(), qPrintable(cell.problems.join(u'\n')));
    QCOMPARE(!cell.mended.isEmpty(), isMended);
}

void TestDryRun::saysWhyANumberIsNone_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("rounded") << QStringLiteral("1.21256E+10") << QStringLiteral("rounded");
    QTest::newRow("rounded, comma") << QStringLiteral("4,91711E+12") << QStringLiteral("rounded");
    QTest::newRow("a word") << QStringLiteral("unknown") << QStringLiteral("not a phone number");
    QTest::newRow("short") << QStringLiteral("555-0188") << QStringLiteral("too short");
    QTest::newRow("two, one bad") << QStringLiteral("212-555-0188; 12") << QStringLiteral("“12”");
    QTest::newRow("endless") << QString(1'000'000, QLatin1Char('9')) << QStringLiteral("too long");
    QTest::newRow("markup") << QStringLiteral("<img src=x>") << QStringLiteral("<img src=x>");
}

void TestDryRun::saysWhyANumberIsNone() {
    QFETCH(QString, text);
    QFETCH(QString, part);
    const NumberCell cell = readNumberCell(text, us);
    QVERIFY(!cell.problems.isEmpty());
    QVERIFY2(cell.problems.join(u' ').contains(part), qPrintable(cell.problems.join(u'\n')));
    QVERIFY(cell.problems.join(u' ').size() < 300);
}

void TestDryRun::judgesRows() {
    DryRun run = freshRun();
    const RowVerdict parsed = run.judge(draft(2, "Anna", "212-555-0188"));
    QCOMPARE(parsed.outcome, Outcome::Parsed);
    QCOMPARE(parsed.contact.numbers[0].address.wire(), QStringLiteral("+12125550188"));
    QVERIFY(parsed.mended.isEmpty());
    const RowVerdict mended = run.judge(draft(3, "Bo\u202E", "212-555-0199"));
    QCOMPARE(mended.outcome, Outcome::Mended);
    QCOMPARE(mended.contact.name, QStringLiteral("Bo"));
    QCOMPARE(mended.mended, QStringList{QStringLiteral("The name: hidden characters were taken out.")});
    const RowVerdict none = run.judge(draft(4, "Cy", ""));
    QCOMPARE(none.outcome, Outcome::Refused);
    QCOMPARE(none.refusal, QStringLiteral("There is no phone number in this row."));
    const RowVerdict bad = run.judge(draft(5, "Di", "12"));
    QCOMPARE(bad.outcome, Outcome::Refused);
    ContactDraft half = draft(6, "Ed", "212-555-0177");
    half.numbers.append({QStringLiteral("none"), {}});
    const RowVerdict kept = run.judge(half);
    QCOMPARE(kept.outcome, Outcome::Mended);
    QCOMPARE(kept.contact.numbers.size(), 1);
    QVERIFY(kept.mended[0].startsWith(QStringLiteral("A number was left out. “none”")));
    QCOMPARE(run.totals().parsed, 1);
    QCOMPARE(run.totals().mended, 2);
    QCOMPARE(run.totals().refused, 2);
    QCOMPARE(run.totals().rows(), 5);
}

void TestDryRun::mergesWithinTheFileAndWithWhatIsKept() {
    DryRun run(us, &ownerOf);
    ContactDraft anna = draft(2, "Anna L.", "+1 212 555 0188");
    anna.numbers.append({QStringLiteral("212-555-0166"), {}});
    const RowVerdict kept = run.judge(anna);
    QCOMPARE(kept.outcome, Outcome::Merged);
    QCOMPARE(kept.into.text(), QStringLiteral("anna"));
    QCOMPARE(kept.matchedNumbers, QStringList{QStringLiteral("+1 212-555-0188")});
    const RowVerdict brought = run.judge(draft(3, "A. L.", "(212) 555-0166"));
    QCOMPARE(brought.into.text(), QStringLiteral("anna"));
    ContactDraft cy = draft(4, "Cy", "212-555-0142");
    QCOMPARE(run.judge(cy).outcome, Outcome::Parsed);
    cy.line = 5;
    cy.numbers.append({QStringLiteral("212-555-0143"), {}});
    const RowVerdict again = run.judge(cy);
    QCOMPARE(again.outcome, Outcome::Merged);
    QCOMPARE(again.intoLine, 4);
    QVERIFY(again.into.isEmpty());
    // Through the number that row 5 brought to row 4.
    QCOMPARE(run.judge(draft(6, "Cy", "212-555-0143")).intoLine, 4);
    QCOMPARE(run.totals().merged, 4);
}

void TestDryRun::refusesWhatBelongsToTwo() {
    DryRun run(us, &ownerOf);
    ContactDraft both = draft(2, "Anna and Bo", "212-555-0188");
    both.numbers.append({QStringLiteral("212-555-0199"), {}});
    const RowVerdict kept = run.judge(both);
    QCOMPARE(kept.outcome, Outcome::Refused);
    QVERIFY(kept.refusal.contains(QStringLiteral("+1 212-555-0188, +1 212-555-0199")));
    QCOMPARE(run.judge(draft(3, "Cy", "212-555-0142")).outcome, Outcome::Parsed);
    ContactDraft mixed = draft(4, "Anna and Cy", "212-555-0188");
    mixed.numbers.append({QStringLiteral("212-555-0142"), {}});
    QCOMPARE(run.judge(mixed).outcome, Outcome::Refused);
}

void TestDryRun::cleansWhatItTakes() {
    DryRun run = freshRun();
    ContactDraft foreign = draft(2, "", "212-555-0188");
    foreign.givenName = QStringLiteral("\u200BZoë ");
    foreign.familyName = QStringLiteral("<b>Müller</b>");
    foreign.language = QStringLiteral("pt_BR");
    foreign.zone = QStringLiteral("America/Sao_Paulo");
    foreign.notes = {QStringLiteral("one\r\ntwo"), QStringLiteral("three")};
    foreign.custom = {{QStringLiteral("No"), QStringLiteral("=7")}, {QString(), QStringLiteral("x")}};
    const Contact contact = run.judge(foreign).contact;
    QCOMPARE(contact.name, QStringLiteral("Zoë <b>Müller</b>"));
    QCOMPARE(contact.language, QStringLiteral("pt-BR"));
    QCOMPARE(contact.zone, QByteArray("America/Sao_Paulo"));
    QCOMPARE(contact.note, QStringLiteral("one\ntwo\nthree"));
    QCOMPARE(contact.custom, (QList<CustomField>{{QStringLiteral("No"), QStringLiteral("=7")}}));
    ContactDraft wrong = draft(3, "\u200B\u200B", "212-555-0199");
    wrong.language = QStringLiteral("English (United States)");
    wrong.zone = QStringLiteral("../../etc/passwd");
    wrong.organisation = QStringLiteral("Acme");
    const RowVerdict verdict = run.judge(wrong);
    QCOMPARE(verdict.contact.name, QStringLiteral("Acme"));
    QVERIFY(verdict.contact.language.isEmpty());
    QVERIFY(verdict.contact.zone.isEmpty());
    QCOMPARE(verdict.mended.size(), 3);
}

void TestDryRun::runsOverAFile() {
    ImportReport report;
    const auto verdicts = verdictsOf("Vorname;Nachname;Handy;Kundennr.\r\n"
                                     "Zo\xEB;M\xFCller;+49 171 1234567;17\r\n"
                                     "Bo;B\xF6r;keine;18\r\n"
                                     "Zo\xEB;;0049 171 1234567;\r\n",
                                     &report);
    QCOMPARE(verdicts.size(), 3);
    QCOMPARE(verdicts[0].outcome, Outcome::Parsed);
    QCOMPARE(verdicts[0].line, 2);
    QCOMPARE(verdicts[0].contact.name, QStringLiteral("Zoë Müller"));
    QCOMPARE(verdicts[0].contact.custom[0].name, QStringLiteral("Kundennr."));
    QCOMPARE(verdicts[1].outcome, Outcome::Refused);
    QCOMPARE(verdicts[2].intoLine, 2);
    QCOMPARE(report.separator, ';');
    QCOMPARE(report.encoding, QStringLiteral("Windows-1252"));
    QCOMPARE(report.totals.rows(), 3);
    QCOMPARE(report.whyEnded, QString());
}

void TestDryRun::stopsWhenTheTakerSaysSo() {
    QByteArray csv("Name,Phone\nA,2125550188\nB,2125550199\nC,2125550177\n");
    QBuffer file(&csv);
    file.open(QIODevice::ReadOnly);
    DryRun run = freshRun();
    int seen = 0;
    const auto report = dryRunCsv(file, {}, run, [&seen](const RowVerdict &) { return ++seen < 2; });
    QCOMPARE(seen, 2);
    QCOMPARE(report.whyEnded, QStringLiteral("The import was stopped."));
}

void TestDryRun::needsAColumnOfNumbers() {
    ImportReport report;
    QVERIFY(verdictsOf("Name,Mail\nA,a@example.com\n", &report).isEmpty());
    QVERIFY(!report.hasNumbers);
}

void TestDryRun::mergesContacts() {
    Contact first;
    first.id = ContactId(QStringLiteral("1"));
    first.name = QStringLiteral("Anna");
    first.numbers = {{phone::fromWire(QStringLiteral("+12125550188")), {}}};
    first.note = QStringLiteral("likes tea");
    first.custom = {{QStringLiteral("No"), QStringLiteral("7")}};
    Contact second;
    second.id = ContactId(QStringLiteral("2"));
    second.name = QStringLiteral("Anna Lindqvist");
    second.numbers = {{phone::fromWire(QStringLiteral("+12125550188")), QStringLiteral("work")},
                      {phone::fromWire(QStringLiteral("+12125550199")), {}}};
    second.note = QStringLiteral("likes coffee");
    second.language = QStringLiteral("sv");
    second.zone = "Europe/Stockholm";
    second.custom = {{QStringLiteral("no"), QStringLiteral("8")},
                     {QStringLiteral("City"), QStringLiteral("Umeå")}};
    const Merge merge = merged(first, second);
    QVERIFY(merge.hasChanged);
    QCOMPARE(merge.contact.id, first.id);
    QCOMPARE(merge.contact.name, QStringLiteral("Anna"));
    QCOMPARE(merge.contact.numbers.size(), 2);
    QCOMPARE(merge.contact.numbers[0].label, QStringLiteral("work"));
    QCOMPARE(merge.contact.note, QStringLiteral("likes tea\nlikes coffee"));
    QCOMPARE(merge.contact.language, QStringLiteral("sv"));
    QCOMPARE(merge.contact.zone, QByteArray("Europe/Stockholm"));
    QCOMPARE(merge.contact.custom.size(), 2);
    QCOMPARE(merge.notTaken,
             (QStringList{QStringLiteral("The name “Anna Lindqvist” was not taken: “Anna” is there."),
                          QStringLiteral("no “8” was not taken: “7” is there.")}));
    QVERIFY(!merged(merge.contact, first).hasChanged);
}

void TestDryRun::takesAnImportBack() {
    const auto contact = [](const char *id, const char *name) {
        Contact made;
        made.id = ContactId(QString::fromLatin1(id));
        made.name = QString::fromLatin1(name);
        return made;
    };
    ImportUndo undo;
    undo.added = {contact("1", "new"), contact("2", "new, changed since"), contact("3", "new, gone since")};
    undo.changed = {{contact("4", "before"), contact("4", "after")},
                    {contact("5", "before"), contact("5", "after")}};
    QHash<ContactId, Contact> now;
    for (const Contact &one :
         {undo.added[0], contact("2", "other"), undo.changed[0].after, contact("5", "by hand")})
        now.insert(one.id, one);
    const UndoPlan plan = planUndo(undo, [&now](const ContactId &id) {
        return now.contains(id) ? std::optional(now.value(id)) : std::nullopt;
    });
    QCOMPARE(plan.remove, QList<ContactId>{undo.added[0].id});
    QCOMPARE(plan.restore, QList<Contact>{undo.changed[0].before});
    QCOMPARE(plan.kept.size(), 2);
    QCOMPARE(plan.kept[0].why, QStringLiteral("other was changed after the import and stays as it is."));
}

QTEST_GUILESS_MAIN(TestDryRun)
#include "tst_dry_run.moc"
