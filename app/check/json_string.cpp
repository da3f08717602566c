#include "check/json_string.h"

#include "sms/sms.h"

#include <QStringDecoder>

#include <optional>

namespace longcode::check {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The four digits of \uXXXX.
std::optional<char16_t> hexadecimal(std::u16string_view digits) {
    if (digits.size() < 4)
        return std::nullopt;
    unsigned value = 0;
    for (const char16_t digit : digits.substr(0, 4)) {
        const QChar c(digit);
        const bool isHex = c.unicode() < 0x80 && (c.isDigit() || QStringView(u"abcdefABCDEF").contains(c));
        if (!isHex)
            return std::nullopt;
        value = value * 16 +
                (c.isDigit() ? unsigned(c.digitValue()) : unsigned(c.toLower().unicode() - u'a' + 10));
    }
    return static_cast<char16_t>(value);
}

/// What a one-letter escape stands for.
std::optional<char16_t> unescaped(char16_t letter) {
    constexpr std::u16string_view letters = u"\"\\/bfnrt";
    constexpr std::u16string_view meanings = u"\"\\/\b\f\n\r\t";
    const std::size_t position = letters.find(letter);
    if (position == std::u16string_view::npos)
        return std::nullopt;
    return meanings[position];
}

/// Reads what stands between the quotation marks.
Result<std::u16string, QString> unquoted(std::u16string_view inner) {
    std::u16string text;
    text.reserve(inner.size());
    for (std::size_t i = 0; i < inner.size(); ++i) {
        if (inner[i] < 0x20)
            return failed(QStringLiteral("A control character in a JSON string must be escaped."));
        if (inner[i] == u'"')
            return failed(QStringLiteral("The line holds more than one JSON string."));
        if (inner[i] != u'\\') {
            text.push_back(inner[i]);
            continue;
        }
        if (++i == inner.size())
            return failed(QStringLiteral("The JSON string is not closed."));
        const bool isCode = inner[i] == u'u';
        const auto unit = isCode ? hexadecimal(inner.substr(i + 1)) : unescaped(inner[i]);
        if (!unit)
            return failed(QStringLiteral("The JSON string has an escape that JSON does not know."));
        text.push_back(*unit);
        i += isCode ? 4 : 0;
    }
    return text;
}

bool needsEscape(char32_t value) {
    return value == U'"' || value == U'\\' || value < 0x20 || value == 0x7F ||
           (value >= 0xD800 && value < 0xE000);
}

void appendEscape(QByteArray &out, char16_t unit) {
    if (unit == u'"' || unit == u'\\') {
        out += '\\';
        out += static_cast<char>(unit);
        return;
    }
    out += "\\u" + QByteArray::number(uint(unit), 16).rightJustified(4, '0');
}

} // namespace

Result<std::u16string, QString> readJsonString(std::string_view line) {
    const std::string_view json = trimmed(line);
    if (json.empty())
        return failed(QStringLiteral("The line is empty; it should hold one JSON string."));
    if (json.front() != '"')
        return failed(QStringLiteral("The line is not a JSON string; it should begin and end with \"."));
    if (json.size() < 2 || json.back() != '"')
        return failed(QStringLiteral("The JSON string is not closed."));
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString inner = decoder(QByteArrayView(json.data() + 1, static_cast<qsizetype>(json.size()) - 2));
    if (decoder.hasError())
        return failed(QStringLiteral("The line is not UTF-8."));
    return unquoted(inner.toStdU16String());
}

void appendJsonString(QByteArray &out, std::u16string_view text) {
    out += '"';
    std::size_t written = 0;
    const auto writeUpTo = [&](std::size_t end) {
        out += QStringView(text.data() + written, static_cast<qsizetype>(end - written)).toUtf8();
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto [value, length] = sms::codePointAt(text, i);
        if (needsEscape(value)) {
            writeUpTo(i);
            appendEscape(out, text[i]);
            written = i + 1;
        }
        i += static_cast<std::size_t>(length);
    }
    writeUpTo(text.size());
    out += '"';
}

} // namespace longcode::check
