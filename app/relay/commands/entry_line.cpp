#include "relay/commands/entry_line.h"

#include "base/utc.h"

#include <nlohmann/json.hpp>

namespace longcode::relay {

namespace {

std::optional<QByteArray> text(const nlohmann::json &object, const char *name) {
    const auto member = object.find(name);
    if (member == object.end() || !member->is_string())
        return std::nullopt;
    return QByteArray::fromStdString(member->get_ref<const std::string &>());
}

} // namespace

QByteArray entryLine(const SignedEntry &entry) {
    const nlohmann::ordered_json line{{"seq", entry.seq},
                                      {"received_at", formatUtc(entry.receivedAt).toStdString()},
                                      {"intent", entry.intent.toStdString()},
                                      {"account", entry.account.toStdString()},
                                      {"signature", entry.signature.toStdString()},
                                      {"timestamp", entry.timestamp.toStdString()},
                                      {"body", entry.body.toStdString()}};
    // The log holds valid UTF-8 only; what is not would not fit its signature afterwards.
    return QByteArray::fromStdString(
        line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

Result<SignedEntry, QString> entryFromLine(const QByteArray &line) {
    const auto object = nlohmann::json::parse(line.begin(), line.end(), nullptr, false);
    if (!object.is_object())
        return failed(QStringLiteral("it is not a JSON object"));
    const auto signature = text(object, "signature");
    const auto timestamp = text(object, "timestamp");
    const auto body = text(object, "body");
    if (!signature || !timestamp || !body)
        return failed(QStringLiteral("“signature”, “timestamp” and “body” must be texts"));
    const auto received = parseUtc(QString::fromUtf8(text(object, "received_at").value_or(QByteArray())));
    return SignedEntry{.seq = 0,
                       .receivedAt = received.value_or(QDateTime()),
                       .intent = QString::fromUtf8(text(object, "intent").value_or(QByteArray())),
                       .account = QString::fromUtf8(text(object, "account").value_or(QByteArray())),
                       .signature = *signature,
                       .timestamp = *timestamp,
                       .body = *body};
}

} // namespace longcode::relay
