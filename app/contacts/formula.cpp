#include "contacts/formula.h"

#include <algorithm>

namespace longcode::contacts {

namespace {

constexpr QStringView triggers = u"=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20\u2212";

bool isE164(QStringView text) {
    constexpr qsizetype fewestDigits = 7;
    constexpr qsizetype mostDigits = 15;
    if (!text.startsWith(u'+') || text.size() <= fewestDigits || text.size() > mostDigits + 1)
        return false;
    return std::all_of(text.begin() + 1, text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// Behind blanks and apostrophes.
QStringView core(QStringView cell) {
    while (!cell.isEmpty() && (cell.front() == u' ' || cell.front() == u'\u00A0' || cell.front() == u'\''))
        cell = cell.mid(1);
    return cell;
}

} // namespace

bool looksLikeFormula(const QString &cell) {
    const QStringView inside = core(cell);
    return !inside.isEmpty() && triggers.contains(inside.front()) && !isE164(cell);
}

QString withFormulaGuard(const QString &cell) {
    return looksLikeFormula(cell) ? QString(u'\'' + cell) : cell;
}

QString withoutFormulaGuard(const QString &cell) {
    // Other programs guard numbers, too.
    const QStringView inside = core(cell);
    const bool isGuarded = cell.startsWith(u'\'') && !inside.isEmpty() && triggers.contains(inside.front());
    return isGuarded ? cell.mid(1) : cell;
}

} // namespace longcode::contacts
