#pragma once

#include "desk/diagnosis.h"
#include "desk/values.h"

#include <QList>
#include <QString>

#include <optional>

namespace longcode::inbox {

/// What a person can do about one message.
enum class MessageAction : quint8 {
    EditAndResend,
    Explain, ///< opens the details
    SendAgain,
    CountAsSent,
    Discard,
    LookUp,
    ChangeSender,
    CopyNumber,
    OpenSettings,
    CancelScheduled,
    TakeBack,
    OpenLink, ///< one of the links in the text
    Copy,
    CopyWithNames,
    Details
};

[[nodiscard]] QString inWords(MessageAction action);
/// The action behind a remedy; nothing for what is offered in the details alone.
[[nodiscard]] std::optional<MessageAction> actionOf(desk::Remedy remedy);

/// What stands below a message that needs an answer: a failure, or doubt about it.
struct Notice {
    QString lead; ///< "Not delivered:", set off from the rest
    QString body; ///< the server's words first, then our advice; plain text
    bool doubt = false;
    QList<MessageAction> actions; ///< offered as links, in this order
};
/// `diagnosis`: what the desk found out about it, if anything.
[[nodiscard]] std::optional<Notice> noticeFor(const desk::Message &message,
                                              const std::optional<desk::Diagnosis> &diagnosis = std::nullopt);

/// Whose eyes are on the messages: what depends on there being a team.
struct Reader {
    QString name; ///< one's own, or empty
    bool team = false;
    friend bool operator==(const Reader &, const Reader &) = default;
};

/// The small print: "10:33 · by Anna · 1 segment · Delivered"; for a customer's text the time, and that it is
/// a keyword; for a note the time, and who sees it. For one that waits: when it leaves, seen at `now`.
[[nodiscard]] QString smallPrint(const desk::Message &message, const Reader &reader,
                                 const QDateTime &now = {});
/// What a person can do about one that waits, offered behind the small print.
[[nodiscard]] std::optional<MessageAction> printActionFor(const desk::Message &message, const QDateTime &now);
/// Seconds for which a text can be taken back; -1: it cannot.
[[nodiscard]] int secondsToTakeBack(const desk::Message &message, const QDateTime &now);

/// Who wrote a note, for its head; never empty.
[[nodiscard]] QString noteAuthor(const desk::Message &message, const Reader &reader);

/// "2 attachments", or empty.
[[nodiscard]] QString mediaLine(const desk::Message &message);

/// Everything offered in a message's menu: its notice's actions, what waits, then copying and details.
[[nodiscard]] QList<MessageAction>
menuActionsFor(const desk::Message &message, const QDateTime &now,
               const std::optional<desk::Diagnosis> &diagnosis = std::nullopt);

/// Who said it, for a transcript: the customer's name, a colleague's, or one's own.
[[nodiscard]] QString speaker(const desk::Message &message, const Reader &reader, const QString &customer);
/// "Maria Keller, 24 Nov 2026 10:43: Hello"
[[nodiscard]] QString transcriptLine(const desk::Message &message, const QString &speaker);

} // namespace longcode::inbox
