#include "rules/rule.h"

#include <QSet>

#include <algorithm>

/// Rules about automatic responses and keyword lists.
namespace longcode::rules {

namespace {

bool hasVariableOf(const Passage &passage, const char *list) {
    const auto &variables = passage.variables();
    return std::any_of(variables.begin(), variables.end(),
                       [list](const Passage::Variable &one) { return isValue(list, one.name); });
}

bool hasContact(const Passage &passage) {
    return passage.hasMail() || passage.hasPhone() || !passage.links().isEmpty() ||
           hasVariableOf(passage, "link-variable") || hasVariableOf(passage, "phone-variable");
}

bool namesSender(const Subject &subject, const Passage &passage) {
    return subject.names.isEmpty() || subject.names.areIn(passage) ||
           hasVariableOf(passage, "brand-variable");
}

std::optional<Fix> responseWith(const Passage &passage, const QString &sentence) {
    constexpr qsizetype longest = 255;
    const QString text = passage.text().trimmed() + u' ' + sentence;
    if (text.size() > longest)
        return std::nullopt;
    return Fix{Say::tr("Add “%1”").arg(sentence), passage.field(), text};
}

std::optional<Fix> responseNaming(const Subject &subject, const Passage &passage) {
    constexpr qsizetype longest = 255;
    const QString text = subject.names.preferred() + QStringLiteral(": ") + passage.text().trimmed();
    if (text.size() > longest)
        return std::nullopt;
    return Fix{Say::tr("Begin with “%1:”").arg(subject.names.preferred()), passage.field(), text};
}

void helpContactMissing(const Subject &subject, Report &report) {
    const Passage &help = subject.helpResponse;
    if (!help.isBlank() && !hasContact(help))
        report.add(help.field(), Say::tr("The answer to HELP gives no way to reach anybody: add a phone "
                                         "number, an e-mail address or a web page."));
}

void helpOptOutMissing(const Subject &subject, Report &report) {
    const Passage &help = subject.helpResponse;
    if (!help.isBlank() && !help.says("stop-named"))
        report.add(help.field(), Say::tr("The answer to HELP does not say how to opt out."),
                   responseWith(help, QStringLiteral("Reply STOP to opt out.")));
}

void helpBrandMissing(const Subject &subject, Report &report) {
    const Passage &help = subject.helpResponse;
    if (!help.isBlank() && !namesSender(subject, help))
        report.add(help.field(),
                   Say::tr("The answer to HELP does not name the sender: begin with “%1”.")
                       .arg(subject.names.preferred()),
                   responseNaming(subject, help));
}

void optOutResponseAbsent(const Subject &subject, Report &report) {
    if (!subject.optOutResponse.isBlank())
        return;
    std::optional<Fix> fix;
    if (!subject.names.isEmpty())
        fix = Fix{Say::tr("Write one"), subject.optOutResponse.field(),
                  QStringLiteral(
                      "You are unsubscribed from %1 and will get no more messages. Reply START to come back.")
                      .arg(subject.names.preferred())};
    report.add(
        subject.optOutResponse.field(),
        Say::tr("No answer to STOP is filed. It should name the sender and say that no more messages come."),
        fix);
}

void optOutResponseUnclear(const Subject &subject, Report &report) {
    const Passage &answer = subject.optOutResponse;
    if (!answer.isBlank() && !(answer.says("unsubscribed") && answer.says("no-more")))
        report.add(answer.field(), Say::tr("The answer to STOP must confirm that the recipient is "
                                           "unsubscribed and gets no more messages."));
}

void optOutResponseBrandMissing(const Subject &subject, Report &report) {
    const Passage &answer = subject.optOutResponse;
    if (!answer.isBlank() && !namesSender(subject, answer))
        report.add(answer.field(), Say::tr("The answer to STOP does not name the sender."),
                   responseNaming(subject, answer));
}

/// One finding with all that lacks, so that the list of findings stays short.
void optInResponseIncomplete(const Subject &subject, Report &report) {
    const Passage &answer = subject.optInResponse;
    if (answer.isBlank())
        return;
    QStringList lacking;
    if (!namesSender(subject, answer))
        lacking += Say::tr("the sender's name");
    if (!answer.says("stop-named"))
        lacking += Say::tr("STOP");
    if (!answer.says("help-named"))
        lacking += Say::tr("HELP");
    if (subject.isCampaign() && !answer.says("rates"))
        lacking += Say::tr("message and data rates");
    if (!lacking.isEmpty())
        report.add(answer.field(), Say::tr("The confirmation of an opt-in does not mention: %1.")
                                       .arg(lacking.join(QStringLiteral(", "))));
}

void helpResponseAbsent(const Subject &subject, Report &report) {
    if (subject.helpResponse.isBlank())
        report.add(subject.helpResponse.field(),
                   Say::tr("No answer to HELP is filed. It is not required, but reviewers look for the "
                           "sender's name, a contact and STOP."));
}

QStringList keywordsOf(const QString &list) {
    QStringList keywords;
    for (const QString &one : list.split(u',', Qt::SkipEmptyParts))
        if (const QString keyword = one.simplified().toUpper(); !keyword.isEmpty())
            keywords += keyword;
    return keywords;
}

Fix keywordsWith(const QString &field, QStringList keywords, const QStringList &more) {
    for (const QString &keyword : more)
        if (!keywords.contains(keyword))
            keywords += keyword;
    return {Say::tr("Add %1").arg(more.join(QStringLiteral(", "))), field, keywords.join(u',')};
}

void requireKeyword(const QString &field, const QString &list, const QString &keyword, Report &report) {
    const QStringList keywords = keywordsOf(list);
    if (!keywords.isEmpty() && !keywords.contains(keyword))
        report.add(field, Say::tr("The list lacks %1, which every campaign must answer to.").arg(keyword),
                   keywordsWith(field, {keyword}, keywords));
}

void optOutKeywordMissing(const Subject &subject, Report &report) {
    requireKeyword(QStringLiteral("optoutKeywords"), subject.campaign->optoutKeywords, QStringLiteral("STOP"),
                   report);
}

void helpKeywordMissing(const Subject &subject, Report &report) {
    requireKeyword(QStringLiteral("helpKeywords"), subject.campaign->helpKeywords, QStringLiteral("HELP"),
                   report);
}

void optOutKeywordsFew(const Subject &subject, Report &report) {
    static const QStringList usual{QStringLiteral("STOP"), QStringLiteral("UNSUBSCRIBE"),
                                   QStringLiteral("CANCEL"), QStringLiteral("END"), QStringLiteral("QUIT")};
    const QStringList keywords = keywordsOf(subject.campaign->optoutKeywords);
    QStringList lacking;
    for (const QString &keyword : usual)
        if (!keywords.contains(keyword))
            lacking += keyword;
    if (!keywords.isEmpty() && keywords.contains(usual.front()) && !lacking.isEmpty())
        report.add(
            QStringLiteral("optoutKeywords"),
            Say::tr("These words opt out too, so list them: %1.").arg(lacking.join(QStringLiteral(", "))),
            keywordsWith(QStringLiteral("optoutKeywords"), keywords, lacking));
}

struct KeywordList {
    QString field;
    QString text;
};

QList<KeywordList> keywordLists(const CampaignFiling &filing) {
    return {{QStringLiteral("optinKeywords"), filing.optinKeywords},
            {QStringLiteral("optoutKeywords"), filing.optoutKeywords},
            {QStringLiteral("helpKeywords"), filing.helpKeywords}};
}

void keywordInTwoLists(const Subject &subject, Report &report) {
    QSet<QString> seen;
    for (const KeywordList &list : keywordLists(*subject.campaign)) {
        const QStringList keywords = keywordsOf(list.text);
        for (const QString &keyword : keywords)
            if (seen.contains(keyword)) {
                report.add(list.field,
                           Say::tr("%1 is in another list too, and can have one meaning only.").arg(keyword));
                break;
            }
        seen.unite(QSet<QString>(keywords.begin(), keywords.end()));
    }
}

/// Words of other lists that opt out whatever the filing says.
void optOutWordInWrongList(const Subject &subject, Report &report) {
    static const QStringList reserved{QStringLiteral("STOP"),        QStringLiteral("STOPALL"),
                                      QStringLiteral("UNSUBSCRIBE"), QStringLiteral("CANCEL"),
                                      QStringLiteral("END"),         QStringLiteral("QUIT")};
    QList<KeywordList> lists;
    if (subject.campaign)
        lists = {keywordLists(*subject.campaign)[0], keywordLists(*subject.campaign)[2]};
    else
        lists = {{QStringLiteral("optInKeywords"), subject.tollFree->optInKeywords}};
    for (const KeywordList &list : lists)
        for (const QString &keyword : keywordsOf(list.text))
            if (reserved.contains(keyword)) {
                report.add(list.field, Say::tr("%1 always opts out; take it off this list.").arg(keyword));
                break;
            }
}

void keywordListSpaced(const Subject &subject, Report &report) {
    for (const KeywordList &list : keywordLists(*subject.campaign)) {
        const QString joined = keywordsOf(list.text).join(u',');
        if (list.text.contains(u' ') && joined != list.text.trimmed().toUpper())
            report.add(list.field, Say::tr("The API wants keywords joined by commas without spaces."),
                       Fix{Say::tr("Take the spaces out"), list.field, joined});
    }
}

constexpr Rule rules[] = {
    {"help-response-contact-missing", Severity::Error, toMessages, helpContactMissing,
     source::useCaseExamples},
    {"help-response-opt-out-missing", Severity::Warning, toMessages, helpOptOutMissing,
     source::useCaseExamples},
    {"help-response-brand-missing", Severity::Warning, toMessages, helpBrandMissing, source::useCaseExamples},
    {"help-response-absent", Severity::Note, toTollFree, helpResponseAbsent, source::tollFreePage},
    {"opt-out-response-absent", Severity::Note, toCampaign, optOutResponseAbsent, source::useCaseExamples},
    {"opt-out-response-unclear", Severity::Warning, toCampaign, optOutResponseUnclear,
     source::useCaseExamples},
    {"opt-out-response-brand-missing", Severity::Warning, toCampaign, optOutResponseBrandMissing,
     source::useCaseExamples},
    {"opt-in-response-incomplete", Severity::Warning, toMessages, optInResponseIncomplete,
     source::useCaseExamples},
    {"opt-out-keyword-missing", Severity::Error, toCampaign, optOutKeywordMissing, source::useCaseExamples},
    {"help-keyword-missing", Severity::Error, toCampaign, helpKeywordMissing, source::useCaseExamples},
    {"opt-out-keywords-few", Severity::Note, toCampaign, optOutKeywordsFew,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "Opt-out keywords (D47)")},
    {"keyword-in-two-lists", Severity::Error, toCampaign, keywordInTwoLists, source::useCaseExamples},
    {"opt-out-word-in-wrong-list", Severity::Error, toMessages, optOutWordInWrongList,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "Opt-out keywords (D47)")},
    {"keyword-list-spaced", Severity::Note, toCampaign, keywordListSpaced,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "Campaign fields (D77)")},
};

} // namespace

std::span<const Rule> responseRules() {
    return rules;
}

} // namespace longcode::rules
