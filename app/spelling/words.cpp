#include "spelling/words.h"

#include <QChar>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace longcode::spelling {

namespace {

bool isApostrophe(QChar c) {
    return c == u'\'' || c == QChar(0x2019);
}

bool isMark(QChar c) {
    const QChar::Category category = c.category();
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining;
}

bool writesWordsApart(QChar c) {
    switch (c.script()) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return false;
    default:
        return true;
    }
}

/// Stretches between blanks that are no prose as a whole.
bool isNoProse(QStringView piece) {
    static const QRegularExpression names(
        QStringLiteral("://|^www\\.|@|^#|[\\w-]\\.[a-z]{2,}(?:[/?#:]|$)|_|\\{\\{|\\}\\}|\\\\"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return names.match(piece.toString()).hasMatch();
}

bool isWorthLookingUp(QStringView word) {
    if (word.size() < 2)
        return false;
    const bool hasSmall =
        std::any_of(word.begin(), word.end(), [](QChar c) { return c.isLetter() && !c.isUpper(); });
    return hasSmall && std::all_of(word.begin(), word.end(), writesWordsApart);
}

/// Words inside one stretch without blanks; a stretch with a digit next to letters gives none.
void appendWords(QStringView text, qsizetype begin, qsizetype end, QList<Word> &words) {
    qsizetype at = begin;
    while (at < end) {
        if (!text[at].isLetterOrNumber()) {
            ++at;
            continue;
        }
        const qsizetype from = at;
        bool hasDigit = false;
        while (at < end && (text[at].isLetterOrNumber() || isMark(text[at]) ||
                            (isApostrophe(text[at]) && at + 1 < end && text[at + 1].isLetter()))) {
            hasDigit = hasDigit || text[at].isNumber();
            ++at;
        }
        if (!hasDigit && isWorthLookingUp(text.mid(from, at - from)))
            words.append({from, at - from});
    }
}

} // namespace

QList<Word> wordsIn(const QString &text) {
    static const QRegularExpression variables(QStringLiteral("\\{\\{[^{}]*\\}\\}"));
    QString prose = text;
    for (auto it = variables.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        prose.replace(match.capturedStart(), match.capturedLength(), QString(match.capturedLength(), u' '));
    }
    QList<Word> words;
    qsizetype at = 0;
    while (at < prose.size()) {
        if (prose.at(at).isSpace()) {
            ++at;
            continue;
        }
        const qsizetype from = at;
        while (at < prose.size() && !prose.at(at).isSpace())
            ++at;
        if (!isNoProse(QStringView(prose).mid(from, at - from)))
            appendWords(prose, from, at, words);
    }
    return words;
}

QStringList wordsOfName(const QString &name) {
    QStringList all;
    const QStringList pieces =
        name.toLower().split(QRegularExpression(QStringLiteral("[\\s,;()\"]+")), Qt::SkipEmptyParts);
    for (QString piece : pieces) {
        piece.replace(QChar(0x2019), u'\'');
        all.append(piece);
        const QStringList parts = piece.split(u'-', Qt::SkipEmptyParts);
        if (parts.size() > 1)
            all += parts;
    }
    all.removeDuplicates();
    return all;
}

} // namespace longcode::spelling
