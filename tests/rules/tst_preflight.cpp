#include "filing_cases.h"
#include "rules/filing_json.h"

#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace longcode;
using rules::Finding;

/// The pre-flight check against tests/rules/data.
class TestPreflight : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void findsNothingInGoodFilings_data();
    void findsNothingInGoodFilings();
    void followsTheTable_data();
    void followsTheTable();
    void hasEveryRuleInTheTable();
    void passesDocumentedExamples_data();
    void passesDocumentedExamples();
    void refusesDocumentedMistakes();
    void leavesHarmlessWordsAlone_data();
    void leavesHarmlessWordsAlone();
    void refusesProhibitedWords_data();
    void refusesProhibitedWords();
    void fixesClearTheirFinding();
    void takesEmptyFilings();
    void takesLongFields();
    void seesThroughLookAlikes();
    void ignoresInvisibleLetters();
    void namesItsRulesWell();
    void usesTheListsOfTheApi();
    void isRepeatable();
};

namespace {

QString s(const char *text) {
    return QString::fromUtf8(text);
}

QString s(const std::string &text) {
    return QString::fromStdString(text);
}

QString told(const QList<Finding> &findings) {
    QStringList lines;
    for (const Finding &finding : findings)
        lines += s("%1 %2 %3: %4")
                     .arg(rules::nameOf(finding.severity), finding.rule, finding.field, finding.message);
    return lines.join(u'\n');
}

QList<Finding> ofRule(const QList<Finding> &findings, const QString &rule) {
    QList<Finding> found;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(found),
                 [&rule](const Finding &one) { return one.rule == rule; });
    return found;
}

rules::CampaignFiling goodCampaign() {
    return *rules::campaignFrom(tests::baseFilings()["campaign"]);
}

rules::BrandFiling goodBrand() {
    return *rules::brandFrom(tests::baseFilings()["brand"]);
}

QStringList linesOf(const char *file) {
    QStringList lines;
    for (const QString &line : QString::fromUtf8(tests::dataFile(file)).split(u'\n', Qt::SkipEmptyParts))
        if (!line.startsWith(u'#'))
            lines += line;
    return lines;
}

QList<Finding> prohibitedIn(const QString &sentence) {
    rules::CampaignFiling filing = goodCampaign();
    filing.usecase = s("MIXED");
    filing.sample2 = sentence;
    QList<Finding> found;
    for (const Finding &finding : rules::checkCampaign(filing, goodBrand()))
        if (finding.rule.startsWith(QLatin1String("prohibited-")))
            found += finding;
    return found;
}

QList<QPair<QString, nlohmann::json>> examplesOf(const char *file) {
    QString problem;
    QList<QPair<QString, nlohmann::json>> examples;
    for (const nlohmann::json &line : tests::dataLines(file, problem))
        examples.append({s(line["name"].get<std::string>()), line});
    if (!problem.isEmpty())
        QTest::qFail(qPrintable(problem), __FILE__, __LINE__);
    return examples;
}

} // namespace

void TestPreflight::findsNothingInGoodFilings_data() {
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"brand", "campaign", "tollfree"})
        QTest::newRow(kind) << s(kind);
}

void TestPreflight::findsNothingInGoodFilings() {
    QFETCH(QString, kind);
    QString problem;
    const QList<Finding> findings = tests::checked(tests::baseFilings(), kind, problem);
    QCOMPARE(problem, QString());
    QVERIFY2(findings.isEmpty(), qPrintable(told(findings)));
}

void TestPreflight::followsTheTable_data() {
    QTest::addColumn<int>("index");
    QString problem;
    const auto cases = tests::filingCases(problem);
    QVERIFY2(problem.isEmpty() && !cases.isEmpty(), qPrintable(problem));
    for (int i = 0; i < cases.size(); ++i)
        QTest::addRow("%s, %s, line %d %s", qPrintable(cases[i].rule), qPrintable(cases[i].kind),
                      cases[i].line, cases[i].trips ? "trips" : "clears")
            << i;
}

void TestPreflight::followsTheTable() {
    QFETCH(int, index);
    QString problem;
    static const auto cases = tests::filingCases(problem);
    const tests::FilingCase &one = cases[index];
    const QList<Finding> found = ofRule(one.findings, one.rule);
    QVERIFY2(found.isEmpty() != one.trips, qPrintable(told(one.findings)));
    for (const Finding &finding : found) {
        QVERIFY2(finding.message.endsWith(u'.'), qPrintable(finding.message));
        QVERIFY(!finding.field.isEmpty() && !finding.source.isEmpty());
    }
    if (!one.severity.isEmpty() && one.trips)
        QCOMPARE(rules::nameOf(found.front().severity), one.severity);
}

