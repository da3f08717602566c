#include "rules/message_words.h"

#include <algorithm>
#include <array>

namespace longcode::rules {

namespace {

/// Words that hold STOP and mean what they say.
bool isWholeWord(const QString &token) {
    static const QStringList words{QStringLiteral("STOP"),    QStringLiteral("STOPALL"),
                                   QStringLiteral("UNSTOP"),  QStringLiteral("STOPS"),
                                   QStringLiteral("STOPPED"), QStringLiteral("STOPPING"),
                                   QStringLiteral("NONSTOP"), QStringLiteral("STOPOVER")};
    return words.contains(token);
}

bool isAddressToken(const QString &token) {
    return token.contains(QLatin1String("://")) || (token.contains(u'.') && token.contains(u'/'));
}

/// The run of letters and digits around `at`.
QString runAround(const QString &token, qsizetype at) {
    qsizetype begin = at;
    qsizetype end = at;
    while (begin > 0 && token[begin - 1].isLetterOrNumber())
        --begin;
    while (end < token.size() && token[end].isLetterOrNumber())
        ++end;
    return token.mid(begin, end - begin);
}

bool isGlued(const QString &token, const QString &next) {
    const QString lower = token.toLower();
    for (const char *glued : {"stop2", "replystop", "textstop", "txtstop", "stopto"})
        if (lower.contains(QLatin1String(glued)))
            return true;
    const qsizetype at = token.indexOf(QLatin1String("STOP"));
    if (at >= 0)
        return isAddressToken(token) || !isWholeWord(runAround(token, at));
    const bool endsInVerb = lower.endsWith(QLatin1String("reply")) || lower.endsWith(QLatin1String("text")) ||
                            lower.endsWith(QLatin1String("txt"));
    return endsInVerb && isAddressToken(token) && next.startsWith(QLatin1String("STOP"));
}

bool isReplyWord(QStringView word) {
    return word == QLatin1String("reply") || word == QLatin1String("text") || word == QLatin1String("txt") ||
           word == QLatin1String("or");
}

bool isOptOutWord(QStringView word) {
    return word == QLatin1String("cancel") || word == QLatin1String("end") || word == QLatin1String("quit") ||
           word == QLatin1String("stop") || word == QLatin1String("unsubscribe");
}

/// What people cancel that is no subscription.
bool isBookedThing(QStringView word) {
    static const QStringList things{
        QStringLiteral("appointment"), QStringLiteral("booking"),     QStringLiteral("reservation"),
        QStringLiteral("order"),       QStringLiteral("visit"),       QStringLiteral("delivery"),
        QStringLiteral("trip"),        QStringLiteral("ride"),        QStringLiteral("reschedule"),
        QStringLiteral("session"),     QStringLiteral("appointments")};
    return std::any_of(things.begin(), things.end(), [word](const QString &thing) { return word == thing; });
}

bool isMaskWord(QStringView word) {
    constexpr qsizetype shortest = 3;
    return word.size() >= shortest &&
           std::all_of(word.begin(), word.end(), [](QChar c) { return c == u'x'; });
}

QString runOfSigns(const QString &text) {
    for (const QString &run : {QStringLiteral("###"), QStringLiteral("___")})
        if (text.contains(run))
            return run;
    return {};
}

} // namespace

bool hasOptOut(const Passage &passage) {
    return passage.says("opt-out") || !gluedOptOut(passage.text()).isEmpty();
}

QString gluedOptOut(const QString &text) {
    if (!text.contains(QLatin1String("stop"), Qt::CaseInsensitive))
        return {};
    const QStringList tokens = text.simplified().split(u' ');
    for (qsizetype i = 0; i < tokens.size(); ++i)
        if (isGlued(tokens[i], tokens.value(i + 1)))
            return tokens[i];
    return {};
}

QString misusedOptOutWord(const Passage &passage) {
    constexpr qsizetype reach = 5;
    const Words &words = passage.words();
    for (qsizetype i = 1; i + 1 < words.size(); ++i) {
        if (!isOptOutWord(words[i]) || !isReplyWord(words[i - 1]))
            continue;
        const auto end = words.begin() + std::min(words.size(), i + 1 + reach);
        if (std::any_of(words.begin() + i + 1, end, isBookedThing))
            return words[i].toString().toUpper();
    }
    return {};
}

QSet<QString> contentWords(const Passage &passage) {
    QSet<QString> content;
    const Lexicon &fillers = phrases("filler-word");
    const Words &words = passage.plainWords();
    for (qsizetype i = 0; i < words.size(); ++i) {
        const bool hasDigit =
            std::any_of(words[i].begin(), words[i].end(), [](QChar c) { return c.isDigit(); });
        if (!hasDigit && !fillers.matchAt(words, i))
            content.insert(words[i].toString());
    }
    return content;
}

double likeness(const QSet<QString> &one, const QSet<QString> &other) {
    if (one.isEmpty() && other.isEmpty())
        return 1.0;
    const auto shared =
        std::count_if(one.begin(), one.end(), [&other](const QString &word) { return other.contains(word); });
    return double(shared) / double(one.size() + other.size() - shared);
}

bool isShouted(const QString &text) {
    constexpr int fewestLetters = 20;
    constexpr int shareOfCapitals = 70;
    int letters = 0;
    int capitals = 0;
    for (const QString &token : text.split(u' ', Qt::SkipEmptyParts)) {
        const bool hasDigit = std::any_of(token.begin(), token.end(), [](QChar c) { return c.isDigit(); });
        if (hasDigit || token.startsWith(QLatin1String("STOP")) || token.startsWith(QLatin1String("HELP")))
            continue;
        for (const QChar c : token) {
            letters += c.isLetter() ? 1 : 0;
            capitals += c.isUpper() ? 1 : 0;
        }
    }
    return letters >= fewestLetters && capitals * 100 >= letters * shareOfCapitals;
}

Mask maskIn(const Passage &passage) {
    const Words &words = passage.words();
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (!isMaskWord(words[i]))
            continue;
        const bool masksCode = (i > 0 && phrases("code-context").matchAt(words, i - 1)) ||
                               (i > 1 && phrases("code-context").matchAt(words, i - 2));
        return {words[i].toString().toUpper(), masksCode};
    }
    return {runOfSigns(passage.text()), false};
}

bool looksEnglish(const Passage &passage) {
    constexpr qsizetype fewestWords = 10;
    constexpr qsizetype oneIn = 10;
    const Words &words = passage.plainWords();
    if (words.size() < fewestWords)
        return true;
    const Lexicon &common = phrases("english");
    qsizetype english = 0;
    for (qsizetype i = 0; i < words.size(); ++i)
        english += common.matchAt(words, i) ? 1 : 0;
    return english * oneIn >= words.size();
}

} // namespace longcode::rules
