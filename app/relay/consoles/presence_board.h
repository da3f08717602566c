#pragma once

#include "protocol/protocol.h"

#include <QDeadlineTimer>

#include <map>
#include <optional>
#include <tuple>

namespace longcode::relay {

/// Who does what at this moment, at this relay's consoles and at those of its peers. Each console stands at
/// one conversation at a time. Bounded; one thread.
class PresenceBoard {
public:
    /// A console, wherever it is connected.
    struct Place {
        QString relay; ///< empty: this one
        quint64 session = 0;
        friend bool operator<(const Place &a, const Place &b) {
            return std::tie(a.relay, a.session) < std::tie(b.relay, b.session);
        }
    };
    struct Change {
        quint64 from = 0; ///< session of this relay that need not hear it; 0: none
        protocol::Presence presence;
    };

    explicit PresenceBoard(std::chrono::milliseconds lasts = protocol::presenceLasts) : m_lasts(lasts) {}

    /// Notes it, None also when the console goes, and says what is news to the others: the end of what the
    /// console did elsewhere, and this.
    [[nodiscard]] QList<Change> put(const Place &place, const protocol::Presence &presence);
    /// Of which nothing was heard for too long.
    [[nodiscard]] QList<Change> expire();
    /// What a console that comes now is told.
    [[nodiscard]] QList<protocol::Presence> all() const;

private:
    struct Seen {
        protocol::Presence presence;
        QDeadlineTimer until;
    };
    using Board = std::map<Place, Seen>;

    /// Takes it off; appends the news, unless the same person is there with another console.
    Board::iterator take(Board::iterator it, QList<Change> &changes);

    std::chrono::milliseconds m_lasts;
    Board m_board;
};

/// What one relay tells its peers: who of its consoles does what. At most 4,000 bytes.
struct PeerPresence {
    QString relay; ///< made up anew by each process
    quint64 session = 0;
    protocol::Presence presence;
};
[[nodiscard]] QByteArray encodePeer(const PeerPresence &told);
/// Nothing for what is not one.
[[nodiscard]] std::optional<PeerPresence> decodePeer(const QByteArray &text);

} // namespace longcode::relay
