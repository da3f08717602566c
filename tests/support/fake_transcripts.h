#pragma once

#include "desk/transcripts.h"

#include <QPromise>

namespace longcode::tests {

/// Writes nothing: remembers what was asked, and answers at once or, with `hold`, when the test does.
class FakeTranscripts final : public desk::Transcripts {
    Q_OBJECT
public:
    explicit FakeTranscripts(QObject *parent = nullptr);

    QFuture<Result<qint64, Failure>> write(desk::ConversationId id, const QString &path,
                                           desk::TranscriptFormat format) override;
    QFuture<Result<QList<desk::TranscriptLine>, Failure>> lines(desk::ConversationId id,
                                                                qint64 limit) override;
    [[nodiscard]] desk::TranscriptHead head(desk::ConversationId id) const override;

    /// Answers the write that waits.
    void answer(const Result<qint64, Failure> &result);

    struct Written {
        desk::ConversationId id;
        QString path;
        desk::TranscriptFormat format = desk::TranscriptFormat::Json;
    };
    QList<Written> written;
    bool hold = false;
    QList<desk::TranscriptLine> shown; ///< what lines() gives; four lines, one of them Arabic, at first
    desk::TranscriptHead shownHead;

private:
    QPromise<Result<qint64, Failure>> m_waiting;
};

} // namespace longcode::tests
