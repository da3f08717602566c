#pragma once

#include "desk/team.h"
#include "protocol/protocol.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <optional>

namespace longcode::desk {

/// Who is where at this moment: what one does oneself, told often enough to be believed, and what colleagues
/// told, forgotten when they tell no more. Lives on the UI thread; nothing of it is kept.
class PresenceBoard : public QObject {
    Q_OBJECT
public:
    /// `lasts`: how long a word counts.
    explicit PresenceBoard(std::chrono::milliseconds lasts = protocol::presenceLasts,
                           QObject *parent = nullptr);

    /// What one does. Sent at once when it differs from what was said last, and repeated while it lasts.
    void say(const protocol::Parties &parties, protocol::Activity activity);
    /// The relay listens, and there are colleagues.
    void setOpen(bool open);
    /// Those answering first, then by name.
    [[nodiscard]] QList<Colleague> colleagues(const protocol::Parties &parties) const;

public Q_SLOTS:
    void onPresence(const longcode::protocol::Presence &presence);

Q_SIGNALS:
    void send(const longcode::protocol::Presence &presence);
    /// Somebody came, went, or does something else there.
    void changed(const longcode::protocol::Parties &parties);

private:
    struct Word {
        protocol::Presence presence;
        qint64 until = 0; ///< ms of m_since
    };
    void repeat();
    void forgetOld();

    std::chrono::milliseconds m_lasts;
    QElapsedTimer m_since;
    QList<Word> m_words;
    protocol::Presence m_own;
    QTimer m_repeat, m_forget;
    bool m_open = false;
};

} // namespace longcode::desk
