#include "protocol/protocol.h"

#include "protocol/json_text.h"
#include "protocol/names.h"

namespace longcode::protocol {

namespace {

void write(JsonText &json, const Hello &hello) {
    json.member("version", hello.version);
    json.member("after", hello.after);
    json.member("log_id", hello.logId);
    json.member("client", hello.client);
    json.member("console", hello.console);
}

void write(JsonText &json, const Welcome &welcome) {
    json.member("version", welcome.version);
    json.member("log_id", welcome.logId);
    json.member("head", welcome.head);
    json.member("first", welcome.first);
    json.member("public_url", welcome.publicUrl);
    json.member("name", welcome.name);
    json.member("role", roleName(welcome.role));
    json.name("members");
    json.open('[');
    for (const Member &member : welcome.members) {
        json.open('{');
        json.member("name", member.name);
        json.member("role", roleName(member.role));
        json.close('}');
    }
    json.close(']');
}

/// What proves a webhook's body; left out where there is none.
void writeProof(JsonText &json, const LogEntry &entry) {
    if (!entry.signature.isEmpty() && entry.signature.size() <= maximumSignatureLength) {
        json.name("signature");
        json.text(QByteArrayView(entry.signature));
    }
    if (!entry.timestamp.isEmpty() && entry.timestamp.size() <= maximumTimestampLength) {
        json.name("timestamp");
        json.text(QByteArrayView(entry.timestamp));
    }
}

/// The fast decoder expects this order (events_reader.cpp); others are read as well.
void write(JsonText &json, const LogEntry &entry) {
    json.open('{');
    json.member("seq", entry.seq);
    json.memberTime("received_at", entry.receivedAt);
    json.name("kind");
    json.text(QByteArrayView(kindName(entry.kind)));
    json.member("intent", entry.intent);
    json.member("author", entry.author);
    json.member("account", entry.account);
    json.name("body");
    json.text(QByteArrayView(entry.body));
    writeProof(json, entry);
    json.close('}');
}

void write(JsonText &json, const Events &events) {
    json.name("events");
    json.open('[');
    for (const LogEntry &entry : events.events)
        write(json, entry);
    json.close(']');
}

void write(JsonText &json, const Ack &ack) {
    json.member("seq", ack.seq);
}

void write(JsonText &json, const Refusal &refusal) {
    json.member("code", refusal.code);
    json.member("message", refusal.message);
}

void write(JsonText &json, const Publish &publish) {
    json.member("id", publish.id);
    json.name("fact");
    json.text(QByteArrayView(publish.fact));
}

void write(JsonText &json, const Published &published) {
    json.member("id", published.id);
}

void write(JsonText &json, const NotPublished &answer) {
    json.member("id", answer.id);
    json.member("code", answer.code);
    json.member("message", answer.message);
}

void write(JsonText &json, const Presence &presence) {
    json.member("name", presence.name);
    json.member("peer", presence.parties.peer);
    json.member("own", presence.parties.own);
    json.name("activity");
    json.text(QByteArrayView(activityName(presence.activity)));
}

void write(JsonText &, const AskState &) {}

void write(JsonText &json, const ReaderState &reader) {
    json.open('{');
    json.member("name", reader.name);
    json.member("console", reader.console);
    json.member("acknowledged", reader.acknowledged);
    json.memberTime("seen_at", reader.seenAt);
    json.name("connected");
    json.flag(reader.connected);
    json.close('}');
}

void write(JsonText &json, const ForwardState &forward) {
    json.open('{');
    json.member("name", forward.name);
    json.member("waiting", forward.waiting);
    json.member("dead", forward.dead);
    json.member("trouble", forward.trouble);
    json.close('}');
}

void write(JsonText &json, const RelayState &state) {
    json.member("public_url", state.publicUrl);
    json.member("version", state.version);
    json.memberTime("started_at", state.startedAt);
    json.memberTime("now", state.now);
    json.member("first", state.first);
    json.member("head", state.head);
    json.memberTime("last_webhook_at", state.lastWebhookAt);
    json.member("stored", state.stored);
    json.member("duplicates", state.duplicates);
    json.member("refused", state.refused);
    json.name("store_failing");
    json.flag(state.storeFailing);
    json.member("log_bytes", state.logBytes);
    json.member("free_bytes", state.freeBytes);
    json.name("readers");
    json.open('[');
    for (const ReaderState &reader : state.readers)
        write(json, reader);
    json.close(']');
    json.name("forwards");
    json.open('[');
    for (const ForwardState &forward : state.forwards)
        write(json, forward);
    json.close(']');
}

void write(JsonText &json, const SelfTest &test) {
    json.member("id", test.id);
}

void write(JsonText &json, const SelfTestResult &result) {
    json.member("id", result.id);
    json.name("arrived");
    json.flag(result.arrived);
    json.member("message", result.message);
}

/// More than an entry can take in a frame: every byte of it escaped to two, and the names around it. A body
/// is JSON, whose control characters are line breaks and tabs.
qsizetype mostBytes(const LogEntry &entry) {
    return 2 * entry.body.size() + 12 * (entry.intent.size() + entry.author.size() + entry.account.size()) +
           6 * (maximumSignatureLength + maximumTimestampLength) + 350;
}

qsizetype expectedBytes(const Events &events) {
    qsizetype bytes = frameOverhead;
    for (const LogEntry &entry : events.events)
        bytes += entry.body.size() + entry.body.size() / 4 + 350;
    return bytes;
}

template <typename Kind>
QByteArray encodeKind(const Kind &frame, qsizetype expected) {
    JsonText json(expected);
    json.open('{');
    json.name("frame");
    json.text(QByteArrayView(frameName<Kind>()));
    write(json, frame);
    json.close('}');
    return json.take();
}

} // namespace

QByteArray encode(const Events &events) {
    return encodeKind(events, expectedBytes(events));
}

QByteArray encode(const Frame &frame) {
    if (const auto *events = std::get_if<Events>(&frame))
        return encode(*events);
    return std::visit([](const auto &one) { return encodeKind(one, 512); }, frame);
}

QList<Events> inFrames(const QList<LogEntry> &events) {
    QList<Events> frames;
    qsizetype bytes = maximumFrameBytes;
    for (const LogEntry &event : events) {
        bytes += mostBytes(event);
        if (bytes > maximumFrameBytes - frameOverhead || frames.last().events.size() >= entriesPerFrame) {
            frames.append(Events{});
            bytes = mostBytes(event);
        }
        frames.last().events.append(event);
    }
    return frames;
}

} // namespace longcode::protocol
