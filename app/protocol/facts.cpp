#include "protocol/facts.h"

#include "events/bounded_json.h"
#include "protocol/frame_reader.h"
#include "protocol/json_text.h"
#include "protocol/protocol.h"

#include <nlohmann/json.hpp>

namespace longcode::protocol {

using events::MemberReader;
using nlohmann::json;

namespace {

constexpr events::JsonLimits factLimits{maximumFactBytes, 32, 10'000};
constexpr qsizetype mostMentions = 50;
constexpr qsizetype cannedTextLength = 10'000;
constexpr qsizetype titleLength = 200;

void write(JsonText &json, const Parties &parties) {
    json.member("peer", parties.peer);
    json.member("own", parties.own);
}

void write(JsonText &json, const Claim &claim) {
    write(json, claim.parties);
    json.member("assignee", claim.assignee);
    json.memberTime("until", claim.until);
    json.name("take_over");
    json.flag(claim.takeOver);
}

void write(JsonText &json, const Release &release) {
    write(json, release.parties);
}

void write(JsonText &json, const Note &note) {
    write(json, note.parties);
    json.member("text", note.text);
    json.name("mentions");
    json.open('[');
    for (const QString &name : note.mentions)
        json.text(name);
    json.close(']');
}

void write(JsonText &json, const ReadUpTo &read) {
    write(json, read.parties);
    json.memberTime("at", read.at);
}

void write(JsonText &json, const Closed &closed) {
    write(json, closed.parties);
    json.name("closed");
    json.flag(closed.closed);
}

void write(JsonText &json, const Answered &answered) {
    write(json, answered.parties);
    json.member("intent", answered.intent);
}

void write(JsonText &json, const CannedReply &reply) {
    json.member("id", reply.id);
    json.member("folder", reply.folder);
    json.member("title", reply.title);
    json.member("text", reply.text);
}

void write(JsonText &json, const SharedContact &contact) {
    json.member("peer", contact.peer);
    json.member("name", contact.name);
}

void write(JsonText &json, const Recovered &recovered) {
    json.member("source", recovered.source);
    json.name("event");
    json.text(QByteArrayView(recovered.event));
}

void write(JsonText &, const UnknownFact &) {}

QString typeOf(const Fact &fact) {
    static constexpr std::array types{"claim",    "release",      "note",    "read",     "closed",
                                      "answered", "canned_reply", "contact", "recovered"};
    if (const auto *unknown = std::get_if<UnknownFact>(&fact))
        return unknown->type;
    static_assert(types.size() + 1 == std::variant_size_v<Fact>);
    return QString::fromLatin1(types.at(fact.index()));
}

Parties readParties(FrameReader &data) {
    Parties parties;
    parties.peer = data.filledText("peer", maximumNameLength);
    parties.own = data.filledText("own", maximumNameLength);
    return parties;
}

Fact readClaim(FrameReader data) {
    Claim claim;
    claim.parties = readParties(data);
    claim.assignee = data.filledText("assignee", maximumNameLength);
    claim.until = data.time("until");
    claim.takeOver = data.flag("take_over");
    return claim;
}

Fact readRelease(FrameReader data) {
    return Release{readParties(data)};
}

Fact readNote(FrameReader data) {
    Note note;
    note.parties = readParties(data);
    note.text = data.filledText("text", maximumNoteLength);
    note.mentions = data.texts("mentions", mostMentions, maximumNameLength);
    return note;
}

Fact readReadUpTo(FrameReader data) {
    ReadUpTo read;
    read.parties = readParties(data);
    read.at = data.time("at");
    return read;
}

Fact readClosed(FrameReader data) {
    Closed closed;
    closed.parties = readParties(data);
    closed.closed = data.flag("closed");
    return closed;
}

Fact readAnswered(FrameReader data) {
    Answered answered;
    answered.parties = readParties(data);
    answered.intent = data.filledText("intent", maximumIntentLength);
    return answered;
}

Fact readCannedReply(FrameReader data) {
    CannedReply reply;
    reply.id = data.filledText("id", maximumNameLength);
    reply.folder = data.text("folder", titleLength);
    reply.title = data.text("title", titleLength);
    reply.text = data.text("text", cannedTextLength);
    return reply;
}

Fact readContact(FrameReader data) {
    SharedContact contact;
    contact.peer = data.filledText("peer", maximumNameLength);
    contact.name = data.text("name", titleLength);
    return contact;
}

Fact readRecovered(FrameReader data) {
    Recovered recovered;
    recovered.source = data.filledText("source", maximumNameLength);
    recovered.event = data.bytes("event", maximumFactBytes);
    if (recovered.event.isEmpty())
        data.record("event", " is empty");
    return recovered;
}

struct KindOfFact {
    const char *type;
    Fact (*read)(FrameReader data);
};

constexpr std::array kindsOfFact{
    KindOfFact{"claim", readClaim},        KindOfFact{"release", readRelease},
    KindOfFact{"note", readNote},          KindOfFact{"read", readReadUpTo},
    KindOfFact{"closed", readClosed},      KindOfFact{"answered", readAnswered},
    KindOfFact{"contact", readContact},    KindOfFact{"canned_reply", readCannedReply},
    KindOfFact{"recovered", readRecovered}};

} // namespace

QByteArray encodeFact(const Fact &fact) {
    JsonText out(512);
    out.open('{');
    out.member("type", typeOf(fact));
    out.name("data");
    out.open('{');
    std::visit([&out](const auto &one) { write(out, one); }, fact);
    out.close('}');
    out.close('}');
    return out.take();
}

namespace {

Fact readFact(const json &root, QString &problem) {
    FrameReader fact(MemberReader(root, problem), problem);
    const QString type = fact.filledText("type", maximumNameLength);
    FrameReader data = fact.object("data");
    for (const KindOfFact &known : kindsOfFact) {
        if (type == QLatin1String(known.type))
            return known.read(std::move(data));
    }
    return UnknownFact{type};
}

} // namespace

Result<Fact, QString> decodeFact(QByteArrayView body) {
    const auto root = events::parseBounded(body, factLimits);
    if (!root) {
        return failed(root.error() == events::JsonProblem::NotJson
                          ? QStringLiteral("the fact is not JSON in UTF-8")
                          : QStringLiteral("the fact is too large or too deep"));
    }
    if (!root->is_object())
        return failed(QStringLiteral("the fact is not an object"));
    QString problem;
    Fact fact = readFact(*root, problem);
    if (!problem.isEmpty())
        return failed(problem.left(200));
    return fact;
}

} // namespace longcode::protocol
