#include "desk/outbox_rig.h"

#include "desk/convert.h"

namespace longcode::tests {

desk::SendTiming OutboxRig::quickTiming() {
    using namespace std::chrono_literals;
    return {
        .firstBackoff = 20ms, .longestBackoff = 100ms, .keyPause = 1h, .webhookPatience = 0ms, .inFlight = 4};
}

telnyx::Settings OutboxRig::settings(const QUrl &server) {
    using namespace std::chrono_literals;
    telnyx::Settings api;
    api.baseUrl = server;
    api.apiKey = "KEY-of-the-test";
    api.transferTimeout = 700ms;
    api.deadline = 2s;
    return api;
}

OutboxRig::OutboxRig(const QString &folder, const telnyx::Settings &api, const desk::SendTiming &timing) {
    account.setSenders(startSenders());
    auto opened = store::Store::open(folder);
    if (!opened)
        qFatal("the store cannot be opened: %s", qPrintable(opened.error().detail));
    store = std::move(*opened);
    reader = std::move(*store->openReader());
    client = std::make_unique<telnyx::Client>(network, api);
    queue = std::make_unique<desk::SendQueue>(*store, *reader, *client, clock, timing);
    outbox = std::make_unique<desk::StoredOutbox>(*store, *reader, account, *queue, clock);
    schedule = std::make_unique<desk::LiveSchedule>(*store, *reader, *client, *outbox, clock);
    optOuts = std::make_unique<desk::LiveOptOuts>(*store, *reader, *client, account, clock);
    diagnoses = std::make_unique<desk::LiveDiagnoses>(*store, *reader, *client, account, clock);
}

OutboxRig::~OutboxRig() = default;

desk::ConversationId OutboxRig::begin(const QString &peer, const QString &own) {
    const auto begun = await(store->begin({.peer = peer, .own = own}, clock.now()));
    return begun ? desk::toDesk(*begun) : desk::ConversationId{};
}

desk::MessageRow OutboxRig::send(desk::ConversationId conversation, const QString &text) {
    const auto sent = await(outbox->send(conversation, text));
    return sent ? *sent : desk::MessageRow{};
}

store::MessageRecord OutboxRig::message(desk::MessageRow row) {
    return reader->message(desk::toStore(row)).value_or(store::MessageRecord{});
}

store::MessageState OutboxRig::state(desk::MessageRow row) {
    return message(row).state;
}

store::IntentRecord OutboxRig::intentOf(desk::MessageRow row) {
    return reader->intentOf(desk::toStore(row)).value_or(store::IntentRecord{});
}

QList<desk::Sender> startSenders() {
    const auto sender = [](const char *address, const char *profile, sms::SenderKind kind, bool smart) {
        return desk::Sender{.address = phone::fromWire(QLatin1String(address)),
                            .profileId = QStringLiteral("5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101"),
                            .profileName = QLatin1String(profile),
                            .kind = kind,
                            .smartEncoding = smart,
                            .profileEnabled = true,
                            .successRatio = {}};
    };
    return {sender("+14155550100", "Sales", sms::SenderKind::LongCode, false),
            sender("+18885550142", "Support", sms::SenderKind::TollFree, true)};
}

QByteArray acceptedBody(const QByteArray &id) {
    return R"({"data":{"record_type":"message","direction":"outbound","id":")" + id +
           R"(","type":"SMS","messaging_profile_id":"5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101","from":{"phone_number":"+14155550100",)"
           R"("carrier":"Telnyx","line_type":"Wireless"},"to":[{"phone_number":"+12125550188","status":"queued",)"
           R"("carrier":"Verizon","line_type":"Wireless"}],"cc":[],"text":"Hello","media":[],"encoding":"GSM-7","parts":1,)"
           R"("tags":[],"cost":{"amount":"0.0051","currency":"USD"},"received_at":"2026-03-05T18:30:00.000+00:00",)"
           R"("sent_at":null,"completed_at":null,"valid_until":null,"errors":[]}})";
}

QByteArray errorBody(const QByteArray &code, const QByteArray &title, const QByteArray &detail) {
    return R"({"errors":[{"code":")" + code + R"(","title":")" + title + R"(","detail":")" + detail +
           R"("}]})";
}

} // namespace longcode::tests
