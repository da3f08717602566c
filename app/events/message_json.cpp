#include "events/message_json.h"

#include "events/member_reader.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace longcode::events {

using nlohmann::json;

namespace {

/// An address object, or the address alone as a text (D20, D22).
Party partyFrom(const json &value, const QString &path, QString &problem) {
    Party party;
    if (value.is_string()) {
        party.address = stringOf(value);
        return party;
    }
    if (!value.is_object()) {
        recordProblem(problem, path);
        return party;
    }
    MemberReader member(value, problem, path);
    party.address = member.text("phone_number");
    party.statusText = member.text("status");
    party.status = statusFromText(party.statusText);
    party.carrier = member.text("carrier");
    party.lineType = member.text("line_type");
    return party;
}

/// A list of addresses; one address alone is taken for a list of one (D18).
QList<Party> partiesFrom(MemberReader &message, const char *name, QString &problem) {
    QList<Party> parties;
    const json *value = message.member(name);
    if (value && !value->is_array()) {
        parties.append(partyFrom(*value, message.pathOf(name), problem));
        return parties;
    }
    message.forEach(name, [&](const json &element, const QString &path) {
        parties.append(partyFrom(element, path, problem));
    });
    return parties;
}

Media mediaFrom(const json &value, const QString &path, QString &problem) {
    Media media;
    if (!value.is_object()) {
        recordProblem(problem, path);
        return media;
    }
    MemberReader member(value, problem, path);
    media.url = member.text("url");
    media.contentType = member.text("content_type");
    media.sha256 = member.text("sha256");
    if (media.sha256.isEmpty())
        media.sha256 = member.text("hash_sha256"); // D23
    media.size = member.integer("size");
    return media;
}

EventError errorFrom(const json &value, const QString &path, QString &problem) {
    EventError error;
    if (!value.is_object()) {
        recordProblem(problem, path);
        return error;
    }
    MemberReader member(value, problem, path);
    error.code = member.textOrNumber("code");
    error.title = member.text("title");
    error.detail = member.text("detail");
    return error;
}

std::optional<Money> costFrom(MemberReader &message) {
    auto cost = message.object("cost");
    if (!cost)
        return std::nullopt;
    Money money{cost->textOrNumber("amount"), cost->text("currency")};
    if (money.amount.isEmpty())
        return std::nullopt;
    return money;
}

/// `smart_encoding_applied` beside the text or inside of `smart_encoding` (D25).
std::optional<bool> smartEncodingFrom(MemberReader &message) {
    if (const auto applied = message.flag("smart_encoding_applied"))
        return applied;
    const json *details = message.member("smart_encoding");
    if (!details || !details->is_object())
        return std::nullopt;
    return message.object("smart_encoding")->flag("smart_encoding_applied");
}

std::optional<int> partsFrom(MemberReader &message) {
    const auto parts = message.integer("parts");
    if (!parts)
        return std::nullopt;
    if (*parts < 0 || *parts > std::numeric_limits<int>::max()) {
        message.wrong("parts");
        return std::nullopt;
    }
    return static_cast<int>(*parts);
}

void readContent(MemberReader &message, MessageFacts &facts, QString &problem) {
    facts.text = message.text("text");
    facts.subject = message.text("subject");
    message.forEach("media", [&](const json &element, const QString &path) {
        facts.media.append(mediaFrom(element, path, problem));
    });
    const QString type = message.text("type");
    facts.mms = type.isEmpty() ? !facts.media.isEmpty()
                               : type.compare(QLatin1String("MMS"), Qt::CaseInsensitive) == 0;
    facts.encoding = message.text("encoding");
    facts.parts = partsFrom(message);
    facts.smartEncodingApplied = smartEncodingFrom(message);
}

void readTimes(MemberReader &message, MessageFacts &facts) {
    facts.receivedAt = message.time("received_at");
    facts.sentAt = message.time("sent_at");
    facts.completedAt = message.time("completed_at");
    facts.validUntil = message.time("valid_until");
    facts.sendAt = message.time("send_at");
}

} // namespace

Result<MessageFacts, QString> messageFromJson(const json &payload) {
    QString problem;
    if (!payload.is_object())
        return failed(QStringLiteral("message"));
    MemberReader message(payload, problem);
    MessageFacts facts;
    facts.id = MessageId(message.text("id"));
    const QString direction = message.text("direction");
    facts.direction = direction == QLatin1String("inbound") ? Direction::Inbound : Direction::Outbound;
    facts.profileId = message.text("messaging_profile_id");
    if (const json *from = message.member("from"))
        facts.from = partyFrom(*from, QStringLiteral("from"), problem);
    facts.to = partiesFrom(message, "to", problem);
    facts.cc = partiesFrom(message, "cc", problem);
    readContent(message, facts, problem);
    readTimes(message, facts);
    facts.cost = costFrom(message);
    message.forEach("errors", [&](const json &element, const QString &path) {
        facts.errors.append(errorFrom(element, path, problem));
    });
    facts.autoresponseType = message.text("autoresponse_type").toUpper();
    facts.groupMessageId = message.text("group_message_id");
    if (!problem.isEmpty())
        return failed(problem);
    return facts;
}

} // namespace longcode::events
