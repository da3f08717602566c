#include "sandbox/api_messages.h"

#include "sandbox/progress.h"
#include "sandbox/router.h"
#include "sandbox/schemas.h"
#include "sandbox/sending.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/world.h"

namespace longcode::sandbox {

namespace {

constexpr qint64 readableFor = 10LL * 24 * 3600 * 1000; ///< the API reads back 10 days
constexpr qint64 cancelBefore = 60'000;                 ///< a message can be cancelled until then

ApiError unknownMessage(const std::string &id) {
    return errorOf("10005", "There is no message " + id + ".");
}

Message *readable(World &world, const VirtualClock &clock, const std::string &id) {
    Message *message = world.message(id);
    const bool tooOld = message && clock.nowMs() - message->receivedAt.toMSecsSinceEpoch() > readableFor;
    return tooOld ? nullptr : message;
}

Answer sendMessage(Sending &sending, Operation operation, const Json &body) {
    const auto message = sending.send(operation, body);
    return message ? dataAnswer(payload(**message)) : message.error();
}

Answer readMessage(World &world, const VirtualClock &clock, const std::string &id) {
    const Message *message = readable(world, clock, id);
    return message ? dataAnswer(payload(*message)) : refusal(404, unknownMessage(id));
}

Answer readGroup(World &world, const VirtualClock &clock, const std::string &id) {
    const Message *message = readable(world, clock, id);
    if (!message || !message->isGroup())
        return refusal(404, unknownMessage(id));
    Json list = Json::array();
    for (std::size_t i = 0; i < message->to.size(); ++i)
        list.push_back(payload(*message, i));
    return dataAnswer(std::move(list));
}

Answer cancelMessage(World &world, Progress &progress, const VirtualClock &clock, const std::string &id) {
    Message *message = readable(world, clock, id);
    if (!message)
        return bareRefusal(404, unknownMessage(id));
    if (!message->sendAt || message->to.front().status != "scheduled")
        return bareRefusal(403, errorOf("10010", "Only a scheduled message can be cancelled."));
    if (message->sendAt->toMSecsSinceEpoch() - clock.nowMs() <= cancelBefore)
        return bareRefusal(
            403, errorOf("10010", "The message is sent within a minute; it is too late to cancel it."));
    progress.halt(*message);
    for (Recipient &recipient : message->to)
        recipient.status = "cancelled";
    message->completedAt = clock.now();
    message->validUntil.reset();
    return {200, payload(*message)};
}

} // namespace

void addMessageRoutes(Router &router, World &world, Sending &sending, Progress &progress,
                      const VirtualClock &clock) {
    const auto send = [&router, &sending](std::string_view path, Operation operation, const Schema &schema) {
        router.add(
            "POST", path,
            [&sending, operation](const Call &call) { return sendMessage(sending, operation, call.body); },
            &schema);
    };
    send("/messages", Operation::Any, schemas::message());
    send("/messages/long_code", Operation::LongCode, schemas::longCodeMessage());
    send("/messages/short_code", Operation::ShortCode, schemas::longCodeMessage());
    send("/messages/alphanumeric_sender_id", Operation::Alphanumeric, schemas::alphanumericMessage());
    send("/messages/number_pool", Operation::NumberPool, schemas::numberPoolMessage());
    send("/messages/schedule", Operation::Schedule, schemas::scheduledMessage());
    send("/messages/group_mms", Operation::Group, schemas::groupMessage());
    router.add("GET", "/messages/group/{message_id}",
               [&](const Call &call) { return readGroup(world, clock, call.at("message_id")); });
    router.add("GET", "/messages/{id:uuid}",
               [&](const Call &call) { return readMessage(world, clock, call.at("id")); });
    router.add("DELETE", "/messages/{id:uuid}",
               [&](const Call &call) { return cancelMessage(world, progress, clock, call.at("id")); });
}

} // namespace longcode::sandbox
