#include "contacts/csv_reader.h"

#include <QBuffer>
#include <QRegularExpression>
#include <QStringEncoder>
#include <QTest>

using namespace longcode::contacts;

using Rows = QList<QStringList>;
Q_DECLARE_METATYPE(Rows)

class TestCsvReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void reads_data();
    void reads();
    void readsTheSameInPiecesOfAnySize_data() { reads_data(); }
    void readsTheSameInPiecesOfAnySize();
    void knowsEncodings_data();
    void knowsEncodings();
    void countsLines();
    void aQuoteThatNeverClosesCostsItsRowOnly();
    void boundsAreKept();
    void aRowWithoutEndIsLeftBehind();
    void saysWhyItEnded();
    void halfARowOfABrokenFileIsNotTaken();
};

namespace {

/// Hands out a few bytes at a time, and fails behind a certain number of them.
class Dribble : public QIODevice {
public:
    Dribble(QByteArray bytes, qint64 atATime, qint64 failAfter = -1)
        : m_bytes(std::move(bytes)), m_atATime(atATime), m_failAfter(failAfter) {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 most) override {
        if (m_failAfter >= 0 && m_at >= m_failAfter) {
            setErrorString(QStringLiteral("Input/output error"));
            return -1;
        }
        const qint64 count = std::min({most, m_atATime, qint64(m_bytes.size()) - m_at});
        memcpy(data, m_bytes.constData() + m_at, static_cast<size_t>(count));
        m_at += count;
        return count > 0 ? count : -1;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_atATime;
    qint64 m_failAfter;
    qint64 m_at = 0;
};

Rows rowsOf(QIODevice &device, const CsvLimits &limits = {}) {
    CsvReader reader(device, limits);
    Rows rows;
    CsvRow row;
    while (reader.read(row))
        rows.append(row.cells);
    return rows;
}

Rows rowsOf(QByteArray bytes, const CsvLimits &limits = {}) {
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return rowsOf(buffer, limits);
}

QStringList cells(const char *barred) {
    return QString::fromUtf8(barred).split(u'|');
}

void file(const char *name, const QByteArray &bytes, const Rows &rows) {
    QTest::newRow(name) << bytes << rows;
}

} // namespace

void TestCsvReader::reads_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Rows>("rows");
    const Rows two{cells("a|b"), cells("c|d")};
    file("LF", "a,b\nc,d\n", two);
    file("CRLF", "a,b\r\nc,d\r\n", two);
    file("CR", "a,b\rc,d\r", two);
    file("no line end at the end", "a,b\nc,d", two);
    file("semicolons", "a;b\nc;d\n", two);
    file("tabs", "a\tb\nc\td\n", two);
    file("bars", "a|b\nc|d\n", two);
    file("sep= line", "sep=;\r\na;b\r\nc;d\r\n", two);
    file("blank lines between", "a,b\n\n,,\n\r\nc,d\n\n", two);
    file("semicolons with decimal commas", "a;1,5\nb;2,5\nc;3,5\n",
         {cells("a|1,5"), cells("b|2,5"), cells("c|3,5")});
    file("commas in quoted cells of semicolons", "\"a, b, c\";1\n\"d, e\";2\n",
         {cells("a, b, c|1"), cells("d, e|2")});
    file("quoted", "\"a\",\"b\"\n\"c\",\"d\"\n", two);
    file("doubled quotes", "\"say \"\"hi\"\"\",b\n", {cells("say \"hi\"|b")});
    file("quoted line breaks", "\"a\r\nb\nc\",d\ne,f\n", {cells("a\r\nb\nc|d"), cells("e|f")});
    file("quoted separator", "\"a,b\",c\nd,e\n", {cells("a,b|c"), cells("d|e")});
    file("empty cells", "a,,\"\",d\n", {cells("a|||d")});
    file("one column", "a\nb\n", {cells("a"), cells("b")});
    file("ragged", "a,b,c\nd\ne,f\n", {cells("a|b|c"), cells("d"), cells("e|f")});
    file("a quote within", "5\" pipe,b\nc,d\n", {cells("5\" pipe|b"), cells("c|d")});
    file("text behind the closing quote", "\"Bob\" Smith,b\nc,d\n", {cells("\"Bob\" Smith|b"), cells("c|d")});
    file("a quote without partner", "\"Bob,1\nAl,2\n", {cells("\"Bob|1"), cells("Al|2")});
    file("quotes that cross rows", "\"Bob,1\n\"Al\",2\nEve,3\n",
         {cells("\"Bob|1"), cells("Al|2"), cells("Eve|3")});
    file("quotes only", "\"\"\"\"\n", {cells("\"")});
    file("empty", "", {});
    file("only blank lines", "\r\n\n\r\r\n", {});
    file("byte order mark",
         "\xEF\xBB\xBF"
         "a,b\nc,d\n",
         two);
    file("byte order mark and nothing", "\xEF\xBB\xBF", {});
    file("UTF-8", "Zoë,ß\n", {cells("Zoë|ß")});
}

void TestCsvReader::reads() {
    QFETCH(QByteArray, bytes);
    QFETCH(Rows, rows);
    QCOMPARE(rowsOf(bytes), rows);
}

void TestCsvReader::readsTheSameInPiecesOfAnySize() {
    QFETCH(QByteArray, bytes);
    QFETCH(Rows, rows);
    if (bytes.startsWith("\xEF\xBB\xBF") || bytes.startsWith("sep=") || rows.isEmpty())
        return; // what the first bytes say is looked for in the first piece
    // A long first line settles the separator, which is found out from the first piece, too.
    const char separator = bytes.contains(';')    ? ';'
                           : bytes.contains('\t') ? '\t'
                           : bytes.contains('|')  ? '|'
                                                  : ',';
    bytes.prepend(QByteArray("x") + separator + "y" + separator + QByteArray(20, 'z') + "\n");
    const Rows whole = rowsOf(bytes);
    for (const qint64 size : {30, 41, 64}) {
        Dribble dribble(bytes, size);
        QCOMPARE(rowsOf(dribble), whole);
    }
}

