#include "sandbox/inbound.h"

#include "sandbox/places.h"
#include "sandbox/reporter.h"
#include "sandbox/seeded.h"
#include "sandbox/text_cost.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/world.h"

#include <array>
#include <utility>

namespace longcode::sandbox {

namespace {

SenderKind kindOf(World &world, const std::string &ours) {
    if (world.shortCode(ours))
        return SenderKind::LongCode; // the phone sends, in the phone's alphabet
    return isTollFree(ours) ? SenderKind::TollFree : SenderKind::LongCode;
}

std::string keywordOf(const std::string &text) {
    return QString::fromStdString(text).trimmed().toUpper().toStdString();
}

std::string autoresponse(const std::string &kind) {
    if (kind == "STOP")
        return "You have been unsubscribed and will receive no more messages. Reply START to subscribe "
               "again.";
    if (kind == "START")
        return "You are subscribed again. Reply STOP to unsubscribe, HELP for help.";
    return "Longcode sandbox: reply STOP to unsubscribe. Message and data rates may apply.";
}

} // namespace

std::string keywordKind(const std::string &text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> keywords{{{"STOP", "STOP"},
                                                                                      {"STOPALL", "STOP"},
                                                                                      {"STOP ALL", "STOP"},
                                                                                      {"UNSUBSCRIBE", "STOP"},
                                                                                      {"CANCEL", "STOP"},
                                                                                      {"END", "STOP"},
                                                                                      {"QUIT", "STOP"},
                                                                                      {"START", "START"},
                                                                                      {"UNSTOP", "START"},
                                                                                      {"HELP", "HELP"},
                                                                                      {"INFO", "HELP"}}};
    const std::string typed = keywordOf(text);
    for (const auto &[keyword, kind] : keywords) {
        if (typed == keyword)
            return std::string(kind);
    }
    return {};
}

Inbound::Inbound(World &world, Reporter &reporter, const VirtualClock &clock, const Seeded &seeded)
    : m_world(world), m_reporter(reporter), m_clock(clock), m_seeded(seeded) {}

Result<Message *, std::string> Inbound::receive(const Incoming &incoming) {
    const std::string profileId = m_world.profileOf(incoming.to);
    if (profileId.empty())
        return failed("'" + incoming.to +
                      "' is no number of this account, or belongs to no messaging profile.");
    Message message;
    message.id = m_seeded.uuid("message/" + std::to_string(m_world.nextOrdinal()));
    message.inbound = true;
    message.mms = !incoming.media.empty() || !incoming.cc.empty() || incoming.subject;
    message.profileId = profileId;
    message.from = incoming.from;
    message.to.push_back({incoming.to, "webhook_delivered", "Telnyx"});
    message.cc = incoming.cc;
    message.groupId = incoming.groupId;
    message.text = incoming.text;
    message.subject = incoming.subject;
    message.media = incoming.media;
    message.receivedAt = m_clock.now();
    const Encoded encoded = encode(incoming.text, kindOf(m_world, incoming.to), {}, false);
    message.encoding = encoded.encoding;
    message.parts = message.mms ? 1 : std::max(1, encoded.parts);
    message.autoresponseType = keywordKind(incoming.text);
    Message &kept = m_world.addMessage(std::move(message));
    obey(kept, keywordOf(incoming.text));
    m_reporter.received(kept);
    answerKeyword(kept);
    return &kept;
}

void Inbound::obey(const Message &message, const std::string &keyword) {
    const std::string &ours = message.to.front().number;
    if (message.autoresponseType == "STOP")
        m_world.block({ours, message.from, message.profileId, keyword, m_clock.now()});
    else if (message.autoresponseType == "START")
        m_world.unblock(message.profileId, message.from);
}

/// Kept like any message, but not reported: the account did not send it.
void Inbound::answerKeyword(const Message &message) {
    if (message.autoresponseType.empty())
        return;
    Message answer;
    answer.id = m_seeded.uuid("message/" + std::to_string(m_world.nextOrdinal()));
    answer.profileId = message.profileId;
    answer.from = message.to.front().number;
    answer.to.push_back({message.from, "delivered", carrierOf(message.from)});
    answer.text = autoresponse(message.autoresponseType);
    const Encoded encoded = encode(answer.text, SenderKind::LongCode, {}, false);
    answer.encoding = encoded.encoding;
    answer.parts = encoded.parts;
    answer.tags = {"autoresponse"};
    answer.receivedAt = m_clock.now();
    answer.sentAt = answer.completedAt = answer.receivedAt;
    answer.cost = Cost{};
    answer.silent = true;
    m_world.addMessage(std::move(answer));
}

} // namespace longcode::sandbox
