#include "filing_cases.h"

#include "rules/filing_json.h"

#include <QFile>

#include <nlohmann/json.hpp>

namespace longcode::tests {

namespace {

using nlohmann::json;

QString text(const json &object, const char *name) {
    return object.contains(name) ? QString::fromStdString(object[name].get<std::string>()) : QString();
}

rules::Surroundings surroundingsOf(const json &filing) {
    rules::Surroundings around;
    const json given = filing.value("around", json::object());
    around.campaignsOfBrand = given.value("campaignsOfBrand", 0);
    around.numbers = given.value("numbers", 0);
    around.brandsOfMobile = given.value("brandsOfMobile", 0);
    for (const json &number : given.value("taxNumbersInUse", json::array()))
        around.taxNumbersInUse += QString::fromStdString(number.get<std::string>());
    return around;
}

/// The base filings with the changes of one case on top.
json changed(const json &base, const json &changes) {
    json filing = base;
    for (const char *part : {"brand", "campaign", "tollfree"})
        if (changes.contains(part))
            filing[part].merge_patch(changes[part]);
    if (changes.contains("around"))
        filing["around"] = changes["around"];
    return filing;
}

} // namespace

QByteArray dataFile(const char *name) {
    QFile file(QStringLiteral(LONGCODE_SOURCE_DIR "/tests/rules/data/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<json> dataLines(const char *name, QString &problem) {
    std::vector<json> lines;
    int number = 0;
    for (const QByteArray &line : dataFile(name).split('\n')) {
        ++number;
        if (line.trimmed().isEmpty())
            continue;
        json object = json::parse(line.begin(), line.end(), nullptr, false);
        if (object.is_discarded()) {
            problem = QStringLiteral("%1:%2 is no JSON").arg(QString::fromLatin1(name)).arg(number);
            return {};
        }
        object["line"] = number;
        lines.push_back(std::move(object));
    }
    return lines;
}

json baseFilings() {
    const QByteArray base = dataFile("base.json");
    return json::parse(base.begin(), base.end(), nullptr, false);
}

QList<rules::Finding> checked(const json &filing, const QString &kind, QString &problem) {
    const rules::Surroundings around = surroundingsOf(filing);
    if (kind == QLatin1String("tollfree")) {
        const auto tollFree = rules::tollFreeFrom(filing["tollfree"]);
        problem = tollFree ? QString() : tollFree.error();
        return tollFree ? rules::checkTollFree(*tollFree, around) : QList<rules::Finding>();
    }
    std::optional<rules::BrandFiling> brand;
    if (filing.contains("brand")) {
        const auto read = rules::brandFrom(filing["brand"]);
        problem = read ? QString() : read.error();
        if (!read)
            return {};
        brand = *read;
    }
    if (kind == QLatin1String("brand"))
        return rules::checkBrand(*brand, around);
    const auto campaign = rules::campaignFrom(filing["campaign"]);
    problem = campaign ? QString() : campaign.error();
    return campaign ? rules::checkCampaign(*campaign, brand, around) : QList<rules::Finding>();
}

QList<FilingCase> filingCases(QString &problem) {
    QList<FilingCase> cases;
    const json base = baseFilings();
    for (const json &line : dataLines("cases.jsonl", problem)) {
        FilingCase one{text(line, "rule"),        text(line, "kind"),      text(line, "severity"),
                       line["trips"].get<bool>(), line["line"].get<int>(), {}};
        one.findings = checked(changed(base, line), one.kind, problem);
        if (!problem.isEmpty()) {
            problem = QStringLiteral("line %1: %2").arg(one.line).arg(problem);
            return {};
        }
        cases.append(one);
    }
    return cases;
}

} // namespace longcode::tests
