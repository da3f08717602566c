#include "rules/error_codes.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <array>
#include <string_view>

namespace longcode::data {
extern const std::string_view errorCodes;
} // namespace longcode::data

namespace longcode::rules {

namespace {

constexpr qsizetype columns = 7;

RetryAdvice retryOf(const QString &word) {
    if (word == QLatin1String("by-itself"))
        return RetryAdvice::ByItself;
    if (word == QLatin1String("after-wait"))
        return RetryAdvice::AfterWait;
    return word == QLatin1String("after-change") ? RetryAdvice::AfterChange : RetryAdvice::Never;
}

ErrorOwner ownerOf(const QString &word) {
    static const QHash<QString, ErrorOwner> owners{
        {QStringLiteral("account"), ErrorOwner::Account},
        {QStringLiteral("registration"), ErrorOwner::Registration},
        {QStringLiteral("customer"), ErrorOwner::Customer},
        {QStringLiteral("carrier"), ErrorOwner::Carrier},
        {QStringLiteral("telnyx"), ErrorOwner::Telnyx},
    };
    return owners.value(word, ErrorOwner::Desk);
}

QString translated(const QString &text) {
    return QCoreApplication::translate("longcode::rules::ErrorAdvice", text.toUtf8().constData());
}

QList<ErrorAdvice> readTable() {
    QList<ErrorAdvice> all;
    const QString file =
        QString::fromUtf8(data::errorCodes.data(), static_cast<qsizetype>(data::errorCodes.size()));
    for (const QString &line : file.split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList cells = line.split(u'\t');
        if (line.startsWith(u'#') || cells.size() != columns)
            continue;
        all.append({cells[0], translated(cells[4]), translated(cells[5]), translated(cells[6]),
                    retryOf(cells[1]), cells[3] == QLatin1String("one-page"), ownerOf(cells[2])});
    }
    return all;
}

QString plainWords(const QString &text) {
    return text.simplified().toUpper();
}

} // namespace

const QList<ErrorAdvice> &allErrorAdvice() {
    static const QList<ErrorAdvice> all = readTable();
    return all;
}

std::optional<ErrorAdvice> adviceFor(const QString &code) {
    const auto &all = allErrorAdvice();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&code](const ErrorAdvice &advice) { return advice.code == code; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

bool speaksOfOptOut(const QString &title, const QString &detail) {
    static const std::array words{QStringLiteral("stop"),    QStringLiteral("block"),
                                  QStringLiteral("opt out"), QStringLiteral("opt-out"),
                                  QStringLiteral("opted"),   QStringLiteral("optout")};
    const QString said = title + QLatin1Char(' ') + detail;
    return std::any_of(words.begin(), words.end(),
                       [&said](const QString &word) { return said.contains(word, Qt::CaseInsensitive); });
}

Keyword keywordOf(const QString &text) {
    constexpr qsizetype longestKeyword = 40; // with blanks around; keeps a long text from being copied
    static const QHash<QString, Keyword> keywords{
        {QStringLiteral("STOP"), Keyword::Stop},     {QStringLiteral("STOPALL"), Keyword::Stop},
        {QStringLiteral("STOP ALL"), Keyword::Stop}, {QStringLiteral("UNSUBSCRIBE"), Keyword::Stop},
        {QStringLiteral("CANCEL"), Keyword::Stop},   {QStringLiteral("END"), Keyword::Stop},
        {QStringLiteral("QUIT"), Keyword::Stop},     {QStringLiteral("START"), Keyword::Start},
        {QStringLiteral("UNSTOP"), Keyword::Start},  {QStringLiteral("HELP"), Keyword::Help},
        {QStringLiteral("INFO"), Keyword::Help},
    };
    return text.size() > longestKeyword ? Keyword::None : keywords.value(plainWords(text), Keyword::None);
}

} // namespace longcode::rules
