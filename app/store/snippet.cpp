#include "store/snippet.h"

#include "store/needle.h"

#include <algorithm>

namespace longcode::store {

namespace {

/// So many units stand before the first word found: people read on from there.
constexpr qsizetype lead = 32;
/// A cut looks this far for a space.
constexpr qsizetype reach = 16;

/// One unit stays one unit, so that no mark moves.
QString inOneLine(const QString &text) {
    QString line = text;
    for (QChar &c : line) {
        if (c.isSpace() || c.category() == QChar::Other_Control)
            c = QLatin1Char(' ');
    }
    return line;
}

bool isInsideCharacter(const QString &text, qsizetype place) {
    if (place <= 0 || place >= text.size())
        return false;
    const QChar c = text.at(place);
    return c.isLowSurrogate() || c.isMark() || c == QChar(0x200d) || text.at(place - 1) == QChar(0x200d);
}

/// The nearest place for a cut at or after `place`, up to `last`.
qsizetype cutAfter(const QString &text, qsizetype place, qsizetype last) {
    const qsizetype space = text.indexOf(QLatin1Char(' '), place);
    if (space >= 0 && space < std::min(place + reach, last))
        return space + 1;
    while (place < last && isInsideCharacter(text, place))
        ++place;
    return place;
}

/// The nearest place for a cut at or before `place`, from `first` on.
qsizetype cutBefore(const QString &text, qsizetype place, qsizetype first) {
    const qsizetype space = text.lastIndexOf(QLatin1Char(' '), place);
    if (space > std::max(place - reach, first))
        return space;
    while (place > first && isInsideCharacter(text, place))
        --place;
    return place;
}

Snippet piece(const QString &line, qsizetype begin, qsizetype end, const QList<Mark> &marks) {
    Snippet snippet;
    while (begin < end && line.at(begin) == QLatin1Char(' '))
        ++begin;
    const QString ellipsis(QChar(0x2026));
    const bool cutInFront = begin > 0 && !line.first(begin).trimmed().isEmpty();
    const bool cutBehind = !line.sliced(end).trimmed().isEmpty();
    const qsizetype shift = (cutInFront ? 1 : 0) - begin;
    snippet.text = (cutInFront ? ellipsis : QString()) + line.sliced(begin, end - begin);
    while (snippet.text.endsWith(QLatin1Char(' ')))
        snippet.text.chop(1);
    const qsizetype length = snippet.text.size();
    if (cutBehind)
        snippet.text += ellipsis;
    for (const auto &[at, size] : marks) {
        if (at >= begin && at + shift < length)
            snippet.marks.append({at + shift, std::min(size, length - at - shift)});
    }
    return snippet;
}

} // namespace

QList<Mark> marksIn(const QString &text, const QStringList &words) {
    QList<Mark> marks;
    if (words.isEmpty())
        return marks;
    const auto whole = words.cbegin(), last = words.cend() - 1;
    for (const Word &word : wordsOf(text)) {
        if (std::find(whole, last, word.folded) != last)
            marks.append({word.begin, word.length});
        else if (word.folded.startsWith(*last))
            marks.append(
                {word.begin, lengthOfPrefix(QStringView(text).sliced(word.begin, word.length), *last)});
    }
    return marks;
}

Snippet snippetOf(const QString &text, const QStringList &words, qsizetype room) {
    const QString line = inOneLine(text);
    const QList<Mark> marks = marksIn(text, words);
    if (line.size() <= room)
        return piece(line, 0, line.size(), marks);
    const qsizetype found = marks.isEmpty() ? 0 : marks.first().first;
    qsizetype begin = std::clamp<qsizetype>(found - lead, 0, line.size() - room);
    if (begin > 0)
        begin = cutAfter(line, begin, found);
    qsizetype end = std::min(begin + room, line.size());
    if (end < line.size())
        end = cutBefore(line, end, marks.isEmpty() ? begin : found + marks.first().second);
    return piece(line, begin, std::max(begin, end), marks);
}

} // namespace longcode::store
