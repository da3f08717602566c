#include "support/fake_inbox.h"

#include <array>

namespace longcode::tests {

using desk::Conversation;
using desk::ConversationId;
using desk::Direction;
using desk::Message;
using desk::MessageState;

namespace {

constexpr qint64 minute = 60;
constexpr qint64 day = 24 * 60 * minute;

phone::Address address(const char *wire) {
    return phone::fromWire(QLatin1String(wire));
}

Conversation person(qint64 id, const char *number, const QString &name, const QString &preview,
                    qint64 secondsAgo) {
    Conversation conversation;
    conversation.id = ConversationId{id};
    conversation.peer = address(number);
    conversation.own = address("+14155550100");
    conversation.ownName = QStringLiteral("Sales");
    conversation.name = name;
    conversation.preview = preview;
    conversation.lastAt = sampleNow().addSecs(-secondsAgo);
    return conversation;
}

QList<Conversation> people() {
    Conversation maria = person(1, "+12125550188", QStringLiteral("Maria Keller"),
                                QStringLiteral("That’s fixed. “Order 4521” ships today."), minute);
    maria.lastDirection = Direction::Outbound;
    maria.lastState = MessageState::Sent;
    maria.carrier = QStringLiteral("T-Mobile USA");
    maria.lineType = QStringLiteral("wireless");
    Conversation tom = person(2, "+13125550123", QStringLiteral("Tom Brandt"),
                              QStringLiteral("Here is the label"), 4 * minute);
    tom.own = address("+18885550142");
    tom.ownName = QStringLiteral("Support");
    tom.unread = 2;
    Conversation stopped = person(3, "+15559876543", {}, QStringLiteral("STOP"), 31 * minute);
    stopped.optOut = desk::OptOut{sampleNow().addSecs(-31 * minute), QStringLiteral("STOP")};
    Conversation longNames = person(
        4, "+4930901820",
        QStringLiteral("Wilhelmina-Alexandrovna von Hohenzollern-Sigmaringen (Einkauf, Standort Berlin)"),
        QStringLiteral("A preview that is much longer than the pane is wide, so that it ends in dots"),
        45 * minute);
    longNames.unread = 128;
    Conversation draft = person(5, "+17185550111", QStringLiteral("Jo Wright 🚚"),
                                QStringLiteral("We could meet at 14:30 if"), 72 * minute);
    draft.previewIsDraft = true;
    Conversation elif = person(6, "+16465550177", QStringLiteral("Elif Polat"),
                               QStringLiteral("Your code is on its way"), day + 90 * minute);
    elif.lastDirection = Direction::Outbound;
    elif.lastState = MessageState::Failed;
    Conversation noor = person(7, "+97145550100", QStringLiteral("نور بكري"),
                               QStringLiteral("شكرا جزيلا، وصل الطلب اليوم"), day + 3 * 60 * minute);
    Conversation doubt =
        person(8, "+12025550143", QStringLiteral("Дмитрий Орлов"), QStringLiteral("On my way"), 12 * day);
    doubt.lastDirection = Direction::Outbound;
    doubt.lastState = MessageState::Uncertain;
    return {maria, tom, stopped, longNames, draft, elif, noor, doubt};
}

/// Numbers them and puts them into a conversation.
QList<Message> talk(ConversationId id, QList<Message> messages) {
    for (qsizetype i = 0; i < messages.size(); ++i) {
        messages[i].row = desk::MessageRow{id.value * 1000 + i + 1};
        messages[i].conversation = id;
    }
    return messages;
}

Message inbound(const QString &text, qint64 secondsAgo) {
    Message message;
    message.direction = Direction::Inbound;
    message.state = MessageState::Received;
    message.text = text;
    message.at = sampleNow().addSecs(-secondsAgo);
    return message;
}

Message outbound(const QString &text, MessageState state, qint64 secondsAgo) {
    Message message = inbound(text, secondsAgo);
    message.direction = Direction::Outbound;
    message.state = state;
    message.segments = 1 + int(text.size()) / 153;
    return message;
}

QList<Message> mariasTalk() {
    Message photo = inbound(QStringLiteral("Screenshot from my phone"), 8 * minute);
    photo.mediaCount = 1;
    Message failed =
        outbound(QStringLiteral("Track it here: https://sho.rt/x1"), MessageState::Failed, minute);
    failed.failure =
        desk::MessageFailure{QStringLiteral("40017"), QStringLiteral("AT&T flagged this as spam"),
                             QStringLiteral("Links through URL shorteners are the usual cause."),
                             QStringLiteral("Write the whole link of your own site, and send again.")};
    return {
        inbound(QStringLiteral("Hello, is anybody there?"), day + 20 * minute),
        outbound(QStringLiteral("We are: Monday to Friday, 9 to 5."), MessageState::Unconfirmed,
                 day + 18 * minute),
        inbound(QStringLiteral("Hi! My order 4521 shows “on hold”. What happened?"), 12 * minute),
        outbound(QStringLiteral("Sorry about that, Maria. One moment while I check."),
                 MessageState::Delivered, 10 * minute),
        photo,
        inbound(QStringLiteral("👍🏽❤️"), 7 * minute),
        outbound(QStringLiteral(
                     "Can you tell me the last four digits of the card you paid with? Please do not send "
                     "the whole number: four digits are enough for me to find the payment, and a text "
                     "message is not a safe place for the rest."),
                 MessageState::Uncertain, 6 * minute),
        outbound(QStringLiteral("That’s fixed. “Order 4521” ships today."), MessageState::Sent, minute),
        failed,
    };
}

} // namespace

QDateTime sampleNow() {
    return QDateTime(QDate(2026, 11, 24), QTime(10, 43), Qt::UTC);
}

Message syntheticMessage(int number) {
    static const std::array texts{
        QStringLiteral("Thanks, that works."),
        QStringLiteral(
            "Could you check again? The parcel was meant to arrive on Tuesday, and the driver says that "
            "nobody answered the door although we were at home the whole day."),
        QStringLiteral("👍🏽 perfect, see you at 6 🎉"),
        QStringLiteral("شكرا جزيلا، وصل الطلب اليوم"),
        QStringLiteral("Спасибо, всё пришло"),
        QStringLiteral("One line\nand another\nand a third one"),
        QStringLiteral("Ok"),
    };
    Message message;
    message.row = desk::MessageRow{number + 1};
    message.conversation = ConversationId{1};
    message.direction = number % 3 == 0 ? Direction::Outbound : Direction::Inbound;
    message.state =
        message.direction == Direction::Outbound ? MessageState::Delivered : MessageState::Received;
    message.text = QStringLiteral("%1 (%2)").arg(texts[size_t(number) % texts.size()]).arg(number);
    message.at = sampleNow().addSecs(-qint64(200'000 - number) * 7 * minute);
    message.segments = message.direction == Direction::Outbound ? 1 : 0;
    return message;
}

SampleDesk::SampleDesk() {
    inbox.setConversations(people());
    inbox.setMessages(maria, talk(maria, mariasTalk()));
    Message stop = inbound(QStringLiteral("STOP"), 31 * minute);
    stop.isKeyword = true;
    inbox.setMessages(
        stopped,
        talk(stopped,
             {outbound(QStringLiteral("50% off today!"), MessageState::Delivered, 40 * minute), stop}));
    inbox.setMessages(
        noor,
        talk(noor, {inbound(QStringLiteral("مرحبا، هل وصل طلبي رقم 4521؟ أود أن أعرف متى يمكنني "
                                           "استلامه من المتجر لأنني مسافر غدا صباحا"),
                            day + 4 * 60 * minute),
                    outbound(QStringLiteral("نعم، الطلب جاهز."), MessageState::Delivered, day + 200 * minute),
                    inbound(QStringLiteral("شكرا جزيلا، وصل الطلب اليوم"), day + 180 * minute)}));
    desk::Sender sales;
    sales.address = address("+14155550100");
    sales.profileName = QStringLiteral("Sales");
    sales.successRatio = 0.984;
    desk::Sender support;
    support.address = address("+18885550142");
    support.profileName = QStringLiteral("Support");
    support.kind = sms::SenderKind::TollFree;
    support.smartEncoding = true;
    account.setSenders({sales, support});
    desk::RelayStatus relay;
    relay.condition = desk::RelayCondition::Connected;
    relay.seq = 48213;
    relay.roundTrip = std::chrono::milliseconds(12);
    account.setRelay(relay);
}

} // namespace longcode::tests
