#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <bitset>
#include <optional>

/// The data files of resources/rules, read once and kept for the life of the program.
namespace longcode::rules {

/// Folded words of a text, one after the other (see Passage).
using Words = QList<QStringView>;

/// Phrases looked up word by word. "_" in a phrase stands for any one word; the last word may also end in s.
class Lexicon {
public:
    /// Where a phrase stands: indices of words, `end` is behind the last.
    struct Match {
        qsizetype begin = 0;
        qsizetype end = 0;
        QString phrase; ///< as it is in the data
    };

    void add(const QString &phrase);
    /// The longest phrase that begins exactly at word `at`.
    [[nodiscard]] std::optional<Match> matchAt(const Words &words, qsizetype at) const;
    /// The first phrase at or behind `from`.
    [[nodiscard]] std::optional<Match> find(const Words &words, qsizetype from = 0) const;
    [[nodiscard]] bool isIn(const Words &words) const { return find(words).has_value(); }
    /// How many different phrases occur.
    [[nodiscard]] int countIn(const Words &words) const;

private:
    void addBelow(const QString &firstWord, const QStringList &phrase);

    QHash<QString, QList<QStringList>> m_byFirstWord;
    /// Which shapes of first words there are: most words of a text are turned away without a look-up.
    std::bitset<1024> m_firstShapes;
};

/// The phrases of one list of phrases.tsv; an unknown list is empty.
[[nodiscard]] const Lexicon &phrases(const char *list);
/// The phrases samples of a family of use cases speak of ("use:…").
[[nodiscard]] const Lexicon &familyWords(const QString &family);

/// A closed list of values.tsv, in its order.
[[nodiscard]] const QStringList &valuesOf(const char *list);
[[nodiscard]] bool isValue(const char *list, const QString &value);
/// The third column of a value ("TX" → "Texas"), or empty.
[[nodiscard]] QString meaningOf(const char *list, const QString &value);

[[nodiscard]] bool isShortener(const QString &host);
[[nodiscard]] bool isFreeMail(const QString &domain);

struct ProhibitedCategory {
    Lexicon terms;
    Lexicon harmless;
};
[[nodiscard]] const ProhibitedCategory &prohibitedCategory(const char *name);

struct UseCase {
    QString name;
    QString family; ///< "any": samples may speak of anything
    enum class Promotion : quint8 { OutOfPlace, Welcome, Expected } promotion = Promotion::Welcome;
};
[[nodiscard]] const QList<UseCase> &campaignUseCases();
[[nodiscard]] const QList<UseCase> &tollFreeUseCases();

struct Limit {
    QString field;
    int longest = 0; ///< characters; 0: no limit known
    QString need;    ///< who needs it, see limits.tsv; "-": nobody
};
/// `filing`: "brand", "campaign" or "tollfree".
[[nodiscard]] const QList<Limit> &limitsOf(const char *filing);

/// The lines of an embedded table without comments, split at tabs.
[[nodiscard]] QList<QStringList> rowsOf(std::string_view table);

} // namespace longcode::rules
