#include "rules/filing_json.h"

#include "rules/filing_fields.h"

#include <QRegularExpression>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace longcode::rules;
using nlohmann::json;

class TestFilingJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void readsAndWrites_data();
    void readsAndWrites();
    void passesOverUnknownMembers();
    void keepsAbsentFromEmpty();
    void takesPlainTextsForObjects();
    void namesWrongTypes_data();
    void namesWrongTypes();
    void hasEveryFieldOfTheContract();
};

namespace {

QString s(const char *text) {
    return QString::fromUtf8(text);
}

QString problemOf(const QString &kind, const json &object) {
    if (kind == s("brand"))
        return brandFrom(object).has_value() ? QString() : brandFrom(object).error();
    if (kind == s("campaign"))
        return campaignFrom(object).has_value() ? QString() : campaignFrom(object).error();
    return tollFreeFrom(object).has_value() ? QString() : tollFreeFrom(object).error();
}

json writtenBack(const QString &kind, const json &object) {
    if (kind == s("brand"))
        return jsonOf(*brandFrom(object));
    return kind == s("campaign") ? jsonOf(*campaignFrom(object)) : jsonOf(*tollFreeFrom(object));
}

} // namespace

void TestFilingJson::readsAndWrites_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("brand")
        << s("brand")
        << QByteArray(
               R"({"country":"US","displayName":"Äcme 😀","email":"a@b.co","entityType":"NON_PROFIT","isReseller":false,"mock":true,"vertical":"NGO","webhookURL":""})");
    QTest::newRow("campaign")
        << s("campaign")
        << QByteArray(
               R"({"ageGated":false,"brandId":"B1","description":"","embeddedLink":true,"mnoIds":[10017,10035],"subUsecases":["2FA"],"tag":["a","b"],"usecase":"MIXED"})");
    QTest::newRow("tollfree")
        << s("tollfree")
        << QByteArray(
               R"({"additionalInformation":"","ageGatedContent":true,"optInWorkflowImageURLs":[{"url":"https://a.co/1"}],"phoneNumbers":[{"phoneNumber":"+18885550123"}]})");
    for (const char *kind : {"brand", "campaign", "tollfree"})
        QTest::addRow("empty %s", kind) << s(kind) << QByteArray("{}");
}

void TestFilingJson::readsAndWrites() {
    QFETCH(QString, kind);
    QFETCH(QByteArray, text);
    const json object = json::parse(text.begin(), text.end());
    QCOMPARE(problemOf(kind, object), QString());
    QCOMPARE(QByteArray::fromStdString(writtenBack(kind, object).dump()), text);
}

void TestFilingJson::passesOverUnknownMembers() {
    const json object{{"displayName", "Acme"}, {"colour", 7}, {"ein", nullptr}};
    QCOMPARE(brandFrom(object)->displayName, s("Acme"));
    QVERIFY(brandFrom(object)->ein.isNull());
    QCOMPARE(writtenBack(s("brand"), object).dump(), std::string(R"({"displayName":"Acme"})"));
}

void TestFilingJson::keepsAbsentFromEmpty() {
    QVERIFY(tollFreeFrom(json::object())->additionalInformation.isNull());
    const auto given = tollFreeFrom(json{{"additionalInformation", ""}});
    QVERIFY(!given->additionalInformation.isNull() && given->additionalInformation.isEmpty());
}

void TestFilingJson::takesPlainTextsForObjects() {
    const json object{{"phoneNumbers", {"+18885550123"}}};
    QCOMPARE(tollFreeFrom(object)->phoneNumbers, QStringList{s("+18885550123")});
}

void TestFilingJson::namesWrongTypes_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("number for text") << s("campaign") << QByteArray(R"({"sample1":7})")
                                     << s("sample1 must be a text, not a number.");
    QTest::newRow("text for flag") << s("campaign") << QByteArray(R"({"ageGated":"no"})")
                                   << s("ageGated must be true or false, not a text.");
    QTest::newRow("text for list") << s("campaign") << QByteArray(R"({"subUsecases":"2FA"})")
                                   << s("subUsecases must be a list of texts, not a text.");
    QTest::newRow("flag in list") << s("campaign") << QByteArray(R"({"tag":["a",true]})")
                                  << s("tag[1] must be a text, not true or false.");
    QTest::newRow("half a network") << s("campaign") << QByteArray(R"({"mnoIds":[1,1.5]})")
                                    << s("mnoIds[1] must be a whole number, not a number.");
    QTest::newRow("number in object")
        << s("tollfree") << QByteArray(R"({"phoneNumbers":[{"phoneNumber":18885550123}]})")
        << s("phoneNumbers[0].phoneNumber must be a text, not a number.");
    QTest::newRow("object without it")
        << s("tollfree") << QByteArray(R"({"optInWorkflowImageURLs":[{"link":"x"}]})")
        << s("optInWorkflowImageURLs[0] must be a text, not an object.");
    QTest::newRow("list for text") << s("brand") << QByteArray(R"({"ein":[1]})")
                                   << s("ein must be a text, not a list.");
    QTest::newRow("no object") << s("brand") << QByteArray("[]")
                               << s("A filing must be an object, not a list.");
}

void TestFilingJson::namesWrongTypes() {
    QFETCH(QString, kind);
    QFETCH(QByteArray, text);
    QTEST(problemOf(kind, json::parse(text.begin(), text.end())), "sentence");
}

/// Counted from the API's tables: create and update of a brand, campaign request, verification request.
void TestFilingJson::hasEveryFieldOfTheContract() {
    constexpr std::size_t brandFields = 26;    // 24 to create one, altBusinessId and its type to update it
    constexpr std::size_t campaignFields = 35; // 3 required, 32 optional
    constexpr std::size_t tollFreeFields = 33; // 18 required, 15 optional
    QCOMPARE(fieldsOf(BrandFiling()).size(), brandFields);
    QCOMPARE(fieldsOf(CampaignFiling()).size(), campaignFields);
    QCOMPARE(fieldsOf(TollFreeFiling()).size(), tollFreeFields);
}

QTEST_GUILESS_MAIN(TestFilingJson)
#include "tst_filing_json.moc"
