#include "desk/transcript_form.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace longcode::desk {

namespace {

QString timeText(const QDateTime &time) {
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QByteArray bytesOf(const QJsonObject &object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray bytesOf(const QString &text) {
    // A document is an object or an array: the brackets go again.
    return QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact).chopped(1).sliced(1);
}

QJsonObject howToVerify(const QString &publicKey) {
    QJsonObject how{
        {QStringLiteral("algorithm"), QStringLiteral("Ed25519")},
        {QStringLiteral("signed_bytes"), QStringLiteral("timestamp|body")},
        {QStringLiteral("how"),
         QStringLiteral("For each event with a signature: decode `body` from base64. Join the text of "
                        "`timestamp`, one vertical bar (0x7C) and the decoded body. Decode `signature` from "
                        "base64 to 64 bytes and verify it as Ed25519 over the joined bytes with the public "
                        "key of the Telnyx account, which is 32 bytes in base64.")},
        {QStringLiteral("public_key_from"),
         QStringLiteral("Ask Telnyx for the key, not this file: GET https://api.telnyx.com/v2/public_key, or "
                        "the portal's page of keys and credentials.")},
        {QStringLiteral("without_signature"),
         QStringLiteral("Events whose `source` is not `webhook` were read from the API and are not signed. "
                        "Outbound messages are proven by their webhooks only.")}};
    if (!publicKey.isEmpty())
        how.insert(QStringLiteral("public_key"), publicKey);
    return how;
}

QJsonObject toJson(const store::RawEventRecord &event) {
    QJsonObject json{{QStringLiteral("id"), event.eventId},
                     {QStringLiteral("type"), event.type},
                     {QStringLiteral("received_at"), timeText(event.receivedAt)},
                     {QStringLiteral("source"), event.source},
                     {QStringLiteral("body"), QString::fromLatin1(event.body.toBase64())}};
    if (!event.signature.isEmpty())
        json.insert(QStringLiteral("signature"), QString::fromLatin1(event.signature));
    if (!event.timestamp.isEmpty())
        json.insert(QStringLiteral("timestamp"), QString::fromLatin1(event.timestamp));
    return json;
}

QJsonObject toJson(const store::MessageRecord &message) {
    QJsonObject json{{QStringLiteral("at"), timeText(message.at)},
                     {QStringLiteral("direction"), transcriptWord(message.direction)},
                     {QStringLiteral("text"), message.text}};
    const auto put = [&json](const char *name, const QString &value) {
        if (!value.isEmpty())
            json.insert(QLatin1String(name), value);
    };
    put("telnyx_id", message.telnyxId.text());
    put("own", message.own);
    put("author", message.author);
    if (message.direction != store::Direction::Note)
        put("state", transcriptWord(message.state));
    put("server_status", message.serverStatus);
    put("send_at", timeText(message.sendAt));
    if (message.segments > 0)
        json.insert(QStringLiteral("parts"), message.segments);
    if (message.mediaCount > 0)
        json.insert(QStringLiteral("attachments"), message.mediaCount);
    if (message.cost) {
        json.insert(QStringLiteral("cost"),
                    QJsonObject{{QStringLiteral("amount"), message.cost->amount},
                                {QStringLiteral("currency"), message.cost->currency}});
    }
    if (message.error) {
        json.insert(QStringLiteral("error"), QJsonObject{{QStringLiteral("code"), message.error->code},
                                                         {QStringLiteral("title"), message.error->title},
                                                         {QStringLiteral("detail"), message.error->detail}});
    }
    if (!message.mentions.isEmpty())
        json.insert(QStringLiteral("mentions"), QJsonArray::fromStringList(message.mentions));
    return json;
}

class JsonTranscript final : public TranscriptForm {
public:
    QByteArray beginning(const TranscriptFacts &facts) override {
        const TranscriptHead &head = facts.head;
        const QJsonObject conversation{{QStringLiteral("customer"), head.peer.wire()},
                                       {QStringLiteral("own"), head.own.wire()},
                                       {QStringLiteral("name"), head.name}};
        return QByteArray("{\"format\":\"longcode.transcript\",\"version\":1,\"written_at\":") +
               bytesOf(timeText(facts.writtenAt)) + ",\"account\":" + bytesOf(head.account) +
               ",\n\"conversation\":" + bytesOf(conversation) +
               ",\n\"verify\":" + bytesOf(howToVerify(facts.publicKey)) + ",\n\"messages\":[";
    }
    bool wantsEvents() const override { return true; }
    QByteArray message(const store::MessageRecord &message,
                       const QList<store::RawEventRecord> &events) override {
        QJsonObject json = toJson(message);
        QJsonArray all;
        for (const store::RawEventRecord &event : events)
            all.append(toJson(event));
        if (!all.isEmpty())
            json.insert(QStringLiteral("events"), all);
        return (std::exchange(m_isFirst, false) ? "\n" : ",\n") + bytesOf(json);
    }
    QByteArray end() override { return "\n]}\n"; }

private:
    bool m_isFirst = true;
};

} // namespace

std::unique_ptr<TranscriptForm> jsonTranscript() {
    return std::make_unique<JsonTranscript>();
}

QString transcriptWord(store::Direction direction) {
    switch (direction) {
    case store::Direction::Inbound:
        return QStringLiteral("inbound");
    case store::Direction::Outbound:
        return QStringLiteral("outbound");
    case store::Direction::Note:
        return QStringLiteral("note");
    }
    return {};
}

QString transcriptWord(store::MessageState state) {
    using enum store::MessageState;
    switch (state) {
    case Received:
        return QStringLiteral("received");
    case Waiting:
        return QStringLiteral("waiting");
    case Sending:
        return QStringLiteral("sending");
    case Uncertain:
        return QStringLiteral("uncertain");
    case Rejected:
        return QStringLiteral("rejected");
    case Queued:
        return QStringLiteral("queued");
    case Sent:
        return QStringLiteral("sent");
    case Delivered:
        return QStringLiteral("delivered");
    case Unconfirmed:
        return QStringLiteral("delivery_unconfirmed");
    case Failed:
        return QStringLiteral("failed");
    case Cancelled:
        return QStringLiteral("cancelled");
    case Scheduled:
        return QStringLiteral("scheduled");
    case Held:
        return QStringLiteral("held");
    }
    return {};
}

} // namespace longcode::desk
