#include "check/filing_check.h"

#include "base/program.h"
#include "check/filing_document.h"
#include "check/found_filing.h"
#include "rules/filing_json.h"

#include <QFile>

#include <cstdio>

namespace longcode::check {

namespace {

using nlohmann::json;
using rules::FilingKind;

/// Far more than thousands of filings.
constexpr qint64 longestDocument = 64 * 1024 * 1024;

const char *memberOf(FilingKind kind) {
    if (kind == FilingKind::Brand)
        return "brand";
    return kind == FilingKind::Campaign ? "campaign" : "tollfree";
}

/// The object itself where it wraps nothing: a bare filing.
bool isBare(const json &object) {
    return !object.contains("brand") && !object.contains("campaign") && !object.contains("tollfree");
}

/// Lone surrogates cannot come out of JSON in UTF-8; anything else odd is replaced when it is written.
QByteArray written(const json &object) {
    return QByteArray::fromStdString(object.dump(-1, ' ', false, json::error_handler_t::replace));
}

json jsonOfFinding(const rules::Finding &finding) {
    json object{
        {"rule", finding.rule.toStdString()},     {"severity", rules::nameOf(finding.severity).toStdString()},
        {"field", finding.field.toStdString()},   {"message", finding.message.toStdString()},
        {"source", finding.source.toStdString()}, {"fix", nullptr}};
    if (finding.fix) {
        object["fix"] = {{"words", finding.fix->words.toStdString()},
                         {"field", finding.fix->field.toStdString()}};
        if (const bool *flag = std::get_if<bool>(&finding.fix->value))
            object["fix"]["value"] = *flag;
        else if (const QString value = std::get<QString>(finding.fix->value); value.isNull())
            object["fix"]["value"] = nullptr;
        else
            object["fix"]["value"] = value.toStdString();
    }
    return object;
}

QString memberText(const json &object, const char *name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string()
               ? QString::fromStdString(found->get_ref<const std::string &>())
               : QString();
}

/// What a person calls the filing: its own `name`, else what is written in it, else where it stands.
QString nameOfFiling(const FoundFiling &found, const json &filing, FilingKind kind) {
    const QString own = memberText(found.object, "name");
    if (!own.isEmpty())
        return own;
    QString name = memberText(filing, kind == FilingKind::Brand      ? "displayName"
                                      : kind == FilingKind::Campaign ? "referenceId"
                                                                     : "businessName");
    if (name.isEmpty() && kind == FilingKind::Campaign && found.object.contains("brand") &&
        found.object["brand"].is_object())
        name = memberText(found.object["brand"], "displayName") + u' ' + memberText(filing, "usecase");
    return name.trimmed().isEmpty() ? found.place : name.trimmed();
}

using Findings = Result<QList<rules::Finding>, QString>;

Findings brandFindings(const json &filing, rules::Surroundings &around) {
    const auto brand = rules::brandFrom(filing);
    if (!brand)
        return failed(brand.error());
    const auto findings = rules::checkBrand(*brand, around);
    if (!brand->ein.isEmpty())
        around.taxNumbersInUse += brand->ein;
    return findings;
}

Findings campaignFindings(const json &filing, const json &object) {
    const auto campaign = rules::campaignFrom(filing);
    if (!campaign)
        return failed(campaign.error());
    std::optional<rules::BrandFiling> brand;
    if (const auto given = object.find("brand"); given != object.end() && !given->is_null()) {
        const auto read = rules::brandFrom(*given);
        if (!read)
            return failed(QString(QStringLiteral("brand: ") + read.error()));
        brand = *read;
    }
    return rules::checkCampaign(*campaign, brand);
}

Findings tollFreeFindings(const json &filing) {
    const auto tollFree = rules::tollFreeFrom(filing);
    if (!tollFree)
        return failed(tollFree.error());
    return rules::checkTollFree(*tollFree);
}

/// `around` remembers the tax numbers of the document's earlier brands.
void answer(FilingAnswers &answers, const FoundFiling &found, const QString &source, FilingKind kind,
            rules::Surroundings &around) {
    const auto refuse = [&](const QString &what) {
        answers.problems += QStringLiteral("%1, line %2: %3").arg(source).arg(found.line).arg(what);
    };
    const char *member = memberOf(kind);
    if (!isBare(found.object) && !found.object.contains(member))
        return refuse(QStringLiteral("the object has no member “%1”.").arg(QString::fromLatin1(member)));
    const json &filing = isBare(found.object) ? found.object : found.object[member];
    const Findings findings = kind == FilingKind::Brand      ? brandFindings(filing, around)
                              : kind == FilingKind::Campaign ? campaignFindings(filing, found.object)
                                                             : tollFreeFindings(filing);
    if (!findings)
        return refuse(findings.error());
    json list = json::array();
    for (const rules::Finding &finding : *findings)
        list.push_back(jsonOfFinding(finding));
    const json name = nameOfFiling(found, filing, kind).toStdString();
    answers.lines += "{\"name\":" + written(name) + ",\"findings\":" + written(list) + "}\n";
    answers.hasErrors = answers.hasErrors || rules::hasErrors(*findings);
}

Result<QByteArray, QString> contentsOf(const QString &name) {
    QFile file(name);
    const bool isOpen =
        name == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return failed(QStringLiteral("%1 cannot be read: %2.").arg(name, file.errorString()));
    QByteArray contents = file.read(longestDocument + 1);
    if (file.error() != QFileDevice::NoError)
        return failed(QStringLiteral("%1 cannot be read: %2.").arg(name, file.errorString()));
    if (contents.size() > longestDocument)
        return failed(QStringLiteral("%1 is longer than 64 MB; split it.").arg(name));
    return contents;
}

bool print(const QByteArray &lines) {
    const auto size = static_cast<std::size_t>(lines.size());
    return std::fwrite(lines.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0;
}

} // namespace

std::optional<FilingKind> filingKindOf(const QString &word) {
    for (const FilingKind kind : {FilingKind::Brand, FilingKind::Campaign, FilingKind::TollFree})
        if (word == QLatin1String(memberOf(kind)))
            return kind;
    return std::nullopt;
}

FilingAnswers checkDocument(const QByteArray &document, const QString &source, FilingKind kind) {
    FilingAnswers answers;
    const FilingDocument found = readDocument(document, source);
    answers.problems = found.problems;
    rules::Surroundings around;
    for (const FoundFiling &filing : found.filings)
        answer(answers, filing, source, kind, around);
    return answers;
}

int checkFilings(FilingKind kind, const QStringList &files) {
    bool anyErrors = false;
    bool anyProblems = false;
    const QString program = QStringLiteral("longcode-check");
    for (const QString &name : files.isEmpty() ? QStringList{QStringLiteral("-")} : files) {
        const auto contents = contentsOf(name);
        const QString source = name == QLatin1String("-") ? QStringLiteral("standard input") : name;
        const FilingAnswers answers =
            contents ? checkDocument(*contents, source, kind) : FilingAnswers{{}, {contents.error()}, false};
        if (!print(answers.lines)) {
            printError(program, QStringLiteral("the answers could not be written."));
            return 2;
        }
        for (const QString &problem : answers.problems)
            printError(program, problem);
        anyErrors = anyErrors || answers.hasErrors;
        anyProblems = anyProblems || !answers.problems.isEmpty();
    }
    if (anyProblems)
        return 2;
    return anyErrors ? 1 : 0;
}

} // namespace longcode::check
