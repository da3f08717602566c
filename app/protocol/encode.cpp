#include "protocol/protocol.h"

#include "base/utc.h"

#include <nlohmann/json.hpp>

namespace longcode::protocol {

using nlohmann::json;

namespace {

json text(const QString &value) {
    return json(value.toStdString());
}

json toJson(const Hello &hello) {
    return {{"frame", "hello"},
            {"version", hello.version},
            {"after", hello.after},
            {"log_id", text(hello.logId)},
            {"client", text(hello.client)}};
}

json toJson(const Welcome &welcome) {
    return {{"frame", "welcome"},
            {"version", welcome.version},
            {"log_id", text(welcome.logId)},
            {"head", welcome.head},
            {"public_url", text(welcome.publicUrl)}};
}

json toJson(const LogEntry &event) {
    return {{"seq", event.seq},
            {"received_at", text(formatUtc(event.receivedAt))},
            {"intent", text(event.intent)},
            {"body", event.body.toStdString()}};
}

json toJson(const Events &events) {
    json list = json::array();
    for (const LogEntry &event : events.events)
        list.push_back(toJson(event));
    return {{"frame", "events"}, {"events", std::move(list)}};
}

json toJson(const Ack &ack) {
    return {{"frame", "ack"}, {"seq", ack.seq}};
}

json toJson(const Refusal &refusal) {
    return {{"frame", "refusal"}, {"code", text(refusal.code)}, {"message", text(refusal.message)}};
}

/// More than an event can take in a frame: every byte of it escaped to two, and the names around it.
qsizetype mostBytes(const LogEntry &event) {
    return 2 * event.body.size() + 12 * event.intent.size() + 200;
}

} // namespace

QByteArray encode(const Frame &frame) {
    const json value = std::visit([](const auto &one) { return toJson(one); }, frame);
    return QByteArray::fromStdString(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

QList<Events> inFrames(const QList<LogEntry> &events) {
    QList<Events> frames;
    qsizetype bytes = maximumFrameBytes;
    for (const LogEntry &event : events) {
        bytes += mostBytes(event);
        if (bytes > maximumFrameBytes - frameOverhead || frames.last().events.size() >= window) {
            frames.append(Events{});
            bytes = mostBytes(event);
        }
        frames.last().events.append(event);
    }
    return frames;
}

} // namespace longcode::protocol
