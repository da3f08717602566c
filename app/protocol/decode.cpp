#include "protocol/protocol.h"

#include "events/bounded_json.h"
#include "events/member_reader.h"

#include <nlohmann/json.hpp>

namespace longcode::protocol {

using events::MemberReader;
using nlohmann::json;

namespace {

constexpr int frameDepth = 8;
constexpr qsizetype frameValues = qsizetype(window) * 16;
/// Sequence numbers stay exact in every JSON reader (RFC 8259, section 6).
constexpr qint64 maximumSeq = (qint64(1) << 53) - 1;

/// Reads the members of one frame. Every member of a frame must be there; what is not known is passed over.
class FrameReader {
public:
    FrameReader(MemberReader member, QString &problem) : m_member(std::move(member)), m_problem(&problem) {}

    QString text(const char *name, qsizetype maximumLength) {
        m_member.require(name);
        QString value = m_member.text(name);
        if (value.size() > maximumLength)
            events::recordProblem(*m_problem, QString(m_member.pathOf(name) % QLatin1String(" is too long")));
        return value;
    }

    qint64 number(const char *name, qint64 least, qint64 most) {
        m_member.require(name);
        const qint64 value = m_member.integer(name).value_or(least);
        if (value < least || value > most)
            events::recordProblem(*m_problem,
                                  QString(m_member.pathOf(name) % QLatin1String(" is out of range")));
        return value;
    }

    QDateTime time(const char *name) {
        m_member.require(name);
        const auto value = m_member.time(name);
        if (!value)
            m_member.wrong(name);
        return value.value_or(QDateTime());
    }

    QByteArray bytes(const char *name) {
        m_member.require(name);
        const json *value = m_member.member(name);
        if (!value || !value->is_string()) {
            m_member.wrong(name);
            return {};
        }
        return QByteArray::fromStdString(value->get_ref<const std::string &>());
    }

private:
    MemberReader m_member;
    QString *m_problem;
};

Hello readHello(FrameReader frame) {
    Hello hello;
    hello.version = static_cast<int>(frame.number("version", 1, 1'000'000));
    hello.after = frame.number("after", 0, maximumSeq);
    hello.logId = frame.text("log_id", 64);
    hello.client = frame.text("client", 200);
    return hello;
}

Welcome readWelcome(FrameReader frame) {
    Welcome welcome;
    welcome.version = static_cast<int>(frame.number("version", 1, 1'000'000));
    welcome.logId = frame.text("log_id", 64);
    welcome.head = frame.number("head", 0, maximumSeq);
    welcome.publicUrl = frame.text("public_url", 2048);
    return welcome;
}

LogEntry readEvent(FrameReader frame) {
    LogEntry event;
    event.seq = frame.number("seq", 1, maximumSeq);
    event.receivedAt = frame.time("received_at");
    event.intent = frame.text("intent", maximumIntentLength);
    event.body = frame.bytes("body");
    return event;
}

Events readEvents(MemberReader member, QString &problem) {
    Events all;
    member.require("events");
    member.forEach("events", [&](const json &element, const QString &path) {
        if (!element.is_object())
            return events::recordProblem(problem, path);
        LogEntry event = readEvent(FrameReader(MemberReader(element, problem, path), problem));
        if (!all.events.isEmpty() && event.seq != all.events.last().seq + 1)
            events::recordProblem(problem,
                                  QString(path % QLatin1String(".seq does not follow the one before")));
        if (all.events.size() >= window)
            events::recordProblem(problem, QStringLiteral("events has more entries than the window"));
        all.events.append(std::move(event));
    });
    return all;
}

Refusal readRefusal(FrameReader frame) {
    Refusal refusal;
    refusal.code = frame.text("code", 32);
    refusal.message = frame.text("message", 1000);
    return refusal;
}

Frame readFrame(const json &root, QString &problem) {
    MemberReader member(root, problem);
    const FrameReader frame(member, problem);
    member.require("frame");
    const QString kind = member.text("frame");
    if (kind == QLatin1String("hello"))
        return readHello(frame);
    if (kind == QLatin1String("welcome"))
        return readWelcome(frame);
    if (kind == QLatin1String("events"))
        return readEvents(member, problem);
    if (kind == QLatin1String("ack"))
        return Ack{FrameReader(member, problem).number("seq", 0, maximumSeq)};
    if (kind == QLatin1String("refusal"))
        return readRefusal(frame);
    events::recordProblem(problem, QString(QLatin1String("frame is of an unknown kind: ") % kind.left(40)));
    return Ack{};
}

} // namespace

Result<Frame, QString> decode(QByteArrayView text) {
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
