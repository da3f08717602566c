#pragma once

#include "sms/sms.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <string>

namespace longcode::check {

/// What `longcode-check text` is asked.
struct TextQuestion {
    sms::SenderKind sender = sms::SenderKind::LongCode;
    bool smart = false; ///< apply smart encoding first, and answer for the text that is then sent
};

/// "long_code", "toll_free", "short_code", "alphanumeric".
[[nodiscard]] std::optional<sms::SenderKind> senderKindOf(const QString &word);

/// One JSON object: `encoding`, `units`, `segments`, `units_per_segment`, `forcing`, `text`.
[[nodiscard]] QByteArray answerFor(std::u16string_view text, const TextQuestion &question);
[[nodiscard]] QByteArray errorAnswer(const QString &sentence);

/// Answers each line of standard input on standard output, in order. Returns the exit code: 1 when a line
/// was no JSON string or the output could not be written.
[[nodiscard]] int checkTexts(const TextQuestion &question);

} // namespace longcode::check
