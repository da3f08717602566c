#include "contacts/csv_writer.h"

#include "contacts/import.h"

#include <QBuffer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::contacts;

class TestCsvWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void writesWhatSpreadsheetsRead();
    void noCellRuns();
    void readsBackWhatItWrote();
    void saysWhenTheDeviceIsFull();
};

namespace {

Contact anna() {
    Contact contact;
    contact.name = QStringLiteral("Anna Lindqvist");
    contact.givenName = QStringLiteral("Anna");
    contact.familyName = QStringLiteral("Lindqvist");
    contact.numbers = {{phone::fromWire(QStringLiteral("+12125550188")), {}},
                       {phone::fromWire(QStringLiteral("+46701234567")), {}}};
    contact.note = QStringLiteral("says \"hi\"; likes,\ntea");
    contact.language = QStringLiteral("sv");
    contact.zone = "Europe/Stockholm";
    contact.custom = {{QStringLiteral("Customer"), QStringLiteral("A-17")}};
    return contact;
}

QByteArray written(const QList<Contact> &contacts) {
    CsvShape shape;
    for (const Contact &contact : contacts)
        shape.include(contact);
    QBuffer file;
    file.open(QIODevice::WriteOnly);
    CsvWriter writer(file, shape.numberColumns, shape.customNames);
    writer.writeHeadings();
    for (const Contact &contact : contacts)
        writer.write(contact);
    return file.data();
}

QList<Contact> readAgain(QByteArray bytes) {
    QBuffer file(&bytes);
    file.open(QIODevice::ReadOnly);
    DryRun run(phone::Region{QStringLiteral("US")}, {});
    QList<Contact> contacts;
    static_cast<void>(dryRunCsv(file, {}, run, [&contacts](const RowVerdict &verdict) {
        contacts.append(verdict.contact);
        return true;
    }));
    return contacts;
}

} // namespace

void TestCsvWriter::writesWhatSpreadsheetsRead() {
    QVERIFY(written({anna()}).startsWith("\xEF\xBB\xBFName,"));
    QCOMPARE(
        QString::fromUtf8(written({anna()})),
        QStringLiteral(
            "Name,First name,Last name,Company,Phone,Phone 2,Notes,Language,Time zone,Field: Customer\r\n"
            "Anna Lindqvist,Anna,Lindqvist,,+12125550188,+46701234567,"
            "\"says \"\"hi\"\"; likes,\ntea\",sv,Europe/Stockholm,A-17\r\n"));
}

void TestCsvWriter::noCellRuns() {
    Contact hostile;
    hostile.name = QStringLiteral("=cmd|'/c calc'!A1");
    hostile.givenName = QStringLiteral("+1+1");
    hostile.familyName = QStringLiteral("-1");
    hostile.organisation = QStringLiteral("@SUM(A1)");
    hostile.numbers = {{phone::fromWire(QStringLiteral("+12125550188")), {}}};
    hostile.note = QStringLiteral("harmless;=1+1");
    hostile.custom = {{QStringLiteral("=size"), QStringLiteral("\t=1")}};
    const QList<QByteArray> lines = written({hostile}).split('\n');
    QVERIFY(lines[0].endsWith(",'=size\r"));
    QCOMPARE(lines[1],
             QByteArray(
                 "\"'=cmd|'/c calc'!A1\",'+1+1,'-1,'@SUM(A1),+12125550188,\"harmless;=1+1\",,,\"'\t=1\"\r"));
}

void TestCsvWriter::readsBackWhatItWrote() {
    Contact hostile = anna();
    hostile.name = QStringLiteral("=1+1");
    hostile.organisation = QStringLiteral("'quoted' GmbH");
    hostile.numbers = {{phone::fromWire(QStringLiteral("37468")), {}}};
    hostile.note = QStringLiteral("-1 | \"x\"\n@y");
    hostile.custom = {{QStringLiteral("Customer"), QStringLiteral("'=x")},
                      {QStringLiteral("Größe"), QStringLiteral("5\"")}};
    QList<Contact> expected{anna(), hostile};
    QList<Contact> found = readAgain(written(expected));
    QCOMPARE(found.size(), 2);
    for (Contact &contact : found)
        for (ContactNumber &number : contact.numbers)
            number.label.clear(); // the reader takes the heading for a label
    for (qsizetype i = 0; i < 2; ++i) {
        QCOMPARE(found[i].name, expected[i].name);
        QCOMPARE(found[i].organisation, expected[i].organisation);
        QCOMPARE(found[i].numbers, expected[i].numbers);
        QCOMPARE(found[i].note, expected[i].note);
        QCOMPARE(found[i].custom, expected[i].custom);
        QCOMPARE(found[i], expected[i]);
    }
}

void TestCsvWriter::saysWhenTheDeviceIsFull() {
    QFile full(QStringLiteral("/dev/full"));
    QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    CsvWriter writer(full, 1, {});
    QVERIFY(!writer.writeHeadings());
    QVERIFY(!writer.write(anna()));
    QVERIFY(!full.errorString().isEmpty());
}

QTEST_GUILESS_MAIN(TestCsvWriter)
#include "tst_csv_writer.moc"
