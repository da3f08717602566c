#pragma once

#include "desk/transcripts.h"
#include "store/desk_values.h"

#include <QByteArray>

#include <memory>

namespace longcode::desk {

/// What a transcript tells of itself.
struct TranscriptFacts {
    TranscriptHead head;
    QDateTime writtenAt;
    QString publicKey; ///< base64, or empty
};

/// A transcript as bytes, piece by piece: the beginning, each message, the end.
class TranscriptForm {
public:
    TranscriptForm() = default;
    virtual ~TranscriptForm() = default;
    TranscriptForm(const TranscriptForm &) = delete;
    TranscriptForm &operator=(const TranscriptForm &) = delete;

    [[nodiscard]] virtual QByteArray beginning(const TranscriptFacts &facts) = 0;
    /// Whether message() wants the events, oldest first.
    [[nodiscard]] virtual bool wantsEvents() const = 0;
    /// `message.own`: our number it went through; empty: not known.
    [[nodiscard]] virtual QByteArray message(const store::MessageRecord &message,
                                             const QList<store::RawEventRecord> &events) = 0;
    [[nodiscard]] virtual QByteArray end() = 0;
};

/// One JSON object. Every event that is still kept stands with its message: its body in base64, byte by byte
/// as it came, and the two headers that prove it.
[[nodiscard]] std::unique_ptr<TranscriptForm> jsonTranscript();
/// One line for each message; no cell can run as a formula.
[[nodiscard]] std::unique_ptr<TranscriptForm> csvTranscript();

/// "inbound", "delivered", …: words for programs, never translated.
[[nodiscard]] QString transcriptWord(store::Direction direction);
[[nodiscard]] QString transcriptWord(store::MessageState state);

} // namespace longcode::desk
