#pragma once

#include "relay/log/store_address.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace longcode::relay {

class LogConnection;

/// An entry that could not be passed on at once: it is tried again, or was given up.
struct Letter {
    qint64 seq = 0;
    int attempts = 0;
    QDateTime nextAt{}; ///< not before
    QString reason{};   ///< of the last failure, for people
    bool dead = false;
};

struct LetterCounts {
    qint64 waiting = 0, dead = 0;
    qint64 oldestWaiting = 0; ///< seq; 0: none
};

/// What every forward has done, beside the log in its database: how far it is, and its letters. The log
/// itself is the queue. One thread. Every function fails (false, or nothing) when the database cannot be used
/// just now; the next call opens it anew, and error() says why.
class ForwardLedger {
public:
    explicit ForwardLedger(StoreAddress address);
    ~ForwardLedger();

    /// Whether this process is the one that delivers this forward: of several relays on one database only one
    /// does at a time.
    bool hold(const QString &forward);
    void letGo(const QString &forward);
    /// Grows whenever the connection was lost: what was held then is not held any more.
    [[nodiscard]] int connections() const { return m_connections; }

    /// Everything up to this seq is delivered or a letter. -1: a forward that is new here.
    [[nodiscard]] std::optional<qint64> cursor(const QString &forward);
    /// In one durable step: how far the forward is, letters that are new or changed, letters that are
    /// delivered.
    bool note(const QString &forward, qint64 cursor, const QList<Letter> &changed,
              const QList<qint64> &delivered);

    /// Waiting letters that are due, the longest due first.
    [[nodiscard]] std::optional<QList<Letter>> due(const QString &forward, const QDateTime &now, int count);
    [[nodiscard]] std::optional<LetterCounts> counts(const QString &forward);
    /// Given up, by seq, after `after`.
    [[nodiscard]] std::optional<QList<Letter>> dead(const QString &forward, qint64 after, int count);
    [[nodiscard]] std::optional<QList<QString>> forwards();

    /// Webhooks first…last become letters that are due at once. How many.
    std::optional<qint64> putRange(const QString &forward, qint64 first, qint64 last, const QDateTime &now);
    /// Dead letters wait again, due at once. How many.
    std::optional<qint64> retryDead(const QString &forward, const QDateTime &now);

    [[nodiscard]] QString error() const { return m_error; }

private:
    [[nodiscard]] LogConnection *connection();
    /// Remembers why, and drops a connection of no more use.
    void failedWith(LogConnection &connection);
    bool put(LogConnection &connection, const QString &forward, const Letter &letter);
    std::optional<qint64> change(const QString &sql, const QList<QVariant> &values);
    std::optional<QList<Letter>> letters(const QString &sql, const QList<QVariant> &values);

    const StoreAddress m_address;
    std::unique_ptr<LogConnection> m_connection;
    int m_connections = 0;
    QString m_error;
};

} // namespace longcode::relay
