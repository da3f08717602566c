#include "contacts/number_cell.h"

#include "contacts/contact.h"
#include "contacts/plain_text.h"
#include "contacts/say.h"

#include <QRegularExpression>

namespace longcode::contacts {

namespace {

bool isRounded(const QString &mantissa, int exponent) {
    const qsizetype point = mantissa.indexOf(u'.');
    const qsizetype decimals = point < 0 ? 0 : mantissa.size() - point - 1;
    return decimals < exponent;
}

/// A number that a spreadsheet took for a quantity; empty when it did not, or when digits are lost.
QString fromQuantity(const QString &text, NumberCell &cell) {
    static const QRegularExpression scientific(QStringLiteral("^\\+?(\\d(?:[.,]\\d+)?)[eE]\\+?(\\d{1,2})$"));
    static const QRegularExpression decimal(QStringLiteral("^(\\+?\\d{7,15})[.,]0+$"));
    if (const auto match = decimal.match(text); match.hasMatch()) {
        cell.mended.append(Say::tr("“%1” was read as %2.").arg(excerpt(text), match.captured(1)));
        return match.captured(1);
    }
    const auto match = scientific.match(text);
    if (!match.hasMatch())
        return text;
    const QString mantissa = match.captured(1).replace(u',', u'.');
    const int exponent = match.captured(2).toInt();
    if (isRounded(mantissa, exponent)) {
        cell.problems.append(
            Say::tr("“%1”: a spreadsheet has rounded this number and its last digits are lost. "
                    "Format the column as text and export again.")
                .arg(excerpt(text)));
        return {};
    }
    QString digits = mantissa;
    digits.remove(u'.');
    digits.truncate(exponent + 1);
    cell.mended.append(Say::tr("“%1” was read as %2.").arg(excerpt(text), digits));
    return digits;
}

void readOne(const QString &text, const phone::Region &home, NumberCell &cell) {
    const bool mayBeQuantity =
        text.contains(u'.') || text.contains(u',') || text.contains(u'E', Qt::CaseInsensitive);
    const QString number = mayBeQuantity ? fromQuantity(text, cell) : text;
    if (number.isEmpty())
        return;
    const auto address = phone::parse(number, home);
    if (!address)
        cell.problems.append(QStringLiteral("“%1”: %2").arg(excerpt(text), phone::sentence(address.error())));
    else if (!cell.numbers.contains(*address))
        cell.numbers.append(*address);
}

/// "0171 / 1234567" is one number, "212-555-0188 / 212-555-0199" are two.
void readOneOrTwo(const QString &text, const phone::Region &home, NumberCell &cell) {
    static const QRegularExpression slash(QStringLiteral("\\s+/\\s+"));
    NumberCell whole;
    readOne(text, home, whole);
    const QStringList parts = text.split(slash, Qt::SkipEmptyParts);
    if (parts.size() < 2 || whole.problems.isEmpty()) {
        cell.mended += whole.mended;
        cell.problems += whole.problems;
        for (const phone::Address &address : std::as_const(whole.numbers))
            if (!cell.numbers.contains(address))
                cell.numbers.append(address);
        return;
    }
    for (const QString &part : parts)
        readOne(part, home, cell);
}

/// A tel: link has semicolons of its own, a quantity a comma.
bool isOnePiece(const QString &text) {
    static const QRegularExpression quantity(QStringLiteral("^\\+?(?:\\d+,0+|\\d,\\d+[eE]\\+?\\d+)$"));
    return text.startsWith(QLatin1String("tel:"), Qt::CaseInsensitive) || quantity.match(text).hasMatch();
}

} // namespace

NumberCell readNumberCell(const QString &text, const phone::Region &home) {
    static const QRegularExpression between(QStringLiteral("[;,\\r\\n]|:::"));
    constexpr qsizetype mostCharacters = 1000;
    NumberCell cell;
    const QString trimmed = text.left(mostCharacters).trimmed();
    QStringList parts{trimmed};
    if (!isOnePiece(trimmed))
        parts = trimmed.split(between);
    for (const QString &part : parts.mid(0, bounds::numbers))
        if (const QString number = part.trimmed(); !number.isEmpty())
            readOneOrTwo(number, home, cell);
    if (cell.numbers.isEmpty() && cell.problems.isEmpty() && !trimmed.isEmpty())
        cell.problems.append(QStringLiteral("“%1”: %2")
                                 .arg(excerpt(trimmed), phone::sentence(phone::ParseProblem::NotANumber)));
    return cell;
}

} // namespace longcode::contacts
