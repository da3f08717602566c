#include "composer/money.h"

#include <limits>

namespace longcode::composer {

namespace {

struct Decimal {
    qint64 digits = 0;
    int decimals = 0;
};

std::optional<Decimal> read(const QString &amount) {
    constexpr int mostDigits = 15;
    Decimal decimal;
    int count = 0;
    bool afterPoint = false;
    for (const QChar c : amount.trimmed()) {
        if (c == u'.' && !afterPoint) {
            afterPoint = true;
            continue;
        }
        if (c < u'0' || c > u'9' || ++count > mostDigits)
            return std::nullopt;
        decimal.digits = decimal.digits * 10 + (c.unicode() - u'0');
        decimal.decimals += afterPoint ? 1 : 0;
    }
    return count > 0 ? std::optional(decimal) : std::nullopt;
}

} // namespace

std::optional<QString> multiplied(const QString &amount, int times) {
    const std::optional<Decimal> decimal = read(amount);
    if (!decimal || times < 0)
        return std::nullopt;
    if (times > 0 && decimal->digits > std::numeric_limits<qint64>::max() / times)
        return std::nullopt;
    QString text = QString::number(decimal->digits * times).rightJustified(decimal->decimals + 1, u'0');
    if (decimal->decimals > 0)
        text.insert(text.size() - decimal->decimals, u'.');
    return text;
}

QString moneyInWords(const desk::Price &perSegment, int segments) {
    const std::optional<QString> amount = multiplied(perSegment.amount, segments);
    if (!amount)
        return {};
    if (perSegment.currency == QStringLiteral("USD"))
        return u'$' + *amount;
    if (perSegment.currency == QStringLiteral("EUR"))
        return QStringLiteral("€") + *amount;
    if (perSegment.currency == QStringLiteral("GBP"))
        return QStringLiteral("£") + *amount;
    return *amount + u' ' + perSegment.currency;
}

} // namespace longcode::composer
