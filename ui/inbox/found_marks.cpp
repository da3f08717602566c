#include "inbox/found_marks.h"

#include "style/tokens.h"

#include <QStringList>

#include <algorithm>

namespace longcode::inbox {

namespace {

/// One unit for one unit, so that places stay what they are.
QString folded(const QString &text) {
    QString plain = text;
    for (QChar &character : plain) {
        const QChar::Decomposition kind = character.decompositionTag();
        if (kind == QChar::Canonical) {
            const QString parts = character.decomposition();
            if (!parts.isEmpty() && !parts.front().isSurrogate())
                character = parts.front();
        }
        character = character.toCaseFolded();
    }
    return plain;
}

QStringList wordsOf(const QString &searched) {
    QStringList words;
    QString word;
    const QString ended = folded(searched) + QLatin1Char(' ');
    for (const QChar character : ended) {
        const bool part = character.isLetterOrNumber() || character.isMark() || character.isSurrogate();
        if (part) {
            word += character;
        } else if (!word.isEmpty()) {
            words << word;
            word.clear();
        }
    }
    return words;
}

bool beginsWord(const QString &text, qsizetype at) {
    return at == 0 || !(text.at(at - 1).isLetterOrNumber() || text.at(at - 1).isMark());
}

bool isDigits(const QString &word) {
    return std::all_of(word.cbegin(), word.cend(), [](QChar c) { return c.isDigit(); });
}

} // namespace

QList<desk::Mark> foundIn(const QString &text, const QString &searched) {
    QList<desk::Mark> marks;
    const QString plain = folded(text);
    for (const QString &word : wordsOf(searched)) {
        const bool anywhere = isDigits(word);
        for (qsizetype at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.size())) {
            if (anywhere || beginsWord(plain, at))
                marks << desk::Mark(at, word.size());
        }
    }
    std::sort(marks.begin(), marks.end());
    QList<desk::Mark> apart;
    for (const desk::Mark &mark : marks) {
        if (apart.isEmpty() || mark.first >= apart.back().first + apart.back().second)
            apart << mark;
        else
            apart.back().second = qMax(apart.back().second, mark.first + mark.second - apart.back().first);
    }
    return apart;
}

QColor markFill(const style::Tokens &tokens) {
    return tokens.dark ? QColor(QRgb(0xff6a5210)) : QColor(QRgb(0xffffdf80));
}

} // namespace longcode::inbox
