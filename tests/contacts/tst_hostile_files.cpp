#include "contacts/import.h"

#include <QBuffer>
#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::contacts;

class TestHostileFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void tenThousandBrokenNumbersHaveAReasonEach();
    void aLargeFileIsReadInPieces();
    void damagedFilesGiveBoundedContacts_data();
    void damagedFilesGiveBoundedContacts();
};

namespace {

/// Makes a file while it is read, and notes the largest piece that was asked for.
class MadeFile : public QIODevice {
public:
    explicit MadeFile(qint64 rows) : m_rows(rows) { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    bool isSequential() const override { return true; }
    qint64 largest = 0;
    qint64 total = 0;

protected:
    qint64 readData(char *data, qint64 most) override {
        largest = std::max(largest, most);
        while (m_held.size() < most && m_row < m_rows)
            makeRow();
        const qint64 count = std::min<qint64>(most, m_held.size());
        memcpy(data, m_held.constData(), static_cast<size_t>(count));
        m_held.remove(0, count);
        total += count;
        return count > 0 ? count : -1;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    void makeRow() {
        if (m_row == 0)
            m_held += "Name,Phone,Notes\n";
        // The same thousand numbers again and again.
        m_held += "Person " + QByteArray::number(m_row) + ",+1212555" +
                  QByteArray::number(1000 + m_row % 1000) + ",\"" + QByteArray(4'000, 'n') + "\"\n";
        ++m_row;
    }
    qint64 m_rows;
    qint64 m_row = 0;
    QByteArray m_held;
};

void holds(const Contact &contact) {
    static const QRegularExpression hidden(
        QStringLiteral("[\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{200B}\\x{FEFF}\\x{0}]"));
    QVERIFY(contact.name.size() <= bounds::name && contact.note.size() <= bounds::note);
    QVERIFY(contact.numbers.size() <= bounds::numbers && contact.custom.size() <= bounds::customFields);
    QVERIFY(!contact.name.contains(hidden) && !contact.note.contains(hidden) &&
            !contact.name.contains(u'\n'));
    for (const CustomField &field : contact.custom)
        QVERIFY(!field.name.isEmpty() && !field.value.contains(hidden) &&
                field.value.size() <= bounds::value);
}

} // namespace

void TestHostileFiles::tenThousandBrokenNumbersHaveAReasonEach() {
    const QList<QByteArray> broken{
        "",           "12",          "none",          "+999 123",  "1.2E+10",      "<b>1</b>",
        "anna@x.org", "++1",         "=HYPERLINK(1)", "212555018", "\xE2\x80\xAE", "1e309",
        "0",          "+1 (212) 55", "------------",  "½¾",        "+1;+2;+3",     "'"};
    QByteArray csv("Name,Phone\n");
    for (int i = 0; i < 10'000; ++i)
        csv += "Person " + QByteArray::number(i) + ",\"" + broken[i % broken.size()] + "\"\n";
    QBuffer file(&csv);
    file.open(QIODevice::ReadOnly);
    DryRun run(phone::Region{QStringLiteral("US")}, {});
    qint64 seen = 0;
    const auto report = dryRunCsv(file, {}, run, [&seen](const RowVerdict &verdict) {
        ++seen;
        const QString &why = verdict.refusal;
        const bool isSentence = why.endsWith(u'.') || why.endsWith(u'?');
        const bool isFine = verdict.outcome == Outcome::Refused && verdict.line == seen + 1 && isSentence &&
                            why.size() > 20 && why.size() < 250;
        if (!isFine)
            qWarning("line %lld: %s", verdict.line, qPrintable(why));
        return isFine;
    });
    QCOMPARE(report.whyEnded, QString());
    QCOMPARE(seen, 10'000);
    QCOMPARE(report.totals.refused, 10'000);
}

/// 28 MB in pieces of 64 KB.
void TestHostileFiles::aLargeFileIsReadInPieces() {
    MadeFile file(7'000);
    DryRun run(phone::Region{QStringLiteral("US")}, {});
    qint64 seen = 0;
    const auto report = dryRunCsv(file, {}, run, [&seen](const RowVerdict &) { return ++seen > 0; });
    QCOMPARE(seen, 7'000);
    QVERIFY(file.total > 28'000'000);
    QVERIFY2(file.largest <= 128 * 1024, qPrintable(QString::number(file.largest)));
    QCOMPARE(report.totals.parsed, 1000);
    QCOMPARE(report.totals.merged, 6'000);
}

void TestHostileFiles::damagedFilesGiveBoundedContacts_data() {
    QTest::addColumn<QByteArray>("seed");
    QTest::addColumn<bool>("isCsv");
    QTest::newRow("CSV")
        << QByteArray(
               "Name;Phone;Notes;Time zone;Own\r\n\"Zo\xC3\xAB; \"\"Z\"\"\";+1 212 555 0188;\"a\r\nb\";"
               "America/New_York;=1\r\n\xE2\x80\xAE Bo;2125550199;;;\r\n")
        << true;
    QTest::newRow("vCard")
        << QByteArray("BEGIN:VCARD\r\nVERSION:3.0\r\nN;ENCODING=QUOTED-PRINTABLE:Zo=C3=\r\n=AB;M\r\n"
                      "item1.TEL;TYPE=\"cell,voice\":+12125550188\r\nitem1.X-ABLabel:_$!<Boat>!$_\r\n"
                      "NOTE:a\\nb\r\n c\r\nX-LONGCODE-FIELD;NAME=\"^'x\":y\r\nEND:VCARD\r\n")
        << false;
}

/// 2,000 files with a few bytes changed, the same ones in every run.
void TestHostileFiles::damagedFilesGiveBoundedContacts() {
    QFETCH(QByteArray, seed);
    QFETCH(bool, isCsv);
    const QList<QByteArray> pieces{"\"",
                                   "\n",
                                   "\r",
                                   ";",
                                   ",",
                                   "=",
                                   "BEGIN:VCARD\n",
                                   "END:VCARD\n",
                                   QByteArray(1, '\0'),
                                   "\xFF",
                                   ":",
                                   " ",
                                   "\\n",
                                   "\xE2\x80\xAE",
                                   "\xED\xA0\x80",
                                   "TEL:212555",
                                   "\t"};
    quint32 state = 20260305;
    const auto random = [&state](qsizetype below) {
        state = state * 1664525u + 1013904223u;
        return static_cast<qsizetype>(state >> 8) % below;
    };
    int taken = 0;
    for (int i = 0; i < 2'000; ++i) {
        QByteArray bytes = seed;
        for (qsizetype change = random(6); change >= 0; --change) {
            const qsizetype at = random(bytes.size());
            if (random(2) == 0)
                bytes.insert(at, pieces[random(pieces.size())]);
            else
                bytes.remove(at, 1 + random(8));
        }
        QBuffer file(&bytes);
        file.open(QIODevice::ReadOnly);
        DryRun run(phone::Region{QStringLiteral("US")}, {});
        const VerdictSink sink = [&taken](const RowVerdict &verdict) {
            holds(verdict.contact);
            taken += verdict.outcome != Outcome::Refused;
            return (verdict.outcome == Outcome::Refused) == !verdict.refusal.isEmpty() && verdict.line > 0;
        };
        const auto report = isCsv ? dryRunCsv(file, {}, run, sink) : dryRunVCards(file, run, sink);
        QCOMPARE(report.whyEnded, QString());
    }
    QVERIFY2(taken > 500 && taken < 4000, qPrintable(QString::number(taken)));
}

QTEST_GUILESS_MAIN(TestHostileFiles)
#include "tst_hostile_files.moc"
