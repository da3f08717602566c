#pragma once

#include "desk/outbox.h"
#include "sms/sms.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace longcode::composer {

/// What decides the figures of a text besides the text: who sends it, and what that costs.
struct SenderTerms {
    sms::SenderKind kind = sms::SenderKind::LongCode;
    bool smartEncoding = false; ///< the sender's profile encodes smartly by itself
    bool fullAlphabet = false;  ///< counted in the whole alphabet of 3GPP TS 23.038 (D55)
    QString profileName;
    desk::PriceEstimate price;
};

enum class NoticeWeight : quint8 { None, Hint, Warning };

/// What is said about characters that force UCS-2.
struct EncodingNotice {
    NoticeWeight weight = NoticeWeight::None;
    QString sentence;
    QString characters;       ///< the distinct ones, in order of appearance, invisible ones by code point
    bool replaceable = false; ///< at least one has a substitute that a person may want now
    bool highlighted = true;  ///< the characters are exceptions worth marking, not the whole script
};

/// The part of a text beyond the tenth segment.
struct Excess {
    int start = -1; ///< UTF-16 index, or -1 when it cannot be told (smart encoding moves it)
    QString sentence;
};

/// Everything the composer shows about a text, in words. A pure function of text and terms.
struct Figures {
    sms::Diagnosis diagnosis;
    sms::Count counted;       ///< what will be charged: after smart encoding where the profile does it
    QList<double> fills;      ///< 0 to 1 per segment, at most `mostBars`
    QString segments;         ///< "2 segments"
    QString detail;           ///< "UCS-2 · 92 / 134 · 42 left"
    QString cost;             ///< "≈ $0.0102", or empty
    QString alternative;      ///< "With smart encoding:", or empty when it would change nothing
    QString alternativeValue; ///< "1 segment, $0.0051"
    EncodingNotice notice;
    std::optional<Excess> excess;
};
inline constexpr int mostBars = 12;

[[nodiscard]] Figures figuresOf(const QString &text, const SenderTerms &terms);

/// How a character is named to a person: itself when it can be seen, else "U+200B".
[[nodiscard]] QString visibleForm(char32_t codePoint);

/// "U+2019 RIGHT SINGLE QUOTATION MARK".
[[nodiscard]] QString characterName(const sms::Forcing &forcing);

} // namespace longcode::composer
