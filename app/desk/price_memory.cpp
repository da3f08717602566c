#include "desk/price_memory.h"

#include "store/reader.h"

namespace longcode::desk {

namespace {

/// How many paid messages are looked through for one of the kind asked for.
constexpr int lookedThrough = 200;
constexpr int decimals = 6;

/// The amount of the documentation's sample messages (page "Sending a message"), for an account without a
/// paid message of that kind.
Price sampleRate() {
    return {QStringLiteral("0.0051"), QStringLiteral("USD")};
}

/// Half of the documentation's sample of an MMS to two people (page "Group messaging").
Price sampleMmsRate() {
    return {QStringLiteral("0.04"), QStringLiteral("USD")};
}

QString routeKey(const phone::Address &own, const phone::Address &peer) {
    const auto region = peer.region();
    // +1 numbers whose country is not known still cost what the country code's numbers do.
    const QString country = region ? region->code : peer.wire().left(2);
    return QString::number(static_cast<int>(own.kind())) % QLatin1Char(' ') % country;
}

} // namespace

std::optional<QString> dividedAmount(const QString &amount, int parts) {
    const qsizetype point = amount.indexOf(QLatin1Char('.'));
    const QString whole = amount.left(point);
    QString fraction = point < 0 ? QString() : amount.mid(point + 1);
    fraction = fraction.leftJustified(decimals, QLatin1Char('0'), true);
    bool wholeIsNumber = false, fractionIsNumber = false;
    const qint64 units = whole.toUInt(&wholeIsNumber);
    const qint64 millionths = fraction.toUInt(&fractionIsNumber);
    if (!wholeIsNumber || !fractionIsNumber || parts < 1)
        return std::nullopt;
    const qint64 each = (units * 1'000'000 + millionths + parts / 2) / parts;
    QString text = QString::number(each % 1'000'000).rightJustified(decimals, QLatin1Char('0'));
    while (text.size() > 2 && text.endsWith(QLatin1Char('0')))
        text.chop(1);
    return QString(QString::number(each / 1'000'000) % QLatin1Char('.') % text);
}

PriceEstimate PriceMemory::estimate(const phone::Address &own, const phone::Address &peer) const {
    return learned(Kind::Sms, own, peer);
}

PriceEstimate PriceMemory::mmsEstimate(const phone::Address &own, const phone::Address &peer) const {
    return learned(Kind::Mms, own, peer);
}

PriceEstimate PriceMemory::learned(Kind kind, const phone::Address &own, const phone::Address &peer) const {
    const bool mms = kind == Kind::Mms;
    const QString route = routeKey(own, peer);
    const QString key = (mms ? QStringLiteral("mms ") : QStringLiteral("sms ")) % route;
    if (const auto known = m_known.constFind(key); known != m_known.cend())
        return *known;
    PriceEstimate estimate{.perSegment = mms ? sampleMmsRate() : sampleRate(), .learned = false};
    for (const store::PaidRecord &paid : m_reader.lastPaid(lookedThrough)) {
        if (paid.mms != mms ||
            routeKey(phone::fromWire(paid.parties.own), phone::fromWire(paid.parties.peer)) != route)
            continue;
        const auto each = dividedAmount(paid.cost.amount, mms ? 1 : paid.parts);
        if (!each)
            continue;
        estimate = {.perSegment = {*each, paid.cost.currency}, .learned = true};
        break;
    }
    m_known.insert(key, estimate);
    return estimate;
}

} // namespace longcode::desk
