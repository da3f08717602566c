#include "store/needle.h"

#include "phone/phone.h"
#include "store/operations.h"

namespace longcode::store {

namespace {

/// A code point of a text and where it stands.
struct CodePoint {
    char32_t value = 0;
    qsizetype length = 1;
};

CodePoint codePointAt(QStringView text, qsizetype place) {
    const QChar first = text.at(place);
    if (first.isHighSurrogate() && place + 1 < text.size() && text.at(place + 1).isLowSurrogate())
        return {QChar::surrogateToUcs4(first, text.at(place + 1)), 2};
    return {first.unicode(), 1};
}

/// The accents that the index drops, out of U+0300 to U+0331; at all others it ends a word.
bool isAccent(char32_t c) {
    constexpr quint64 dropped = 0x000361F8'08029FDF;
    return c >= 0x300 && c <= 0x331 && ((dropped >> (c - 0x300)) & 1) != 0;
}

/// Vowel signs of Indian scripts and Arabic part words in the index, so they do here.
bool isOfWord(char32_t c) {
    return QChar::isLetterOrNumber(c) || QChar::category(c) == QChar::Other_PrivateUse;
}

/// The Latin letter under an accent: the index leaves other scripts' letters as they are.
char32_t withoutAccents(char32_t c) {
    if (c < 0xc0 || QChar::decompositionTag(c) != QChar::Canonical)
        return c;
    const QString parts = QChar::decomposition(c);
    const char32_t base = parts.size() == 2 ? withoutAccents(parts.at(0).unicode()) : c;
    return base < 0x80 ? base : c;
}

char32_t folded(char32_t c) {
    return QChar::toLower(withoutAccents(QChar::toCaseFolded(c)));
}

void append(QString &text, char32_t c) {
    if (QChar::requiresSurrogates(c))
        text += QChar(QChar::highSurrogate(c));
    text += QChar::requiresSurrogates(c) ? QChar(QChar::lowSurrogate(c)) : QChar(static_cast<char16_t>(c));
}

/// Whether this could be (part of) a number as people write them.
bool looksLikeNumber(const QString &text) {
    for (const QChar c : text) {
        if (!c.isDigit() && !c.isSpace() && !QStringLiteral("+()-./").contains(c))
            return false;
    }
    return true;
}

/// The digits as they are in an international number: without what is dialled before it, and without the
/// trunk zero of a national form.
QString digitsLookedFor(QString text) {
    text.remove(QStringLiteral("(0)"));
    QString digits = phone::digitsOf(text);
    constexpr qsizetype shortestNational = 7, shortestInternational = 12;
    if (digits.size() >= shortestInternational && digits.startsWith(QStringLiteral("011")))
        digits.remove(0, 3);
    else if (digits.size() >= shortestInternational && digits.startsWith(QStringLiteral("00")))
        digits.remove(0, 2);
    else if (digits.size() >= shortestNational && digits.startsWith(QLatin1Char('0')))
        digits.remove(0, 1);
    return digits;
}

} // namespace

QList<Word> wordsOf(const QString &text) {
    QList<Word> words;
    Word word;
    for (qsizetype place = 0; place < text.size();) {
        const CodePoint c = codePointAt(text, place);
        if (isOfWord(c.value)) {
            if (word.folded.isEmpty())
                word.begin = place;
            append(word.folded, folded(c.value));
            word.length = place + c.length - word.begin;
        } else if (isAccent(c.value) && !word.folded.isEmpty()) {
            word.length = place + c.length - word.begin;
        } else if (!word.folded.isEmpty()) {
            words.append(std::exchange(word, {}));
        }
        place += c.length;
    }
    if (!word.folded.isEmpty())
        words.append(word);
    return words;
}

qsizetype lengthOfPrefix(QStringView word, const QString &wanted) {
    qsizetype place = 0;
    for (QString so; place < word.size();) {
        const CodePoint c = codePointAt(word, place);
        if (!isAccent(c.value)) {
            if (so.size() >= wanted.size())
                break;
            append(so, folded(c.value));
        }
        place += c.length;
    }
    return place;
}

Needle needleOf(const QString &typed) {
    Needle needle;
    const QString text = typed.simplified();
    needle.name = foldedForSearch(text);
    if (looksLikeNumber(text))
        needle.digits = digitsLookedFor(text);
    const QList<Word> words = wordsOf(text);
    for (const Word &word : words)
        needle.words.append(word.folded);
    if (words.isEmpty() || (words.size() == 1 && words.first().folded.size() < 2))
        return needle;
    // As typed: SQLite folds by its own tables.
    for (const Word &word : words)
        needle.match += QLatin1Char('"') + text.sliced(word.begin, word.length) + QStringLiteral("\" ");
    needle.match = needle.match.trimmed() + QLatin1Char('*');
    return needle;
}

} // namespace longcode::store