/// Each rule, for each kind of filing it applies to, has a case that trips and one that clears.
void TestPreflight::hasEveryRuleInTheTable() {
    QString problem;
    QSet<QString> seen;
    const auto cases = tests::filingCases(problem);
    for (const tests::FilingCase &one : cases)
        seen += one.rule + u' ' + one.kind + (one.trips ? s(" trips") : s(" clears"));
    QStringList lacking;
    int pairs = 0;
    const QStringList kinds{s("brand"), s("campaign"), s("tollfree")};
    for (const rules::RuleFacts &rule : rules::allRules())
        for (const rules::FilingKind kind : rule.appliesTo) {
            ++pairs;
            const QString name = kind == rules::FilingKind::Brand      ? kinds[0]
                                 : kind == rules::FilingKind::Campaign ? kinds[1]
                                                                       : kinds[2];
            for (const QString &way : {s(" trips"), s(" clears")})
                if (!seen.contains(rule.id + u' ' + name + way))
                    lacking += rule.id + u' ' + name + way;
        }
    QVERIFY2(lacking.isEmpty(), qPrintable(lacking.join(u'\n')));
    qInfo("%d rules, %d with the filings they apply to, %d cases", int(rules::allRules().size()), pairs,
          int(cases.size()));
}

void TestPreflight::passesDocumentedExamples_data() {
    QTest::addColumn<int>("index");
    const auto examples = examplesOf("good.jsonl");
    for (int i = 0; i < examples.size(); ++i)
        QTest::newRow(qPrintable(examples[i].first)) << i;
    qInfo("%d documented good examples", int(examples.size()));
}

void TestPreflight::passesDocumentedExamples() {
    QFETCH(int, index);
    static const auto examples = examplesOf("good.jsonl");
    const nlohmann::json &filing = examples[index].second;
    QString problem;
    const QList<Finding> findings = tests::checked(filing, s(filing["kind"].get<std::string>()), problem);
    QCOMPARE(problem, QString());
    QVERIFY2(!rules::hasErrors(findings), qPrintable(told(findings)));
}

void TestPreflight::refusesDocumentedMistakes() {
    const auto mistakes = examplesOf("mistakes.jsonl");
    QVERIFY(!mistakes.isEmpty());
    for (const auto &[name, mistake] : mistakes) {
        nlohmann::json filing = tests::baseFilings();
        const std::string kind = mistake["kind"].get<std::string>();
        filing[kind].merge_patch(mistake[kind]);
        QString problem;
        const QList<Finding> findings = tests::checked(filing, s(kind), problem);
        const QList<Finding> found = ofRule(findings, s(mistake["rule"].get<std::string>()));
        QVERIFY2(!found.isEmpty(), qPrintable(name + u'\n' + told(findings)));
        QVERIFY2(rules::hasErrors(findings), qPrintable(name + u'\n' + told(findings)));
    }
}

void TestPreflight::leavesHarmlessWordsAlone_data() {
    QTest::addColumn<QString>("sentence");
    for (const QString &line : linesOf("harmless.txt"))
        QTest::newRow(qPrintable(line)) << line;
}

void TestPreflight::leavesHarmlessWordsAlone() {
    QFETCH(QString, sentence);
    const QList<Finding> found = prohibitedIn(sentence);
    QVERIFY2(found.isEmpty(), qPrintable(told(found)));
}

void TestPreflight::refusesProhibitedWords_data() {
    QTest::addColumn<QString>("category");
    QTest::addColumn<QString>("sentence");
    for (const QString &line : linesOf("prohibited.txt"))
        QTest::newRow(qPrintable(line)) << line.section(u'\t', 0, 0) << line.section(u'\t', 1);
}

void TestPreflight::refusesProhibitedWords() {
    QFETCH(QString, category);
    QFETCH(QString, sentence);
    const QList<Finding> found = ofRule(prohibitedIn(sentence), s("prohibited-") + category);
    QVERIFY2(!found.isEmpty() && found.front().severity == rules::Severity::Error, qPrintable(sentence));
}

/// Whatever a click changes, the finding it came from is gone afterwards.
void TestPreflight::fixesClearTheirFinding() {
    QString problem;
    const nlohmann::json base = tests::baseFilings();
    int fixes = 0;
    for (const nlohmann::json &line : tests::dataLines("cases.jsonl", problem)) {
        const QString kind = s(line["kind"].get<std::string>());
        const std::string part = kind.toStdString();
        nlohmann::json filing = base;
        for (const char *changedPart : {"brand", "campaign", "tollfree"})
            if (line.contains(changedPart))
                filing[changedPart].merge_patch(line[changedPart]);
        for (const Finding &finding : tests::checked(filing, kind, problem)) {
            if (!finding.fix || finding.field == s("phoneNumbers"))
                continue;
            nlohmann::json fixed = filing;
            const std::string field = finding.fix->field.toStdString();
            if (const bool *flag = std::get_if<bool>(&finding.fix->value))
                fixed[part][field] = *flag;
            else if (const QString value = std::get<QString>(finding.fix->value); value.isNull())
                fixed[part].erase(field);
            else
                fixed[part][field] = value.toStdString();
            for (const Finding &left : ofRule(tests::checked(fixed, kind, problem), finding.rule))
                QVERIFY2(left.field != finding.field || left.message != finding.message,
                         qPrintable(s("line %1: %2").arg(line["line"].get<int>()).arg(told({left}))));
            QVERIFY(!finding.fix->words.isEmpty());
            ++fixes;
        }
    }
    QVERIFY(fixes > 100);
}

