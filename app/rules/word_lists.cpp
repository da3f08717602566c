#include "rules/word_lists.h"

#include <QSet>

#include <algorithm>
#include <string_view>

namespace longcode::data {
extern const std::string_view urlShorteners;
extern const std::string_view freeMail;
extern const std::string_view values;
extern const std::string_view phrases;
extern const std::string_view prohibited;
extern const std::string_view useCases;
extern const std::string_view limits;
} // namespace longcode::data

namespace longcode::rules {

namespace {

bool sameWord(QStringView word, const QString &wanted, bool isLast) {
    if (wanted == QLatin1String("_") || word == wanted)
        return true;
    return isLast && wanted.size() > 2 && word.size() == wanted.size() + 1 && word.endsWith(u's') &&
           word.startsWith(wanted) && wanted.back().isLetter();
}

std::size_t shapeOf(QStringView word) {
    const auto first = static_cast<std::size_t>(word.front().unicode());
    const auto last = static_cast<std::size_t>(word.back().unicode());
    return (first * 37 + last * 11 + static_cast<std::size_t>(word.size())) % 1024;
}

bool begins(const Words &words, qsizetype at, const QStringList &phrase) {
    if (at + phrase.size() > words.size())
        return false;
    for (qsizetype i = 0; i < phrase.size(); ++i)
        if (!sameWord(words[at + i], phrase[i], i + 1 == phrase.size()))
            return false;
    return true;
}

struct Values {
    QHash<QString, QStringList> lists;
    QHash<QString, QHash<QString, QString>> meanings;
};

const Values &allValues() {
    static const Values values = [] {
        Values read;
        for (const QStringList &row : rowsOf(data::values)) {
            if (row.size() < 2)
                continue;
            read.lists[row[0]].append(row[1]);
            read.meanings[row[0]].insert(row[1], row.value(2));
        }
        return read;
    }();
    return values;
}

const QHash<QString, Lexicon> &allPhrases() {
    static const QHash<QString, Lexicon> lists = [] {
        QHash<QString, Lexicon> read;
        for (const QStringList &row : rowsOf(data::phrases))
            if (row.size() == 2)
                read[row[0]].add(row[1]);
        return read;
    }();
    return lists;
}

QSet<QString> singles(std::string_view table) {
    QSet<QString> read;
    for (const QStringList &row : rowsOf(table))
        read.insert(row[0]);
    return read;
}

QList<UseCase> useCasesOf(const char *filing) {
    QList<UseCase> read;
    for (const QStringList &row : rowsOf(data::useCases)) {
        if (row.size() != 4 || row[0] != QLatin1String(filing))
            continue;
        const auto promotion = row[3] == QLatin1String("marketing")   ? UseCase::Promotion::Expected
                               : row[3] == QLatin1String("promotion") ? UseCase::Promotion::Welcome
                                                                      : UseCase::Promotion::OutOfPlace;
        read.append({row[1], row[2], promotion});
    }
    return read;
}

} // namespace

QList<QStringList> rowsOf(std::string_view table) {
    QList<QStringList> rows;
    const QString text = QString::fromUtf8(table.data(), static_cast<qsizetype>(table.size()));
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts))
        if (!line.startsWith(u'#'))
            rows.append(line.split(u'\t'));
    return rows;
}

void Lexicon::add(const QString &phrase) {
    const QStringList words = phrase.split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return;
    addBelow(words.front(), words);
    if (words.size() == 1 && words.front().size() > 2 && words.front().back().isLetter())
        addBelow(words.front() + u's', words);
}

void Lexicon::addBelow(const QString &firstWord, const QStringList &phrase) {
    m_byFirstWord[firstWord].append(phrase);
    m_firstShapes.set(shapeOf(firstWord));
}

std::optional<Lexicon::Match> Lexicon::matchAt(const Words &words, qsizetype at) const {
    if (!m_firstShapes.test(shapeOf(words[at])))
        return std::nullopt;
    // A view that does not own its characters finds the key without a copy of the word.
    const QString key = QString::fromRawData(words[at].data(), words[at].size());
    const auto found = m_byFirstWord.constFind(key);
    if (found == m_byFirstWord.constEnd())
        return std::nullopt;
    const QStringList *longest = nullptr;
    for (const QStringList &phrase : *found)
        if ((!longest || phrase.size() > longest->size()) && begins(words, at, phrase))
            longest = &phrase;
    if (!longest)
        return std::nullopt;
    return Match{at, at + longest->size(), longest->join(u' ')};
}

std::optional<Lexicon::Match> Lexicon::find(const Words &words, qsizetype from) const {
    for (qsizetype at = from; at < words.size(); ++at)
        if (auto match = matchAt(words, at))
            return match;
    return std::nullopt;
}

int Lexicon::countIn(const Words &words) const {
    QSet<QString> seen;
    for (auto match = find(words); match; match = find(words, match->end))
        seen.insert(match->phrase);
    return static_cast<int>(seen.size());
}

const Lexicon &phrases(const char *list) {
    static const Lexicon none;
    const auto &all = allPhrases();
    const auto found = all.constFind(QString::fromLatin1(list));
    return found == all.constEnd() ? none : *found;
}

const Lexicon &familyWords(const QString &family) {
    const QByteArray list = QByteArrayLiteral("use:") % family.toLatin1();
    return phrases(list.constData());
}

const QStringList &valuesOf(const char *list) {
    static const QStringList none;
    const auto &all = allValues().lists;
    const auto found = all.constFind(QString::fromLatin1(list));
    return found == all.constEnd() ? none : *found;
}

bool isValue(const char *list, const QString &value) {
    return valuesOf(list).contains(value);
}

QString meaningOf(const char *list, const QString &value) {
    return allValues().meanings.value(QString::fromLatin1(list)).value(value);
}

bool isShortener(const QString &host) {
    static const QSet<QString> hosts = singles(data::urlShorteners);
    if (host.startsWith(QLatin1String("www.")))
        return hosts.contains(host.mid(4));
    return hosts.contains(host);
}

bool isFreeMail(const QString &domain) {
    static const QSet<QString> domains = singles(data::freeMail);
    return domains.contains(domain);
}

const ProhibitedCategory &prohibitedCategory(const char *name) {
    static const QHash<QString, ProhibitedCategory> all = [] {
        QHash<QString, ProhibitedCategory> read;
        for (const QStringList &row : rowsOf(data::prohibited)) {
            if (row.size() != 3)
                continue;
            ProhibitedCategory &category = read[row[0]];
            (row[1] == QLatin1String("harmless") ? category.harmless : category.terms).add(row[2]);
        }
        return read;
    }();
    static const ProhibitedCategory none;
    const auto found = all.constFind(QString::fromLatin1(name));
    return found == all.constEnd() ? none : *found;
}

const QList<UseCase> &campaignUseCases() {
    static const QList<UseCase> all = useCasesOf("campaign");
    return all;
}

const QList<UseCase> &tollFreeUseCases() {
    static const QList<UseCase> all = useCasesOf("tollfree");
    return all;
}

const QList<Limit> &limitsOf(const char *filing) {
    static const QHash<QString, QList<Limit>> all = [] {
        QHash<QString, QList<Limit>> read;
        for (const QStringList &row : rowsOf(data::limits))
            if (row.size() == 4)
                read[row[0]].append({row[1], row[2].toInt(), row[3]});
        return read;
    }();
    static const QList<Limit> none;
    const auto found = all.constFind(QString::fromLatin1(filing));
    return found == all.constEnd() ? none : *found;
}

} // namespace longcode::rules
