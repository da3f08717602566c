#include "base/utc.h"

#include <QRegularExpression>
#include <QTimeZone>

namespace longcode {

namespace {

int number(const QRegularExpressionMatch &match, int group) { return match.capturedView(group).toInt(); }

/// Milliseconds from a fraction of one to nine digits; what is finer is cut off.
int milliseconds(QStringView fraction) {
    return fraction.left(3).toString().leftJustified(3, u'0').toInt();
}

} // namespace

std::optional<QDateTime> parseUtc(QStringView text) {
    static const QRegularExpression form(QStringLiteral(
        "^(\\d{4})-(\\d{2})-(\\d{2})[T ](\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?"
        "(Z|[+-](?:[01]\\d|2[0-3]):?[0-5]\\d)?\\z"));
    if (text.size() > 40)
        return std::nullopt;
    const auto match = form.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    const QDate date(number(match, 1), number(match, 2), number(match, 3));
    const QTime time(number(match, 4), number(match, 5), number(match, 6), milliseconds(match.capturedView(7)));
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    QDateTime utc(date, time, Qt::UTC);
    const QStringView zone = match.capturedView(8);
    if (zone.size() > 1) {
        const int minutes = zone.mid(1, 2).toInt() * 60 + zone.right(2).toInt();
        utc = utc.addSecs((zone.front() == u'-' ? 60 : -60) * minutes);
    }
    return utc;
}

QString formatUtc(const QDateTime &time) { return time.toUTC().toString(Qt::ISODateWithMs); }

} // namespace longcode
