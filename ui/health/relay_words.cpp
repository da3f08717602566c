#include "health/relay_words.h"

#include "style/plain_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace longcode::health {

namespace {

QString relayPageWord(const char *text, int count = -1) {
    return QCoreApplication::translate("longcode::health::Words", text, nullptr, count);
}

QString inOneLine(const Failure &failure) {
    return style::singleLine(failure.remedy.isEmpty() ? failure.what : failure.what + u' ' + failure.remedy);
}

/// What is wrong although the console hears its relay; empty: nothing.
QString hiddenTrouble(const desk::RelayHealth &health) {
    if (const auto figures = health.figures()) {
        if (figures->storeFailing)
            return relayPageWord(
                "The relay cannot write its log: it turns events away, and Telnyx tries again later. "
                "Free disk space on its machine.");
    }
    if (!health.gaps().isEmpty())
        return relayPageWord("Some events never arrived here; see below.");
    return {};
}

struct Span {
    const char *one;
    const char *many;
};

QString countedAgo(qint64 count, const Span &words) {
    return count == 1 ? relayPageWord(words.one) : relayPageWord(words.many).arg(count);
}

} // namespace

RelayState stateOf(const desk::RelayStatus &status, const desk::RelayHealth &health) {
    switch (status.condition) {
    case desk::RelayCondition::NotSetUp:
        return {StateTone::Warn, relayPageWord("No relay is set up"),
                relayPageWord(
                    "Replies and delivery reports cannot arrive. Connect the account again to set one up.")};
    case desk::RelayCondition::Connecting:
        return {StateTone::Quiet, relayPageWord("Connecting…"), {}};
    case desk::RelayCondition::CatchingUp:
        return {StateTone::Quiet, relayPageWord("Catching up"),
                relayPageWord("Reading what arrived while this console was away.")};
    case desk::RelayCondition::Connected: {
        const QString trouble = hiddenTrouble(health);
        if (!trouble.isEmpty())
            return {StateTone::Warn, relayPageWord("Connected, but not well"), trouble};
        return {StateTone::Good, relayPageWord("Connected"),
                relayPageWord("Replies and delivery reports arrive here as they happen.")};
    }
    case desk::RelayCondition::Silent:
        return {StateTone::Warn, relayPageWord("Connected, but silent"), inOneLine(status.trouble)};
    case desk::RelayCondition::Lost:
        return {StateTone::Bad, relayPageWord("Connection lost, trying again"), inOneLine(status.trouble)};
    case desk::RelayCondition::Refused:
        break;
    }
    return {StateTone::Bad, relayPageWord("The relay refused this console"), inOneLine(status.trouble)};
}

QString agoWords(const QDateTime &at, const QDateTime &now) {
    if (!at.isValid())
        return relayPageWord("never");
    const qint64 seconds = at.secsTo(now);
    if (seconds < 2)
        return relayPageWord("just now");
    if (seconds < 120)
        return countedAgo(seconds, {"1 second ago", "%1 seconds ago"});
    if (seconds < 2 * 3600)
        return countedAgo(seconds / 60, {"1 minute ago", "%1 minutes ago"});
    if (seconds < 48 * 3600)
        return countedAgo(seconds / 3600, {"1 hour ago", "%1 hours ago"});
    return QLocale().toString(at.toLocalTime(), relayPageWord("d MMM yyyy, HH:mm"));
}

QString sizeWords(qint64 bytes) {
    return bytes <= 0 ? relayPageWord("not known")
                      : QLocale(QLocale::English).formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString figureWords(qint64 number) {
    return QLocale(QLocale::English).toString(number);
}

QString gapWords(const desk::LogGap &gap) {
    if (gap.from <= 0)
        return relayPageWord("Some events");
    if (gap.from == gap.to)
        return relayPageWord("Event %1").arg(figureWords(gap.from));
    return relayPageWord("Events %1 to %2").arg(figureWords(gap.from), figureWords(gap.to));
}

MissedTime missedTime(const QList<desk::LogGap> &gaps) {
    MissedTime time;
    for (const desk::LogGap &gap : gaps) {
        const QDateTime from = gap.since.isValid() ? gap.since : gap.noticedAt.addDays(-1);
        if (!time.from.isValid() || from < time.from)
            time.from = from;
        if (!time.to.isValid() || gap.noticedAt > time.to)
            time.to = gap.noticedAt;
    }
    return time;
}

} // namespace longcode::health
