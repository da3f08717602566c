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

/// Whose eyes are on the messages: what depends on there being a team.
struct Reader {
    QString name; ///< one's own, or empty
    bool team = false;
    friend bool operator==(const Reader &, const Reader &) = default;
};

/// The small print: "10:33 · by Anna · 1 segment · Delivered"; for a customer's text the time, and that it is
/// a keyword; for a note the time, and who sees it.
[[nodiscard]] QString smallPrint(const desk::Message &message, const Reader &reader);

/// Who wrote a note, for its head; never empty.
[[nodiscard]] QString noteAuthor(const desk::Message &message, const Reader &reader);

/// "2 attachments", or empty.
[[nodiscard]] QString mediaLine(const desk::Message &message);

/// Everything offered in a message's menu: its notice's actions, then copying.
[[nodiscard]] QList<MessageAction> menuActionsFor(const desk::Message &message);

} // namespace longcode::inbox
