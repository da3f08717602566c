#include "protocol/protocol.h"

#include "events/bounded_json.h"
#include "protocol/events_reader.h"
#include "protocol/frame_reader.h"
#include "protocol/names.h"

#include <nlohmann/json.hpp>

namespace longcode::protocol {

using events::MemberReader;
using nlohmann::json;

namespace {

constexpr int frameDepth = 8;
constexpr qsizetype frameValues = qsizetype(entriesPerFrame) * 16;
constexpr int mostVersion = 1'000'000;
constexpr qsizetype sentenceLength = 1000;
constexpr qsizetype addressLength = 2048;

/// Of a word that both sides must know.
template <typename Value, std::size_t Count>
Value knownWord(FrameReader &frame, const char *name, const std::array<Value, Count> &values,
                const char *(*wordOf)(Value)) {
    const QString word = frame.text(name, maximumNameLength);
    for (const Value value : values) {
        if (word == QLatin1String(wordOf(value)))
            return value;
    }
    frame.wrong(name);
    return values.front();
}

Role readRole(FrameReader &frame) {
    const auto role = roleFromName(frame.text("role", maximumNameLength));
    if (!role)
        frame.wrong("role");
    return role.value_or(Role::Agent);
}

/// Of another version only the version is looked at, so that its console can be told.
Hello readHello(FrameReader frame) {
    Hello hello;
    hello.version = static_cast<int>(frame.number("version", 1, mostVersion));
    if (hello.version != version)
        return hello;
    hello.after = frame.count("after");
    hello.logId = frame.text("log_id", maximumNameLength);
    hello.client = frame.text("client", 200);
    hello.console = frame.text("console", maximumNameLength);
    return hello;
}

Welcome readWelcome(FrameReader frame) {
    Welcome welcome;
    welcome.version = static_cast<int>(frame.number("version", 1, mostVersion));
    if (welcome.version != version)
        return welcome;
    welcome.logId = frame.text("log_id", maximumNameLength);
    welcome.head = frame.count("head");
    welcome.first = frame.number("first", 1, maximumSeq);
    if (welcome.first > welcome.head + 1)
        frame.record("first", " is beyond head");
    welcome.publicUrl = frame.text("public_url", addressLength);
    welcome.name = frame.text("name", maximumNameLength);
    welcome.role = readRole(frame);
    frame.objects("members", maximumMembers, [&](FrameReader member) {
        const QString name = member.filledText("name", maximumNameLength);
        welcome.members.append({name, readRole(member)});
    });
    return welcome;
}

LogEntry readEntry(FrameReader &frame) {
    LogEntry entry;
    entry.seq = frame.number("seq", 1, maximumSeq);
    entry.receivedAt = frame.time("received_at");
    entry.kind = knownWord(frame, "kind", entryKinds, &kindName);
    entry.intent = frame.text("intent", maximumIntentLength);
    entry.author = frame.text("author", maximumNameLength);
    entry.account = frame.text("account", maximumNameLength);
    entry.body = frame.bytes("body", maximumFrameBytes);
    if (entry.kind == EntryKind::Withheld && !entry.body.isEmpty())
        frame.record("body", " of a withheld entry is not empty");
    entry.signature = frame.bytesOrNone("signature", maximumSignatureLength);
    entry.timestamp = frame.bytesOrNone("timestamp", maximumTimestampLength);
    return entry;
}

Events readEvents(FrameReader frame) {
    Events all;
    frame.objects("events", entriesPerFrame, [&](FrameReader element) {
        LogEntry entry = readEntry(element);
        if (!all.events.isEmpty() && entry.seq != all.events.last().seq + 1)
            element.record("seq", " does not follow the one before");
        all.events.append(std::move(entry));
    });
    return all;
}

Ack readAck(FrameReader frame) {
    return {frame.count("seq")};
}

Refusal readRefusal(FrameReader frame) {
    Refusal refusal;
    refusal.code = frame.text("code", 32);
    refusal.message = frame.text("message", sentenceLength);
    return refusal;
}

Publish readPublish(FrameReader frame) {
    Publish publish;
    publish.id = frame.filledText("id", maximumNameLength);
    publish.fact = frame.bytes("fact", maximumFactBytes);
    return publish;
}

Published readPublished(FrameReader frame) {
    return {frame.filledText("id", maximumNameLength)};
}

NotPublished readNotPublished(FrameReader frame) {
    NotPublished answer;
    answer.id = frame.filledText("id", maximumNameLength);
    answer.code = frame.text("code", 32);
    answer.message = frame.text("message", sentenceLength);
    return answer;
}

Presence readPresence(FrameReader frame) {
    Presence presence;
    presence.name = frame.text("name", maximumNameLength);
    presence.parties.peer = frame.text("peer", maximumNameLength);
    presence.parties.own = frame.text("own", maximumNameLength);
    presence.activity = knownWord(frame, "activity", activities, &activityName);
    return presence;
}

AskState readAskState(FrameReader) {
    return {};
}

RelayState readRelayState(FrameReader frame) {
    RelayState state;
    state.publicUrl = frame.text("public_url", addressLength);
    state.version = frame.text("version", maximumNameLength);
    state.startedAt = frame.timeOrNone("started_at");
    state.now = frame.timeOrNone("now");
    state.first = frame.count("first");
    state.head = frame.count("head");
    state.lastWebhookAt = frame.timeOrNone("last_webhook_at");
    state.stored = frame.count("stored");
    state.duplicates = frame.count("duplicates");
    state.refused = frame.count("refused");
    state.storeFailing = frame.flag("store_failing");
    state.logBytes = frame.count("log_bytes");
    state.freeBytes = frame.count("free_bytes");
    frame.objects("readers", maximumReaders, [&](FrameReader reader) {
        state.readers.append({.name = reader.text("name", 2 * maximumNameLength),
                              .console = reader.text("console", maximumNameLength),
                              .acknowledged = reader.count("acknowledged"),
                              .seenAt = reader.timeOrNone("seen_at"),
                              .connected = reader.flag("connected")});
    });
    frame.objects("forwards", maximumForwards, [&](FrameReader forward) {
        state.forwards.append({.name = forward.text("name", 2 * maximumNameLength),
                               .waiting = forward.count("waiting"),
                               .dead = forward.count("dead"),
                               .trouble = forward.text("trouble", sentenceLength)});
    });
    return state;
}

SelfTest readSelfTest(FrameReader frame) {
    return {frame.filledText("id", maximumNameLength)};
}

SelfTestResult readSelfTestResult(FrameReader frame) {
    SelfTestResult result;
    result.id = frame.filledText("id", maximumNameLength);
    result.arrived = frame.flag("arrived");
    result.message = frame.text("message", sentenceLength);
    return result;
}

struct KindOfFrame {
    const char *name;
    Frame (*read)(FrameReader frame);
};

template <typename Kind, Kind (*readKind)(FrameReader)>
constexpr KindOfFrame kindOfFrame() {
    return {frameName<Kind>(), [](FrameReader frame) { return Frame(readKind(std::move(frame))); }};
}

constexpr std::array kindsOfFrame{kindOfFrame<Hello, readHello>(),
                                  kindOfFrame<Welcome, readWelcome>(),
                                  kindOfFrame<Events, readEvents>(),
                                  kindOfFrame<Ack, readAck>(),
                                  kindOfFrame<Refusal, readRefusal>(),
                                  kindOfFrame<Publish, readPublish>(),
                                  kindOfFrame<Published, readPublished>(),
                                  kindOfFrame<NotPublished, readNotPublished>(),
                                  kindOfFrame<Presence, readPresence>(),
                                  kindOfFrame<AskState, readAskState>(),
                                  kindOfFrame<RelayState, readRelayState>(),
                                  kindOfFrame<SelfTest, readSelfTest>(),
                                  kindOfFrame<SelfTestResult, readSelfTestResult>()};

Frame readFrame(const json &root, QString &problem) {
    MemberReader member(root, problem);
    member.require("frame");
    const QString kind = member.text("frame");
    for (const KindOfFrame &known : kindsOfFrame) {
        if (kind == QLatin1String(known.name))
            return known.read(FrameReader(member, problem));
    }
    events::recordProblem(problem, QString(QLatin1String("frame is of an unknown kind: ") % kind.left(40)));
    return Ack{};
}

} // namespace

Result<Frame, QString> decode(QByteArrayView text) {
    if (auto events = readCanonicalEvents(text))
        return Frame(*std::move(events));
    const auto root = events::parseBounded(text, {maximumFrameBytes, frameDepth, frameValues});
    if (!root) {
        return failed(root.error() == events::JsonProblem::NotJson
                          ? QStringLiteral("the frame is not JSON in UTF-8")
                          : QStringLiteral("the frame is too large or too deep"));
    }
    if (!root->is_object())
        return failed(QStringLiteral("the frame is not an object"));
    QString problem;
    Frame frame = readFrame(*root, problem);
    if (!problem.isEmpty())
        return failed(problem.left(200));
    return frame;
}

} // namespace longcode::protocol
