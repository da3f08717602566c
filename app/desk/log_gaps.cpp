#include "desk/log_gaps.h"

#include "store/reader.h"
#include "store/store.h"
#include "store/team.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace longcode::desk {

namespace {

struct GapWords {
    Q_DECLARE_TR_FUNCTIONS(LogGaps)
};

constexpr char gapsFact[] = "relay-log-gaps";
/// A relay that is set up anew again and again must not fill the store.
constexpr qsizetype mostGaps = 50;

QJsonObject toJson(const LogGap &gap) {
    return {{QStringLiteral("from"), gap.from},
            {QStringLiteral("to"), gap.to},
            {QStringLiteral("noticed_at"), gap.noticedAt.toString(Qt::ISODateWithMs)},
            {QStringLiteral("since"), gap.since.toString(Qt::ISODateWithMs)},
            {QStringLiteral("what"), gap.what}};
}

LogGap fromJson(const QJsonObject &object) {
    const auto time = [&object](QLatin1String name) {
        return QDateTime::fromString(object.value(name).toString(), Qt::ISODateWithMs);
    };
    return {.from = object.value(QLatin1String("from")).toInteger(),
            .to = object.value(QLatin1String("to")).toInteger(),
            .noticedAt = time(QLatin1String("noticed_at")),
            .since = time(QLatin1String("since")),
            .what = object.value(QLatin1String("what")).toString()};
}

/// Nothing: the log goes on where this console is.
std::optional<LogGap> missing(const LogPosition &here, const protocol::Welcome &relay) {
    if (here.logId.isEmpty() || here.seq == 0)
        return std::nullopt;
    LogGap gap;
    if (here.logId != relay.logId) {
        gap.what =
            GapWords::tr("The relay began a new log. What its old one received after entry %1 is not here.")
                .arg(here.seq);
        return gap;
    }
    if (here.seq > relay.head) {
        gap.what =
            GapWords::tr("The relay's log was set back from entry %1 to %2, as when a backup is restored. "
                         "What the relay received meanwhile is not here.")
                .arg(here.seq)
                .arg(relay.head);
        return gap;
    }
    if (relay.first <= here.seq + 1)
        return std::nullopt;
    gap.from = here.seq + 1;
    gap.to = relay.first - 1;
    gap.what = GapWords::tr("The relay no longer had entries %1 to %2 when this console came back.")
                   .arg(gap.from)
                   .arg(gap.to);
    return gap;
}

} // namespace

LogGaps::LogGaps(store::Store &store, store::Reader &reader) : m_store(store), m_reader(reader) {
    const QJsonArray kept = QJsonDocument::fromJson(m_reader.fact(QLatin1String(gapsFact)).toUtf8()).array();
    for (const QJsonValue &gap : kept)
        m_gaps.append(fromJson(gap.toObject()));
}

bool LogGaps::look(const LogPosition &here, const protocol::Welcome &relay, const QDateTime &now) {
    auto gap = missing(here, relay);
    if (!gap)
        return false;
    const bool known = std::any_of(m_gaps.cbegin(), m_gaps.cend(),
                                   [&gap](const LogGap &other) { return other.what == gap->what; });
    if (known)
        return false;
    gap->noticedAt = now;
    gap->since = m_reader.unreportedSends(now).heardAt;
    m_gaps.append(*gap);
    if (m_gaps.size() > mostGaps)
        m_gaps.removeFirst();
    write();
    return true;
}

void LogGaps::forget() {
    m_gaps.clear();
    write();
}

void LogGaps::write() {
    QJsonArray gaps;
    for (const LogGap &gap : std::as_const(m_gaps))
        gaps.append(toJson(gap));
    m_store.setFact(QLatin1String(gapsFact),
                    gaps.isEmpty() ? QString()
                                   : QString::fromUtf8(QJsonDocument(gaps).toJson(QJsonDocument::Compact)));
}

} // namespace longcode::desk
