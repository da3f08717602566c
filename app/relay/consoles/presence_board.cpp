#include "relay/consoles/presence_board.h"

#include "events/bounded_json.h"
#include "events/member_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace longcode::relay {

using protocol::Activity;
using protocol::Presence;

namespace {

/// Of all relays together; more are not shown.
constexpr std::size_t mostConsoles = 4096;
constexpr qsizetype mostPeerBytes = 4000;

quint64 sessionHere(const PresenceBoard::Place &place) {
    return place.relay.isEmpty() ? place.session : 0;
}

} // namespace

PresenceBoard::Board::iterator PresenceBoard::take(Board::iterator it, QList<Change> &changes) {
    const quint64 from = sessionHere(it->first);
    Presence gone = it->second.presence;
    it = m_board.erase(it);
    const bool stillThere = std::any_of(m_board.begin(), m_board.end(), [&gone](const auto &other) {
        return other.second.presence.name == gone.name && other.second.presence.parties == gone.parties;
    });
    gone.activity = Activity::None;
    if (!stillThere)
        changes.append({from, gone});
    return it;
}

QList<PresenceBoard::Change> PresenceBoard::put(const Place &place, const Presence &presence) {
    QList<Change> changes;
    const auto it = m_board.find(place);
    const bool ends = presence.activity == Activity::None;
    if (it != m_board.end() && (ends || it->second.presence.parties != presence.parties))
        take(it, changes);
    if (ends || (m_board.size() >= mostConsoles && !m_board.contains(place)))
        return changes;
    m_board[place] = {presence, QDeadlineTimer(m_lasts)};
    changes.append({sessionHere(place), presence});
    return changes;
}

QList<PresenceBoard::Change> PresenceBoard::expire() {
    QList<Change> changes;
    for (auto it = m_board.begin(); it != m_board.end();)
        it = it->second.until.hasExpired() ? take(it, changes) : std::next(it);
    return changes;
}

QList<Presence> PresenceBoard::all() const {
    QList<Presence> out;
    for (const auto &[place, seen] : m_board)
        out.append(seen.presence);
    return out;
}

QByteArray encodePeer(const PeerPresence &told) {
    const nlohmann::json value{{"relay", told.relay.toStdString()},
                               {"session", told.session},
                               {"presence", protocol::encode(told.presence).toStdString()}};
    return QByteArray::fromStdString(value.dump());
}

std::optional<PeerPresence> decodePeer(const QByteArray &text) {
    const auto root = events::parseBounded(text, {mostPeerBytes, 2, 10});
    if (!root || !root->is_object())
        return std::nullopt;
    QString problem;
    events::MemberReader member(*root, problem);
    PeerPresence told;
    told.relay = member.text("relay");
    told.session = static_cast<quint64>(std::max<qint64>(member.integer("session").value_or(0), 0));
    const auto frame = protocol::decode(member.text("presence").toUtf8());
    const auto *presence = frame ? std::get_if<Presence>(&*frame) : nullptr;
    if (!problem.isEmpty() || !presence || told.relay.isEmpty() || told.relay.size() > 64 ||
        told.session == 0)
        return std::nullopt;
    told.presence = *presence;
    return told;
}

} // namespace longcode::relay
