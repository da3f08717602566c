#include "desk/sandbox_rig.h"

#include "desk/convert.h"
#include "desk/outbox_rig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QSignalSpy>

namespace longcode::tests {

SandboxRig::SandboxRig() = default;

SandboxRig::~SandboxRig() {
    close();
}

bool SandboxRig::open() {
    const desk::Services services{.network = network, .clock = clock, .secrets = secrets};
    auto opened = await(desk::openSandbox({scratch.path(QStringLiteral("data/profile"))},
                                          QStringLiteral(LONGCODE_BIN_DIR), services),
                        60'000);
    if (!opened) {
        qWarning("%s %s", qPrintable(opened.error().what), qPrintable(opened.error().remedy));
        return false;
    }
    m_console = std::move(*opened);
    m_reader = std::move(*console().store().openReader());
    return true;
}

void SandboxRig::close() {
    m_reader.reset();
    m_console.reset();
}

store::Reader &SandboxRig::reader() {
    return *m_reader;
}

QJsonObject SandboxRig::request(const QByteArray &method, const QString &path, const QByteArray &body) {
    QNetworkRequest wanted{QUrl(console().sandbox()->addresses().control.toString() + path)};
    wanted.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(wanted, method, body));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!finished.wait(20'000) || reply->error() != QNetworkReply::NoError)
        qWarning("control request %s: %s", qPrintable(path), reply->readAll().constData());
    return QJsonDocument::fromJson(reply->readAll()).object();
}

QJsonObject SandboxRig::control(const QString &path, const QJsonObject &body) {
    return request("POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact));
}

QJsonObject SandboxRig::look(const QString &path) {
    return request("GET", path, {});
}

QJsonArray SandboxRig::sends() {
    return look(QStringLiteral("/requests?method=POST&path=/messages"))
        .value(QLatin1String("requests"))
        .toArray();
}

desk::ConversationId SandboxRig::begin(const QString &peer, const QString &own) {
    const auto begun = await(console().store().begin({.peer = peer, .own = own}, clock.now()));
    return begun ? desk::toDesk(*begun) : desk::ConversationId{};
}

desk::MessageRow SandboxRig::send(desk::ConversationId conversation, const QString &text) {
    const auto sent = await(console().outbox().send(conversation, text));
    return sent ? *sent : desk::MessageRow{};
}

store::MessageState SandboxRig::state(desk::MessageRow row) {
    const auto message = m_reader->message(desk::toStore(row));
    return message ? message->state : store::MessageState::Waiting;
}

QStringList SandboxRig::texts(desk::ConversationId conversation) {
    QStringList texts;
    for (const store::MessageRecord &message : m_reader->newest(desk::toStore(conversation), 100))
        texts.append(message.direction == store::Direction::Inbound
                         ? QString(QStringLiteral("< ") + message.text)
                         : message.text);
    return texts;
}

} // namespace longcode::tests
