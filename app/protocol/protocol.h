#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

/// Frames between console and relay: JSON text messages over one WebSocket. PROTOCOL.md is the reference
/// for writing another client. No I/O; everything parsed is bounded.
namespace longcode::protocol {

inline constexpr int version = 1;
/// A frame larger than this is refused by both sides. Holds one event of the largest body, escaped.
inline constexpr qsizetype maximumFrameBytes = 8 << 20;
/// Path of the WebSocket, and of the receiver.
inline constexpr char consolePath[] = "/console";
inline constexpr char webhookPath[] = "/webhooks/telnyx";
/// Query parameter of the webhook address that carries a send intent's id.
inline constexpr char intentParameter[] = "intent";

/// Console → relay, first frame. The token travels in the Authorization header of the upgrade, not here.
struct Hello {
    int version = protocol::version;
    qint64 after = 0; ///< give me events with seq > after
    QString logId;    ///< the log the cursor belongs to; empty: none yet
    QString client;   ///< program and version, for the relay's log
};
/// Relay → console, answer to Hello.
struct Welcome {
    int version = protocol::version;
    QString logId;     ///< identity of the log. Differs from Hello's: the relay starts from the beginning
    qint64 head = 0;   ///< newest seq in the log, 0 when empty
    QString publicUrl; ///< where Telnyx reaches webhookPath, without query; empty: not set
};
/// One entry of the log.
struct LogEntry {
    qint64 seq = 0;
    QDateTime receivedAt;
    QString intent;  ///< value of intentParameter, or empty
    QByteArray body; ///< the verified raw body (valid UTF-8)
};
struct Events {
    QList<LogEntry> events; ///< ascending seq, no gap inside a frame nor between frames
};
/// Console → relay: everything up to `seq` is durably stored here. Opens the window for more events.
struct Ack {
    qint64 seq = 0;
};
/// Relay → console before it closes.
struct Refusal {
    QString code;    ///< "unauthorized", "version", "protocol", "slow", "shutdown"
    QString message; ///< a sentence
};

using Frame = std::variant<Hello, Welcome, Events, Ack, Refusal>;

[[nodiscard]] QByteArray encode(const Frame &frame);
/// The error says which member is wrong; never more than 200 characters of foreign text in it.
[[nodiscard]] Result<Frame, QString> decode(QByteArrayView text);

/// An intent id longer than this is no intent id.
inline constexpr qsizetype maximumIntentLength = 200;
/// What an Events frame takes beside its events.
inline constexpr qsizetype frameOverhead = 100;

/// The relay sends no more than this many events beyond the last Ack (flow control).
inline constexpr int window = 1024;

/// The events in as few frames as the limits on frames allow, in the same order.
[[nodiscard]] QList<Events> inFrames(const QList<LogEntry> &events);

} // namespace longcode::protocol