void TestPreflight::takesEmptyFilings() {
    for (const Finding &finding : rules::checkCampaign({}, std::nullopt))
        QVERIFY2(finding.rule.startsWith(QLatin1String("field-")) ||
                     finding.rule.startsWith(QLatin1String("terms-")) ||
                     finding.severity == rules::Severity::Note,
                 qPrintable(finding.rule));
    QCOMPARE(ofRule(rules::checkCampaign({}, std::nullopt), s("field-missing")).size(), 10);
    QVERIFY(rules::hasErrors(rules::checkBrand({})));
    QVERIFY(rules::hasErrors(rules::checkTollFree({})));
    QVERIFY(rules::hasErrors(rules::checkCampaign({}, rules::BrandFiling())));
}

void TestPreflight::takesLongFields() {
    constexpr int longest = 50'000;
    rules::CampaignFiling filing = goodCampaign();
    const QStringList texts{QString(longest, u'a'),
                            QString(longest, u'{'),
                            QString(longest, u'X'),
                            QString(longest / 2, u'.'),
                            s("STOP ").repeated(longest / 5),
                            s("😀").repeated(longest / 4),
                            s("http://").repeated(longest / 7),
                            s("1-").repeated(longest / 2),
                            QString(longest, QChar(0xD800)),
                            QString(longest, QChar(0x0301)),
                            QString(longest, QChar(0))};
    for (const QString &text : texts) {
        filing.sample1 = filing.messageFlow = filing.helpMessage = text;
        filing.optinKeywords = filing.usecase = text;
        const QList<Finding> tooLong = ofRule(rules::checkCampaign(filing, goodBrand()), s("field-too-long"));
        QCOMPARE(tooLong.size(), 3);
    }
}

void TestPreflight::seesThroughLookAlikes() {
    // Cyrillic letters, full-width letters, accents.
    for (const char *text :
         {"Fresh саnnabіs is here", "Ｃａｎｎａｂｉｓ is here", "Cánnäbis is here", "CANNABIS is here"})
        QVERIFY2(!prohibitedIn(s(text)).isEmpty(), text);
}

void TestPreflight::ignoresInvisibleLetters() {
    QVERIFY(!prohibitedIn(QStringLiteral("Fresh can\u200Bna\u00ADbis is here")).isEmpty());
    rules::CampaignFiling filing = goodCampaign();
    filing.sample2 = QStringLiteral("Acme: The driver will arrive before noon. Reply\u00A0STOP to opt out.");
    QVERIFY(ofRule(rules::checkCampaign(filing, goodBrand()), s("opt-out-not-in-every-sample")).isEmpty());
}

void TestPreflight::namesItsRulesWell() {
    QSet<QString> ids;
    const QRegularExpression kebab(s("^[a-z]+(-[a-z]+)*$"));
    for (const rules::RuleFacts &rule : rules::allRules()) {
        QVERIFY2(kebab.match(rule.id).hasMatch(), qPrintable(rule.id));
        QVERIFY2(!ids.contains(rule.id), qPrintable(rule.id));
        QVERIFY(!rule.source.isEmpty() && !rule.appliesTo.isEmpty());
        ids += rule.id;
    }
}

void TestPreflight::usesTheListsOfTheApi() {
    rules::Surroundings around;
    around.verticals = {s("RETAIL"), s("SPACE_TRAVEL")};
    around.useCases = {s("DELIVERY_NOTIFICATION"), s("TELEPATHY")};
    rules::BrandFiling brand = goodBrand();
    brand.vertical = s("SPACE_TRAVEL");
    QVERIFY(ofRule(rules::checkBrand(brand, around), s("vertical-unknown")).isEmpty());
    brand.vertical = s("LEGAL");
    QVERIFY(!ofRule(rules::checkBrand(brand, around), s("vertical-unknown")).isEmpty());
    rules::CampaignFiling campaign = goodCampaign();
    campaign.usecase = s("TELEPATHY");
    QVERIFY(ofRule(rules::checkCampaign(campaign, brand, around), s("use-case-unknown")).isEmpty());
    campaign.usecase = s("MIXED");
    QVERIFY(!ofRule(rules::checkCampaign(campaign, brand, around), s("use-case-unknown")).isEmpty());
}

void TestPreflight::isRepeatable() {
    rules::CampaignFiling filing = goodCampaign();
    filing.sample1 = filing.sample2;
    QCOMPARE(rules::checkCampaign(filing, goodBrand()), rules::checkCampaign(filing, goodBrand()));
}

QTEST_GUILESS_MAIN(TestPreflight)
#include "tst_preflight.moc"