void TestCsvReader::knowsEncodings_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("encoding");
    const QString text = QStringLiteral("Name;Preis\r\nZoë Müller;5 €\r\n");
    QStringEncoder little(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    QStringEncoder big(QStringConverter::Utf16BE, QStringConverter::Flag::WriteBom);
    QStringEncoder bare(QStringConverter::Utf16LE);
    QTest::newRow("UTF-8") << text.toUtf8() << QStringLiteral("UTF-8");
    QTest::newRow("UTF-8 with mark") << QByteArray("\xEF\xBB\xBF" + text.toUtf8()) << QStringLiteral("UTF-8");
    QTest::newRow("UTF-16LE") << QByteArray(little.encode(text)) << QStringLiteral("UTF-16");
    QTest::newRow("UTF-16BE") << QByteArray(big.encode(text)) << QStringLiteral("UTF-16");
    QTest::newRow("UTF-16LE without mark") << QByteArray(bare.encode(text)) << QStringLiteral("UTF-16");
    QTest::newRow("Windows-1252") << QByteArray("Name;Preis\r\nZo\xEB M\xFCller;5 \x80\r\n")
                                  << QStringLiteral("Windows-1252");
}

void TestCsvReader::knowsEncodings() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, encoding);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer);
    CsvRow row;
    QVERIFY(reader.read(row));
    QCOMPARE(row.cells, cells("Name|Preis"));
    QVERIFY(reader.read(row));
    QCOMPARE(row.cells, cells("Zoë Müller|5 €"));
    QVERIFY(!reader.read(row));
    QCOMPARE(reader.encoding(), encoding);
    QCOMPARE(reader.separator(), ';');
}

void TestCsvReader::countsLines() {
    QByteArray bytes("sep=,\na,b\n\n\"c\nd\ne\",f\r\ng,h\n");
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer);
    CsvRow row;
    QList<qint64> lines;
    while (reader.read(row))
        lines.append(row.line);
    QCOMPARE(lines, (QList<qint64>{2, 4, 7}));
}

/// 10,000 opening quotes, each the beginning of a cell that never ends: every row is still there.
void TestCsvReader::aQuoteThatNeverClosesCostsItsRowOnly() {
    QByteArray bytes;
    for (int i = 0; i < 10'000; ++i)
        bytes += "\"name " + QByteArray::number(i) + ",+1212555" + QByteArray::number(1000 + i % 9000) + "\n";
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer);
    CsvRow row;
    int rows = 0;
    while (reader.read(row)) {
        QCOMPARE(row.cells.value(0), QStringLiteral("\"name %1").arg(rows));
        QCOMPARE(row.cells.size(), 2);
        ++rows;
    }
    QCOMPARE(rows, 10'000);
}

void TestCsvReader::boundsAreKept() {
    CsvLimits limits;
    limits.columns = 3;
    limits.cellCharacters = 5;
    QByteArray bytes("a,b,c,d,e\n1234567,x\nq,,,,\n");
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer, limits);
    CsvRow row;
    QVERIFY(reader.read(row));
    QCOMPARE(row.cells, cells("a|b|c"));
    QVERIFY(row.wasCut);
    QVERIFY(reader.read(row));
    QCOMPARE(row.cells, cells("12345|x"));
    QVERIFY(row.wasCut);
    QVERIFY(reader.read(row));
    QVERIFY(!row.wasCut); // only empty cells were too many
}

void TestCsvReader::aRowWithoutEndIsLeftBehind() {
    CsvLimits limits;
    limits.recordBytes = 200'000;
    QByteArray bytes("a,b\n" + QByteArray(1'000'000, 'x') + ",y\nc,d\n");
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer, limits);
    CsvRow row;
    QVERIFY(reader.read(row) && !row.isTooLong);
    QVERIFY(reader.read(row) && row.isTooLong);
    QVERIFY(reader.read(row) && !row.isTooLong);
    QCOMPARE(row.cells, cells("c|d"));
    QVERIFY(!reader.read(row));
}

void TestCsvReader::saysWhyItEnded() {
    CsvRow row;
    QByteArray bytes("a,b\nc,d\ne,f\n");
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader all(buffer);
    while (all.read(row)) {
    }
    QCOMPARE(all.whyEnded(), QString());
    buffer.seek(0);
    CsvLimits limits;
    limits.rows = 2;
    CsvReader some(buffer, limits);
    int rows = 0;
    while (some.read(row))
        ++rows;
    QCOMPARE(rows, 2);
    QVERIFY(some.whyEnded().contains(QStringLiteral("more than 2 rows")));
    Dribble failing(bytes, 4, 8);
    CsvReader broken(failing);
    rows = 0;
    while (broken.read(row))
        ++rows;
    QCOMPARE(rows, 2);
    QVERIFY2(broken.whyEnded().contains(QStringLiteral("Input/output error")), qPrintable(broken.whyEnded()));
}

/// "+1212555018" of "+12125550188" would be a number, too.
void TestCsvReader::halfARowOfABrokenFileIsNotTaken() {
    Dribble failing("a,+12125550188\nb,+12125550199\n", 7, 28);
    QCOMPARE(rowsOf(failing), Rows{cells("a|+12125550188")});
}

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csv_reader.moc"
