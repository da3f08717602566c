#include "rules/tax_number.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace longcode::rules {

namespace {

/// Compares with a form in which 9 stands for a digit, A for a capital, * for either, others for themselves.
bool hasForm(const QString &text, std::string_view form) {
    if (text.size() != static_cast<qsizetype>(form.size()))
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const char wanted = form[static_cast<std::size_t>(i)];
        const bool isDigit = c >= u'0' && c <= u'9';
        const bool isCapital = c >= u'A' && c <= u'Z';
        const bool fits = wanted == '9'   ? isDigit
                          : wanted == 'A' ? isCapital
                          : wanted == '*' ? isDigit || isCapital
                                          : c == static_cast<char16_t>(wanted);
        if (!fits)
            return false;
    }
    return true;
}

QString squeezed(const QString &text) {
    QString out;
    for (const QChar c : text.toUpper())
        if (!c.isSpace())
            out += c;
    return out;
}

} // namespace

QString onlyDigits(const QString &text) {
    QString digits;
    for (const QChar c : text)
        if (c >= u'0' && c <= u'9')
            digits += c;
    return digits;
}

bool isEin(const QString &text) {
    return hasForm(text, "999999999") || hasForm(text, "99-9999999");
}

bool looksLikeSsn(const QString &text) {
    return hasForm(text, "999-99-9999") || hasForm(text, "999 99 9999");
}

bool isSsn(const QString &text) {
    return looksLikeSsn(text) || hasForm(text, "999999999");
}

bool isCra(const QString &text) {
    const QString number = squeezed(text);
    return hasForm(number, "999999999") || hasForm(number, "999999999AA9999");
}

bool isCompaniesHouse(const QString &text) {
    const QString number = squeezed(text);
    return hasForm(number, "99999999") || hasForm(number, "AA999999");
}

bool isAbn(const QString &text) {
    static constexpr std::array weights{10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
    constexpr int modulus = 89;
    const QString number = squeezed(text);
    if (!hasForm(number, "99999999999"))
        return false;
    int sum = -weights[0];
    for (std::size_t i = 0; i < weights.size(); ++i)
        sum += weights[i] * number[static_cast<qsizetype>(i)].digitValue();
    return sum % modulus == 0;
}

bool isVat(const QString &text) {
    constexpr qsizetype shortest = 4;
    constexpr qsizetype longest = 15;
    QString number = squeezed(text);
    number.remove(u'.').remove(u'-');
    if (number.size() < shortest || number.size() > longest || !hasForm(number.left(2), "AA"))
        return false;
    const QStringView rest = QStringView(number).mid(2);
    const bool isPlain = std::all_of(rest.begin(), rest.end(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'+' || c == u'*');
    });
    return isPlain && std::any_of(rest.begin(), rest.end(), [](QChar c) { return c.isDigit(); });
}

bool isDuns(const QString &text) {
    return hasForm(text, "999999999") || hasForm(text, "99-999-9999");
}

bool isLei(const QString &text) {
    return hasForm(text, "******************99");
}

bool isGiin(const QString &text) {
    return hasForm(text, "******.*****.AA.999");
}

} // namespace longcode::rules
