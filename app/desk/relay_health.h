#pragma once

#include "base/failure.h"
#include "base/result.h"

#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QObject>
#include <QString>

#include <optional>

namespace longcode::desk {

/// Somebody who follows the relay's log.
struct RelayReader {
    QString name, console; ///< of the token and of the console's store
    qint64 acknowledged = 0;
    QDateTime seenAt;
    bool connected = false;
    friend bool operator==(const RelayReader &, const RelayReader &) = default;
};
struct RelayForward {
    QString name;
    qint64 waiting = 0, dead = 0; ///< entries not yet delivered, and given up
    QString trouble;              ///< of the last try, or empty
    friend bool operator==(const RelayForward &, const RelayForward &) = default;
};

/// What the relay said of itself last.
struct RelayFigures {
    QString publicUrl, version;
    QDateTime startedAt, at;                        ///< by the relay's clock; `at`: when it said so
    qint64 first = 0, head = 0;                     ///< of its log
    qint64 applied = 0;                             ///< newest entry applied here
    QDateTime lastWebhookAt;                        ///< invalid: none yet
    qint64 stored = 0, duplicates = 0, refused = 0; ///< webhooks since it started
    bool storeFailing = false;
    qint64 logBytes = 0, freeBytes = 0; ///< 0: unknown
    QList<RelayReader> readers;
    QList<RelayForward> forwards;
    /// Entries that are not here yet.
    [[nodiscard]] qint64 lag() const { return head > applied ? head - applied : 0; }
    friend bool operator==(const RelayFigures &, const RelayFigures &) = default;
};

/// Entries of the log that this console will never get: the relay had not kept them, or its log was set back.
struct LogGap {
    qint64 from = 0, to = 0; ///< seq, both missed; 0 and 0: not known which
    QDateTime noticedAt;
    QDateTime since; ///< the last event before it; invalid: not known
    QString what;    ///< one sentence
    friend bool operator==(const LogGap &, const LogGap &) = default;
};

/// Where a messaging profile sends its events, against where the relay receives them.
struct WebhookCheck {
    QString profileId, profileName;
    QString url; ///< of the profile; empty: none set
    bool matches = false;
    friend bool operator==(const WebhookCheck &, const WebhookCheck &) = default;
};

/// The relay from the console's side: its figures, what is missing, and what can be done about it. Lives on
/// the UI thread. Futures finish with a sentence of what was done or found.
class RelayHealth : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Asks for figures now and every ten seconds while true (the page is open).
    virtual void watch(bool watching) = 0;
    /// Nothing: not told yet, or this token may not see them.
    [[nodiscard]] virtual std::optional<RelayFigures> figures() const = 0;

    /// Oldest first.
    [[nodiscard]] virtual QList<LogGap> gaps() const = 0;
    /// They are repaired or do not matter.
    virtual void forgetGaps() = 0;

    /// Set: messages were accepted long ago, and no event has come since. RelayCondition is Silent then.
    [[nodiscard]] virtual std::optional<Failure> silence() const = 0;

    /// As far as read; checkWebhooks() reads them.
    [[nodiscard]] virtual QList<WebhookCheck> webhooks() const = 0;
    virtual QFuture<Result<QList<WebhookCheck>, Failure>> checkWebhooks() = 0;
    /// Where the relay receives, as Telnyx must know it; empty: the relay does not know how it is reached.
    [[nodiscard]] virtual QString receiverUrl() const = 0;
    /// Where the relay listens that this console runs by itself ("127.0.0.1:49152"); empty: it runs
    /// elsewhere, or has not started yet. Told with figuresChanged().
    [[nodiscard]] virtual QString ownRelayAddress() const = 0;
    /// Sets that address in the profile.
    virtual QFuture<Result<QString, Failure>> setWebhookUrl(const QString &profileId) = 0;

    /// The relay sends itself a signed event through its public address.
    virtual QFuture<Result<QString, Failure>> selfTest() = 0;

    /// Reads from the API what may have been missed in that time.
    virtual QFuture<Result<QString, Failure>> recover(const QDateTime &from, const QDateTime &to) = 0;

Q_SIGNALS:
    void figuresChanged();
    void gapsChanged();
    void silenceChanged();
    void webhooksChanged();
};

} // namespace longcode::desk
