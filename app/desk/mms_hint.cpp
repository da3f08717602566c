#include "desk/mms_hint.h"

#include <QCoreApplication>

namespace longcode::desk {

namespace {

struct MmsWords {
    Q_DECLARE_TR_FUNCTIONS(MmsHint)
};

constexpr int moneyDecimals = 6;

/// Millionths; nothing: no amount.
std::optional<qint64> millionthsOf(const QString &amount) {
    const qsizetype point = amount.indexOf(QLatin1Char('.'));
    const QString fraction =
        (point < 0 ? QString() : amount.mid(point + 1)).leftJustified(moneyDecimals, QLatin1Char('0'), true);
    bool wholeIsNumber = false, fractionIsNumber = false;
    const qint64 units = amount.left(point).toUInt(&wholeIsNumber);
    const qint64 rest = fraction.toUInt(&fractionIsNumber);
    return wholeIsNumber && fractionIsNumber ? std::optional(units * 1'000'000 + rest) : std::nullopt;
}

QString amountOf(qint64 millionths) {
    QString fraction =
        QString::number(millionths % 1'000'000).rightJustified(moneyDecimals, QLatin1Char('0'));
    while (fraction.size() > 2 && fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    return QString(QString::number(millionths / 1'000'000) % QLatin1Char('.') % fraction);
}

QString inWords(const Price &price) {
    return price.currency == QLatin1String("USD") ? QString(QLatin1Char('$') % price.amount)
                                                  : QString(price.amount % QLatin1Char(' ') % price.currency);
}

} // namespace

std::optional<MmsHint> cheaperAsMms(const sms::Count &count, sms::SenderKind sender,
                                    const PriceEstimate &asSms, const PriceEstimate &asMms) {
    const auto each = millionthsOf(asSms.perSegment.amount);
    const auto whole = millionthsOf(asMms.perSegment.amount);
    if (count.segments < 2 || sender == sms::SenderKind::Alphanumeric || !each || !whole ||
        asSms.perSegment.currency != asMms.perSegment.currency || *whole >= *each * count.segments)
        return std::nullopt;
    MmsHint hint;
    hint.segments = count.segments;
    hint.asSms = {amountOf(*each * count.segments), asSms.perSegment.currency};
    hint.asMms = {amountOf(*whole), asMms.perSegment.currency};
    hint.learned = asSms.learned && asMms.learned;
    hint.sentence = MmsWords::tr("As an MMS this text would cost about %1 instead of %2 (%n segments).",
                                 nullptr, count.segments)
                        .arg(inWords(hint.asMms), inWords(hint.asSms));
    return hint;
}

} // namespace longcode::desk
