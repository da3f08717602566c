#pragma once

#include "rules/passage.h"

#include <QSet>

/// What rules about samples ask of a text.
namespace longcode::rules {

/// An instruction how to opt out, with STOP or its like as words of their own.
[[nodiscard]] bool hasOptOut(const Passage &passage);
/// The token in which STOP is glued to a word or an address ("STOP2END", "…/track.Reply STOP"), or empty.
[[nodiscard]] QString gluedOptOut(const QString &text);
/// A reply word that opts the recipient out but is asked for to do something else (D47), or empty.
[[nodiscard]] QString misusedOptOutWord(const Passage &passage);
/// The words that make a sample what it is: no figures, variables, opt-out line or little words.
[[nodiscard]] QSet<QString> contentWords(const Passage &passage);
/// How much two samples share, 0 to 1.
[[nodiscard]] double likeness(const QSet<QString> &one, const QSet<QString> &other);
/// Whether most letters are capitals, words with figures, reply words and abbreviations aside.
[[nodiscard]] bool isShouted(const QString &text);
/// "xxxx", "####" or "____" where something real should stand; `masksCode` when it stands behind words like
/// "code is". Empty when there is none.
struct Mask {
    QString text;
    bool masksCode = false;
};
[[nodiscard]] Mask maskIn(const Passage &passage);
/// Whether English is what the text seems to be written in; short texts count as English.
[[nodiscard]] bool looksEnglish(const Passage &passage);

} // namespace longcode::rules
