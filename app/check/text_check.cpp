#include "check/text_check.h"

#include "base/program.h"
#include "check/json_string.h"
#include "check/line_reader.h"

#include <cstdio>

namespace longcode::check {

namespace {

/// Far beyond any message, and small enough for thousands of lines.
constexpr std::size_t longestLine = 1024 * 1024;

QByteArray quoted(std::string_view ascii) {
    return '"' + QByteArray(ascii.data(), static_cast<qsizetype>(ascii.size())) + '"';
}

QByteArray codePointName(char32_t codePoint) {
    return "U+" + QByteArray::number(uint(codePoint), 16).toUpper().rightJustified(4, '0');
}

/// Every code point that forces UCS-2, unlike a Diagnosis without a bound and each by itself.
QByteArray forcingOf(std::u16string_view text, sms::SenderKind sender) {
    QByteArray list = "[";
    for (std::size_t i = 0; i < text.size();) {
        const auto [value, length] = sms::codePointAt(text, i);
        if (!sms::fits(value, sender)) {
            list += list.size() > 1 ? "," : "";
            list += "{\"index\":" + QByteArray::number(qulonglong(i)) + ",\"code_point\":\"" +
                    codePointName(value) + "\"}";
        }
        i += static_cast<std::size_t>(length);
    }
    return list + ']';
}

QByteArray answerForLine(std::string_view line, bool tooLong, const TextQuestion &question, bool &bad) {
    if (tooLong) {
        bad = true;
        return errorAnswer(QStringLiteral("The line is longer than %1 bytes.").arg(longestLine));
    }
    const auto text = readJsonString(line);
    if (!text) {
        bad = true;
        return errorAnswer(text.error());
    }
    return answerFor(*text, question);
}

} // namespace

std::optional<sms::SenderKind> senderKindOf(const QString &word) {
    if (word == QLatin1String("long_code"))
        return sms::SenderKind::LongCode;
    if (word == QLatin1String("toll_free"))
        return sms::SenderKind::TollFree;
    if (word == QLatin1String("short_code"))
        return sms::SenderKind::ShortCode;
    if (word == QLatin1String("alphanumeric"))
        return sms::SenderKind::Alphanumeric;
    return std::nullopt;
}

QByteArray answerFor(std::u16string_view text, const TextQuestion &question) {
    const std::u16string sent = question.smart ? sms::smartEncode(text).text : std::u16string(text);
    const sms::Count count = sms::count(sent, question.sender);
    QByteArray answer = "{\"encoding\":" + quoted(sms::name(count.encoding));
    answer += ",\"units\":" + QByteArray::number(count.units);
    answer += ",\"segments\":" + QByteArray::number(count.segments);
    answer += ",\"units_per_segment\":" + QByteArray::number(count.unitsPerSegment);
    answer += ",\"forcing\":" + forcingOf(sent, question.sender);
    answer += ",\"text\":";
    appendJsonString(answer, sent);
    return answer + '}';
}

QByteArray errorAnswer(const QString &sentence) {
    QByteArray answer = "{\"error\":";
    appendJsonString(answer, sentence.toStdU16String());
    return answer + '}';
}

int checkTexts(const TextQuestion &question) {
    LineReader reader(stdin, longestLine);
    bool bad = false;
    std::string line;
    while (reader.next(line)) {
        const QByteArray answer = answerForLine(line, reader.tooLong(), question, bad) + '\n';
        std::fwrite(answer.constData(), 1, static_cast<std::size_t>(answer.size()), stdout);
        if (!reader.hasMore())
            std::fflush(stdout);
    }
    if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
        printError(QStringLiteral("longcode-check"), QStringLiteral("the answers could not be written."));
        return 1;
    }
    return bad ? 1 : 0;
}

} // namespace longcode::check
