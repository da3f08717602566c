#include "contacts/columns.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::contacts;

using Fields = QList<Field>;
Q_DECLARE_METATYPE(Fields)

class TestColumns : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void guessesFromHeadings_data();
    void guessesFromHeadings();
    void guessesFromWhatIsThere();
    void readsADraft();
};

namespace {

constexpr auto full = Field::FullName;
constexpr auto given = Field::GivenName;
constexpr auto family = Field::FamilyName;
constexpr auto number = Field::Number;

void headings(const char *name, const char *line, const Fields &fields) {
    QTest::newRow(name) << QString::fromUtf8(line).split(u',') << fields;
}

} // namespace

void TestColumns::guessesFromHeadings_data() {
    QTest::addColumn<QStringList>("row");
    QTest::addColumn<Fields>("fields");
    headings("English", "Name,Phone,Notes", {full, number, Field::Note});
    headings("English, two names", "First Name,Last Name,Mobile Phone", {given, family, number});
    headings("a mail program's export",
             "First Name,Last Name,Organization Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Value",
             {given, family, Field::Organisation, Field::Ignored, number, number});
    headings("German", "Vorname,Nachname,Firma,Handynummer,Bemerkungen,Sprache,Zeitzone",
             {given, family, Field::Organisation, number, Field::Note, Field::Language, Field::Zone});
    headings("German, Name is the family's", "Vorname,Name,Telefon (mobil)", {given, family, number});
    headings("German, Name alone", "Name,Rufnummer", {full, number});
    headings("Spanish", "Nombre,Apellidos,Teléfono móvil,Notas", {given, family, number, Field::Note});
    headings("Spanish, one name", "Nombre,Celular,Zona horaria", {full, number, Field::Zone});
    headings("French", "Prénom,Nom,Téléphone portable,Remarques", {given, family, number, Field::Note});
    headings("French, one name", "Nom,Numéro,Langue", {full, number, Field::Language});
    headings("upper case and underscores", "FIRST_NAME,LAST_NAME,PHONE_NUMBER", {given, family, number});
    headings("E.164", "contact,E.164", {full, number});
    headings("own fields", "Name,Phone,Customer No,", {full, number, Field::Custom, Field::Ignored});
    headings("all three names", "Name,First name,Last name,Phone", {full, given, family, number});
    headings("two full names", "Name,Phone,Customer", {full, number, Field::Custom});
    headings("a custom field with another's name", "Name,Phone,Field: Phone", {full, number, Field::Custom});
    headings("a heading like a number", "Name,Phone,2125550199", {full, number, Field::Custom});
    headings("guarded", "'=Name,Phone", {full, number});
}

void TestColumns::guessesFromHeadings() {
    QFETCH(QStringList, row);
    QFETCH(Fields, fields);
    const ColumnPlan plan = guessColumns({row});
    QVERIFY(plan.hasHeading);
    Fields found;
    for (const Column &column : plan.columns)
        found.append(column.field);
    QCOMPARE(found, fields);
}

void TestColumns::guessesFromWhatIsThere() {
    const ColumnPlan bare =
        guessColumns({{QStringLiteral("17"), QStringLiteral("Anna"), QStringLiteral("(212) 555-0188")},
                      {QStringLiteral("18"), QStringLiteral("Bo"), QStringLiteral("+49 171 1234567")}});
    QVERIFY(!bare.hasHeading);
    QCOMPARE(bare.columns[0].field, Field::Ignored);
    QCOMPARE(bare.columns[1].field, full);
    QCOMPARE(bare.columns[2].field, number);
    const ColumnPlan odd = guessColumns({{QStringLiteral("Wer"), QStringLiteral("Wie")},
                                         {QStringLiteral("Anna"), QStringLiteral("2125550188")},
                                         {QStringLiteral("Bo"), QStringLiteral("2125550199")}});
    QVERIFY(odd.hasHeading);
    QCOMPARE(odd.columns[1].field, number);
    const ColumnPlan none =
        guessColumns({{QStringLiteral("Name"), QStringLiteral("Mail")},
                      {QStringLiteral("Anna"), QStringLiteral("anna1234567@example.com")}});
    QVERIFY(!none.has(number));
    QVERIFY(guessColumns({}).columns.isEmpty());
}

void TestColumns::readsADraft() {
    const ColumnPlan plan =
        guessColumns({QString::fromUtf8("Prénom,Nom,Portable,Téléphone bureau,Client N°").split(u',')});
    CsvRow row;
    row.line = 7;
    row.cells = {QStringLiteral("Zoë"),
                 QStringLiteral("Dupont"),
                 QStringLiteral("'+33 6 12 34 56 78"),
                 QString(),
                 QStringLiteral("A-17"),
                 QStringLiteral("beyond the headings")};
    const ContactDraft draft = draftOf(row, plan);
    QCOMPARE(draft.line, 7);
    QCOMPARE(draft.givenName, QStringLiteral("Zoë"));
    QCOMPARE(draft.familyName, QStringLiteral("Dupont"));
    QCOMPARE(draft.numbers.size(), 1);
    QCOMPARE(draft.numbers[0].text, QStringLiteral("+33 6 12 34 56 78"));
    QCOMPARE(draft.numbers[0].label, QStringLiteral("Portable"));
    QCOMPARE(draft.custom, (QList<CustomField>{{QStringLiteral("Client N°"), QStringLiteral("A-17")}}));
}

QTEST_GUILESS_MAIN(TestColumns)
#include "tst_columns.moc"
