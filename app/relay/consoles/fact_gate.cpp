#include "relay/consoles/fact_gate.h"

namespace longcode::relay {

using protocol::NotPublished;
using protocol::Permission;

namespace {

Permission needed(const protocol::Fact &fact) {
    if (std::holds_alternative<protocol::CannedReply>(fact))
        return Permission::ManageShared;
    if (std::holds_alternative<protocol::Recovered>(fact))
        return Permission::Operate;
    return Permission::Chat;
}

} // namespace

bool FactGate::isBusy(qsizetype bytes) {
    return m_underWay >= m_limits.underWay ||
           (m_underWay > 0 && m_bytesUnderWay + bytes > m_limits.bytesUnderWay) || !m_rate.take();
}

Result<IncomingEvent, NotPublished> FactGate::admit(const protocol::Publish &publish, const QDateTime &now) {
    const auto no = [&publish](const QString &code, const QString &message) {
        return failed(NotPublished{publish.id, code, message});
    };
    if (isBusy(publish.fact.size()))
        return no(QStringLiteral("busy"),
                  QStringLiteral("That was too much at once. Try again in a moment."));
    const auto fact = protocol::decodeFact(publish.fact);
    if (!fact)
        return no(QStringLiteral("invalid"),
                  QStringLiteral("The relay cannot use this: %1.").arg(fact.error()));
    if (std::holds_alternative<protocol::UnknownFact>(*fact) &&
        publish.fact.size() > m_limits.unknownFactBytes)
        return no(QStringLiteral("invalid"), QStringLiteral("The relay does not know facts of this kind, and "
                                                            "this one is too large to be kept unseen."));
    if (!protocol::may(m_role, needed(*fact)))
        return no(QStringLiteral("forbidden"), QStringLiteral("The role of this token does not allow it."));
    ++m_underWay;
    m_bytesUnderWay += publish.fact.size();
    return IncomingEvent{.id = events::EventId(QLatin1String("fact:") % publish.id),
                         .receivedAt = now,
                         .intent = {},
                         .signature = {},
                         .timestamp = {},
                         .body = publish.fact,
                         .kind = protocol::EntryKind::TeamFact,
                         .author = m_author};
}

void FactGate::settled(qsizetype bytes) {
    --m_underWay;
    m_bytesUnderWay -= bytes;
}

} // namespace longcode::relay
