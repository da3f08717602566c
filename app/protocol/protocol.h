#pragma once

#include "base/result.h"
#include "protocol/facts.h"
#include "protocol/roles.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>
#include <variant>

/// Frames between console and relay: JSON text messages over one WebSocket. PROTOCOL.md is the reference
/// for writing another client. No I/O; everything parsed is bounded.
namespace longcode::protocol {

inline constexpr int version = 2;
/// A frame larger than this is refused by both sides. Holds one event of the largest body, escaped.
inline constexpr qsizetype maximumFrameBytes = 8 << 20;
/// What a console says is smaller: the largest of its frames is a Publish, with its fact escaped.
inline constexpr qsizetype maximumConsoleFrameBytes = 2 * maximumFactBytes + (64 << 10);
/// Path of the WebSocket, and of the receiver.
inline constexpr char consolePath[] = "/console";
inline constexpr char webhookPath[] = "/webhooks/telnyx";
/// Query parameter of the webhook address that carries a send intent's id.
inline constexpr char intentParameter[] = "intent";

struct Member {
    QString name;
    Role role = Role::Agent;
    friend bool operator==(const Member &, const Member &) = default;
};

/// Console → relay, first frame. The token travels in the Authorization header of the upgrade, not here.
struct Hello {
    int version = protocol::version;
    qint64 after = 0;  ///< give me events with seq > after
    QString logId;     ///< the log the cursor belongs to; empty: none yet
    QString client;    ///< program and version, for the relay's log
    QString console{}; ///< names this console's store, so that its place in the log is remembered; up to 64
};
/// Relay → console, answer to Hello.
struct Welcome {
    int version = protocol::version;
    QString logId;     ///< identity of the log. Differs from Hello's: the relay starts from the beginning
    qint64 head = 0;   ///< newest seq in the log, 0 when empty
    QString publicUrl; ///< where Telnyx reaches webhookPath, without query; empty: not set
    qint64 first = 1;  ///< oldest seq still in the log; head + 1 when there is none. What came before is gone
    QString name{};    ///< of the token this console has shown
    Role role = Role::Admin;
    QList<Member> members{}; ///< everybody who may connect, for claims and mentions
};
enum class EntryKind : quint8 {
    Webhook,  ///< body is the verified raw body
    TeamFact, ///< facts.h
    Withheld  ///< there is an entry, but this token may not see it; body is empty
};
/// One entry of the log.
struct LogEntry {
    qint64 seq = 0;
    QDateTime receivedAt;
    QString intent;  ///< value of intentParameter, or empty
    QByteArray body; ///< valid UTF-8
    EntryKind kind = EntryKind::Webhook;
    QString author{};  ///< of a fact: name of the token; else empty
    QString account{}; ///< of a webhook: the receiver's account name (webhookPath/<account>), empty for the
                       ///< unnamed one
    /// Of a webhook: the headers telnyx-signature-ed25519 (base64) and telnyx-timestamp, which prove `body`.
    /// Empty when the relay does not tell them.
    QByteArray signature{}, timestamp{};
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
/// Console → relay: write this team fact down. An id that the log has already changes nothing.
struct Publish {
    QString id;      ///< new for each fact, up to 64; kept by the console until it is answered
    QByteArray fact; ///< encodeFact()
};
/// Relay → console: durable, and on its way to everybody.
struct Published {
    QString id;
};
/// Relay → console: not written. Only "busy" is worth another try.
struct NotPublished {
    QString id;
    QString code;    ///< "forbidden", "invalid", "busy"
    QString message; ///< a sentence
};
enum class Activity : quint8 { None, Viewing, Answering };
/// What somebody does at this moment. Never in the log; forgotten after presenceLasts without a word, and
/// when the console goes. Console → relay without `name`; relay → the other consoles with it.
struct Presence {
    QString name{};
    Parties parties;
    Activity activity = Activity::None;
};
inline constexpr std::chrono::seconds presenceLasts{20};
/// Console → relay: how are you? Answered by RelayState.
struct AskState {};
struct ForwardState {
    QString name;
    qint64 waiting = 0; ///< entries not yet delivered
    qint64 dead = 0;    ///< given up
    QString trouble{};  ///< of the last try, or empty
    friend bool operator==(const ForwardState &, const ForwardState &) = default;
};
struct ReaderState {
    QString name, console; ///< token and store
    qint64 acknowledged = 0;
    QDateTime seenAt;
    bool connected = false;
    friend bool operator==(const ReaderState &, const ReaderState &) = default;
};
/// Relay → console: the figures of the relay's page.
struct RelayState {
    QString publicUrl, version;
    QDateTime startedAt, now;                       ///< the relay's clock
    qint64 first = 0, head = 0;                     ///< of the log
    QDateTime lastWebhookAt;                        ///< invalid: none yet
    qint64 stored = 0, duplicates = 0, refused = 0; ///< webhooks, since the start
    bool storeFailing = false;
    qint64 logBytes = 0, freeBytes = 0; ///< on the log's disk; 0: unknown
    QList<ReaderState> readers{};
    QList<ForwardState> forwards{};
};
/// Console → relay: send yourself an event through the public address, signed with a key made for it.
struct SelfTest {
    QString id;
};
struct SelfTestResult {
    QString id;
    bool arrived = false;
    QString message; ///< a sentence: how long it took, or what stood in the way
};

using Frame = std::variant<Hello, Welcome, Events, Ack, Refusal, Publish, Published, NotPublished, Presence,
                           AskState, RelayState, SelfTest, SelfTestResult>;

/// Times that are not valid are written as empty texts; bytes that are not UTF-8 as U+FFFD.
[[nodiscard]] QByteArray encode(const Frame &frame);
/// The same for Events, without a copy of them into a Frame.
[[nodiscard]] QByteArray encode(const Events &events);
/// The error says which member is wrong; never more than 200 characters of foreign text in it.
[[nodiscard]] Result<Frame, QString> decode(QByteArrayView text);

/// An intent id longer than this is no intent id.
inline constexpr qsizetype maximumIntentLength = 200;
/// A signature or timestamp longer than this is neither; it is not told.
inline constexpr qsizetype maximumSignatureLength = 128;
inline constexpr qsizetype maximumTimestampLength = 32;
/// Names of tokens, accounts and stores, ids of facts, logs and self-tests: no longer than this.
inline constexpr qsizetype maximumNameLength = 64;
inline constexpr int maximumMembers = 1000;  ///< of Welcome
inline constexpr int maximumReaders = 1000;  ///< of RelayState
inline constexpr int maximumForwards = 1000; ///< of RelayState
/// What an Events frame takes beside its events.
inline constexpr qsizetype frameOverhead = 100;
/// Entries of one Events frame.
inline constexpr int entriesPerFrame = 1024;

/// The relay sends no more than this many entries beyond the last Ack (flow control), and no more than
/// windowBytes of their bodies, but always one entry.
inline constexpr int window = 4096;
inline constexpr qsizetype windowBytes = 8 << 20;

/// The events in as few frames as the limits on frames allow, in the same order.
[[nodiscard]] QList<Events> inFrames(const QList<LogEntry> &events);

} // namespace longcode::protocol
