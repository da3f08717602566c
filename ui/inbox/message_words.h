#pragma once

#include "desk/values.h"

#include <QList>
#include <QString>

#include <optional>

namespace longcode::inbox {

/// What a person can do about one message.
enum class MessageAction : quint8 { EditAndResend, Explain, SendAgain, CountAsSent, Discard, Copy };

[[nodiscard]] QString inWords(MessageAction action);

/// What stands below a message that needs an answer: a failure, or doubt about it.
struct Notice {
    QString lead; ///< "Not delivered:", set off from the rest
    QString body; ///< the server's words first, then our advice; plain text
    bool doubt = false;
    QList<MessageAction> actions; ///< offered as links, in this order
};
[[nodiscard]] std::optional<Notice> noticeFor(const desk::Message &message);

/// The small print: "10:33 · 1 segment · Delivered"; for a customer's text the time, and that it is a
/// keyword.
[[nodiscard]] QString smallPrint(const desk::Message &message);

/// "2 attachments", or empty.
[[nodiscard]] QString mediaLine(const desk::Message &message);

/// Everything offered in a message's menu: its notice's actions, then copying.
[[nodiscard]] QList<MessageAction> menuActionsFor(const desk::Message &message);

} // namespace longcode::inbox
