#include "rules/phone_shape.h"

#include "rules/word_lists.h"

#include <algorithm>

namespace longcode::rules {

namespace {

bool isPhoneSeparator(QChar c) {
    return c == u'-' || c == u'.' || c == u' ' || c == u'(' || c == u')' || c == u'/' || c == QChar(0x00A0);
}

bool isAsciiDigit(QChar c) {
    return c >= u'0' && c <= u'9';
}

QString digitsOf(QStringView text) {
    QString digits;
    for (const QChar c : text)
        if (isAsciiDigit(c))
            digits += c;
    return digits;
}

/// Digits in groups, as "3-3-4" or "1-3-3-4"; `end` is moved behind the number.
QList<int> groupsFrom(const QString &text, qsizetype &end) {
    QList<int> groups{0};
    qsizetype lastDigit = end;
    for (qsizetype at = end; at < text.size(); ++at) {
        if (isAsciiDigit(text[at])) {
            ++groups.back();
            lastDigit = at + 1;
        } else if (isPhoneSeparator(text[at]) && at - lastDigit < 2) {
            if (groups.back() > 0)
                groups.append(0);
        } else {
            break;
        }
    }
    if (groups.back() == 0)
        groups.removeLast();
    end = lastDigit;
    return groups;
}

bool isToldToCall(const QString &text, qsizetype at) {
    const QString before = text.mid(std::max<qsizetype>(0, at - 16), std::min<qsizetype>(at, 16)).toLower();
    for (const char *word : {"call", "text", "phone", "tel", "dial", "fax"})
        if (before.contains(QLatin1String(word)))
            return true;
    return false;
}

bool isPhone(const QString &text, qsizetype begin, const QList<int> &groups, bool hasPlus) {
    int digits = 0;
    for (const int group : groups)
        digits += group;
    if (hasPlus)
        return digits >= 8 && digits <= 15;
    static const QList<int> local{3, 3, 4};
    static const QList<int> halves{1, 3, 7};
    if (groups.mid(std::max<qsizetype>(0, groups.size() - 3)) == local || groups == halves)
        return true;
    return groups.size() == 1 && (digits == 10 || digits == 11) && isToldToCall(text, begin);
}

bool beginsNumber(const QString &text, qsizetype at) {
    if (!isAsciiDigit(text[at]))
        return false;
    return at == 0 || (!text[at - 1].isLetterOrNumber() && !QStringView(u"#$€£.-_/=").contains(text[at - 1]));
}

} // namespace

bool isE164(const QString &text) {
    constexpr qsizetype shortest = 8;
    constexpr qsizetype longest = 15;
    const QStringView digits = QStringView(text).mid(1);
    return text.startsWith(u'+') && digits.size() >= shortest && digits.size() <= longest &&
           digits.front() != u'0' && std::all_of(digits.begin(), digits.end(), isAsciiDigit);
}

QString asE164(const QString &text) {
    const QString trimmed = text.trimmed();
    const bool isWritten = std::all_of(trimmed.begin(), trimmed.end(), [](QChar c) {
        return isAsciiDigit(c) || isPhoneSeparator(c) || c == u'+';
    });
    const QString digits = digitsOf(trimmed);
    QString meant;
    if (trimmed.startsWith(u'+'))
        meant = u'+' + digits;
    else if (digits.size() == 10 && digits.front() >= u'2')
        meant = QStringLiteral("+1") + digits;
    else if (digits.size() == 11 && digits.front() == u'1')
        meant = u'+' + digits;
    return isWritten && isE164(meant) ? meant : QString();
}

bool containsPhone(const QString &text) {
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (!beginsNumber(text, at))
            continue;
        const bool hasPlus = at > 0 && text[at - 1] == u'+';
        qsizetype end = at;
        const QList<int> groups = groupsFrom(text, end);
        const bool endsClean = end >= text.size() || !text[end].isLetterOrNumber();
        if (endsClean && isPhone(text, at, groups, hasPlus))
            return true;
        at = std::max(at, end - 1);
    }
    return false;
}

bool isTollFree(const QString &e164) {
    constexpr qsizetype lengthInPlan = 12;
    return isE164(e164) && e164.startsWith(QLatin1String("+1")) && e164.size() == lengthInPlan &&
           isValue("toll-free-code", e164.mid(2, 3));
}

} // namespace longcode::rules
