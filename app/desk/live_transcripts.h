#pragma once

#include "base/clock.h"
#include "desk/transcripts.h"
#include "store/store.h"

#include <QThreadPool>

#include <atomic>

namespace longcode::desk {

/// Transcripts read from a store by readers of their own, on one thread of their own. Lives on the UI thread;
/// store, reader (of this thread) and clock outlive it. Its end cancels what is under way and waits for it.
class LiveTranscripts final : public Transcripts {
    Q_OBJECT
public:
    /// `account`: its name, for the head.
    LiveTranscripts(store::Store &store, store::Reader &reader, QString account, const Clock &clock,
                    QObject *parent = nullptr);
    ~LiveTranscripts() override;

    /// The base64 of the key that signs the account's webhooks, for the description of how to verify; empty:
    /// not known here. Who verifies should ask Telnyx for it either way.
    void setPublicKey(const QString &base64) { m_publicKey = base64; }

    QFuture<Result<qint64, Failure>> write(ConversationId id, const QString &path,
                                           TranscriptFormat format) override;
    QFuture<Result<QList<TranscriptLine>, Failure>> lines(ConversationId id, qint64 limit) override;
    [[nodiscard]] TranscriptHead head(ConversationId id) const override;

private:
    store::Store &m_store;
    store::Reader &m_reader;
    QString m_account, m_publicKey;
    const Clock &m_clock;
    std::shared_ptr<std::atomic_bool> m_ending = std::make_shared<std::atomic_bool>(false);
    QThreadPool m_pool;
};

} // namespace longcode::desk
