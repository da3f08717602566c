#include "events/event_id.h"
#include "events/member_reader.h"
#include "events/message_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace longcode::events {

using nlohmann::json;

namespace {

using Body = decltype(Event::body);

std::optional<MessageEventKind> messageKind(const QString &type) {
    if (type == QLatin1String("message.received"))
        return MessageEventKind::Received;
    if (type == QLatin1String("message.sent"))
        return MessageEventKind::Sent;
    if (type == QLatin1String("message.finalized") || type == QLatin1String("message.delivered"))
        return MessageEventKind::Finalized;
    return std::nullopt;
}

/// `message.delivered` says by its name what the recipients' status may leave out (D85).
void fillDelivered(MessageFacts &message) {
    for (Party &party : message.to) {
        if (isTerminal(party.status))
            continue;
        party.status = MessageStatus::Delivered;
        party.statusText = statusText(MessageStatus::Delivered);
    }
}

Body messageBody(const QString &type, MessageEventKind kind, const json &payload) {
    auto message = messageFromJson(payload);
    if (!message)
        return OtherEvent{QString(QLatin1String("data.payload.") % message.error())};
    const bool saysDirection = payload.contains("direction") && payload["direction"].is_string();
    if (kind == MessageEventKind::Received && !saysDirection)
        message->direction = Direction::Inbound;
    if (type == QLatin1String("message.delivered"))
        fillDelivered(*message);
    return MessageEvent{kind, *std::move(message)};
}

Body linkClickBody(MemberReader member, const QString &problem) {
    LinkClicked click;
    click.url = member.text("url");
    click.to = member.text("to");
    click.messageId = MessageId(member.text("message_id"));
    click.clickedAt = member.time("time_clicked");
    return problem.isEmpty() ? Body(click) : Body(OtherEvent{problem});
}

Body spendLimitBody(MemberReader member, const QString &problem) {
    SpendLimitReached reached;
    reached.profileId = member.text("profile_id");
    reached.configuredLimit = member.textOrNumber("configured_limit");
    reached.currentCost = member.textOrNumber("current_cost");
    return problem.isEmpty() ? Body(reached) : Body(OtherEvent{problem});
}

constexpr QLatin1String linkClicked("link_clicked");

Body payloadBody(const QString &type, MemberReader &data, QString &problem) {
    const auto kind = messageKind(type);
    const bool isSpendLimit = type == QLatin1String("messaging-profile.spend-limit-reached");
    if (!kind && !isSpendLimit && type != linkClicked)
        return OtherEvent{};
    data.require("payload");
    auto payload = data.object("payload");
    if (!payload)
        return OtherEvent{problem};
    if (kind)
        return messageBody(type, *kind, *data.member("payload"));
    return isSpendLimit ? spendLimitBody(*payload, problem) : linkClickBody(*payload, problem);
}

/// The link click comes without an envelope of its own: its members are those of `data` (D80).
bool isBareLinkClick(const json &data) {
    return !data.contains("payload") && data.value("record_type", json()) == json("link_clicked");
}

/// The campaign status comes without `data` (D81).
bool isBareCampaignStatus(const json &root) {
    return !root.contains("data") && root.contains("campaignId") && root.contains("type");
}

void readData(const json &root, Event &event) {
    QString problem;
    MemberReader member(root, problem);
    member.require("data");
    auto data = member.object("data");
    if (!data) {
        event.body = OtherEvent{problem};
        return;
    }
    event.type = data->text("event_type");
    event.occurredAt = data->time("occurred_at");
    if (!problem.isEmpty()) {
        event.body = OtherEvent{problem};
    } else if (isBareLinkClick(root["data"])) {
        event.type = linkClicked;
        event.body = linkClickBody(*data, problem);
    } else {
        event.body = payloadBody(event.type, *data, problem);
    }
}

/// Only informative, so nothing in it can spoil an event.
int attemptFrom(const json &root) {
    QString ignored;
    MemberReader member(root, ignored);
    auto meta = member.object("meta");
    const qint64 attempt = meta ? meta->integer("attempt").value_or(1) : 1;
    return static_cast<int>(std::clamp<qint64>(attempt, 1, std::numeric_limits<int>::max()));
}

std::optional<QString> ownIdOf(const json &root) {
    QString ignored;
    MemberReader member(root, ignored);
    auto data = member.object("data");
    if (!data || !data->member("id"))
        return std::nullopt;
    return data->text("id");
}

} // namespace

Result<Event, EnvelopeProblem> parseEvent(const QByteArray &rawBody) {
    const auto root = parseBounded(rawBody, envelopeLimits);
    if (!root)
        return failed(envelopeProblem(root.error()));
    if (!root->is_object())
        return failed(EnvelopeProblem::NotAnObject);
    Event event;
    const auto ownId = ownIdOf(*root);
    event.hasOwnId = isUsableId(ownId);
    event.id = eventIdFrom(ownId, rawBody);
    event.attempt = attemptFrom(*root);
    event.raw = rawBody;
    if (isBareCampaignStatus(*root))
        event.type = QStringLiteral("campaign_status");
    else
        readData(*root, event);
    return event;
}

} // namespace longcode::events
