#include "palette/fuzzy.h"

#include <QStringList>

namespace longcode::palette {

namespace {

constexpr int atBeginning = 12;
constexpr int atWord = 9;
constexpr int within = 5;
constexpr int inPath = 3;
constexpr int scattered = 1;

/// Lower case, without accents.
QString folded(const QString &text) {
    QString plain;
    const QString parts = text.normalized(QString::NormalizationForm_KD);
    plain.reserve(parts.size());
    for (const QChar c : parts) {
        if (!c.isMark())
            plain += c.toCaseFolded();
    }
    return plain;
}

bool beginsWord(const QString &text, const QString &word) {
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (at == 0 || !text[at - 1].isLetterOrNumber())
            return true;
    }
    return false;
}

bool holdsInOrder(const QString &text, const QString &letters) {
    qsizetype at = 0;
    for (const QChar c : text) {
        if (at < letters.size() && c == letters[at])
            ++at;
    }
    return at == letters.size();
}

int scoreOf(const QString &word, const QString &title, const QString &path) {
    if (title.startsWith(word))
        return atBeginning;
    if (beginsWord(title, word))
        return atWord;
    if (title.contains(word))
        return within;
    if (beginsWord(path, word))
        return inPath;
    // Fewer letters are found in order in nearly every title.
    constexpr qsizetype enough = 3;
    return word.size() >= enough && holdsInOrder(title, word) ? scattered : 0;
}

} // namespace

std::optional<int> fuzzyScore(const QString &typed, const QString &title, const QString &path) {
    const QString foldedTitle = folded(title);
    const QString foldedPath = folded(path);
    int sum = 0;
    const QStringList words = folded(typed).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const int score = scoreOf(word, foldedTitle, foldedPath);
        if (score == 0)
            return std::nullopt;
        sum += score;
    }
    return sum;
}

} // namespace longcode::palette
