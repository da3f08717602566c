#pragma once

#include "base/result.h"
#include "desk/values.h"

#include <QFuture>
#include <QObject>

#include <functional>

namespace longcode::desk {

enum class TranscriptFormat : quint8 { Json, Csv };

/// One line of a transcript on paper.
struct TranscriptLine {
    Direction direction = Direction::Inbound;
    QDateTime at;
    QString author;       ///< of a note or a colleague's answer, or empty
    phone::Address own{}; ///< our number it went through; of a note, or when it is not known: empty
    QString text;
    QString state; ///< in words; empty for inbound
    int mediaCount = 0;
};

struct TranscriptHead {
    QString name; ///< or empty
    phone::Address peer, own;
    QString account;
    QDateTime from, to; ///< of the messages in it
    qint64 messages = 0;
};

/// Conversations on their way out of the console. Reading happens on a thread of its own, in pages.
class Transcripts : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Writes the whole conversation to `path` (replaced only when all is written). JSON carries the original
    /// bytes, timestamp and signature of every inbound event (base64), with a description of how to verify
    /// them; CSV is safe against formulas. Finishes with the number of messages.
    virtual QFuture<Result<qint64, Failure>> write(ConversationId id, const QString &path,
                                                   TranscriptFormat format) = 0;
    /// For print and PDF: the newest `limit` messages, oldest first.
    virtual QFuture<Result<QList<TranscriptLine>, Failure>> lines(ConversationId id, qint64 limit) = 0;
    [[nodiscard]] virtual TranscriptHead head(ConversationId id) const = 0;
};

} // namespace longcode::desk
