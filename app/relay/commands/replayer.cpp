#include "relay/commands/replayer.h"

#include <algorithm>

namespace longcode::relay {

namespace {
constexpr int mostOnTheWay = 512;
} // namespace

Replayer::Replayer(EventLog &log, const QList<ReceiverAccount> &accounts)
    : m_log(log), m_accounts(accounts) {}

Replayer::~Replayer() {
    static_cast<void>(finish());
}

QString Replayer::wrongWith(const SignedEntry &entry) const {
    const auto account =
        std::find_if(m_accounts.begin(), m_accounts.end(),
                     [&entry](const ReceiverAccount &known) { return known.name == entry.account; });
    if (account == m_accounts.end())
        return QStringLiteral("no public key is given for their account");
    // Judged at the moment it was signed: only whether the signature is right counts.
    const QDateTime then = QDateTime::fromSecsSinceEpoch(entry.timestamp.toLongLong(), Qt::UTC);
    const bool good = std::any_of(
        account->keys.begin(), account->keys.end(), [&entry, &then](const events::PublicKey &key) {
            return events::verifySignature(key, entry.signature, entry.timestamp, entry.body, then,
                                           std::chrono::seconds(1)) == events::SignatureVerdict::Good;
        });
    return good ? QString() : QStringLiteral("the signature does not fit any of the given keys");
}

void Replayer::take(SignedEntry entry) {
    if (const QString wrong = wrongWith(entry); !wrong.isEmpty())
        return refuse(wrong);
    const auto id = events::eventId(entry.body);
    if (!id)
        return refuse(QStringLiteral("the body is not a JSON object"));
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_onTheWay < mostOnTheWay; });
        ++m_onTheWay;
    }
    IncomingEvent event{.id = *id,
                        .receivedAt =
                            entry.receivedAt.isValid() ? entry.receivedAt : QDateTime::currentDateTimeUtc(),
                        .intent = entry.intent.left(protocol::maximumIntentLength),
                        .signature = entry.signature,
                        .timestamp = entry.timestamp,
                        .body = entry.body,
                        .account = entry.account};
    m_log.append(std::move(event), [this](Appended outcome) { count(outcome); });
}

void Replayer::refuse(const QString &reason) {
    const std::lock_guard lock(m_mutex);
    ++m_counts.refused[reason];
}

void Replayer::count(Appended outcome) {
    // Notified under the lock: whoever waits for the last one may destroy this afterwards.
    const std::lock_guard lock(m_mutex);
    switch (outcome) {
    case Appended::Stored:
        ++m_counts.added;
        break;
    case Appended::Duplicate:
        ++m_counts.known;
        break;
    case Appended::Failed:
        ++m_counts.failed;
        break;
    }
    --m_onTheWay;
    m_changed.notify_all();
}

ReplayCounts Replayer::finish() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_onTheWay == 0; });
    return m_counts;
}

} // namespace longcode::relay
