#pragma once

#include "base/result.h"
#include "desk/values.h"

#include <QFuture>
#include <QObject>

namespace longcode::desk {

/// What a person can do about a text that did not arrive.
enum class Remedy : quint8 {
    EditAndResend, ///< its text goes back into the composer
    SendAgain,     ///< the same once more; offered only where the error table says that it can help
    LookUp,        ///< ask the API what became of it
    CountAsSent,
    Discard,
    ChangeSender,
    CallCustomer, ///< copies the number
    OpenSettings, ///< key, relay, webhook
    CopyDetails   ///< code, ids and times for Telnyx' support
};
/// The words of its button.
[[nodiscard]] QString remedyInWords(Remedy remedy);

/// Why a message did not arrive, in words.
struct Diagnosis {
    QString sentence;       ///< one sentence that names the cause, the number, and whose move it is
    QStringList details;    ///< further facts that were considered, one sentence each
    QList<Remedy> remedies; ///< the best first
    QString serverWords;    ///< the API's own, plain text; or empty
    QString code;           ///< or empty
    QString copyText;       ///< for CopyDetails: no text of the customer's
    friend bool operator==(const Diagnosis &, const Diagnosis &) = default;
};

/// An event of a message as it came.
struct RawEvent {
    QString type;                    ///< "message.finalized"
    QDateTime receivedAt;            ///< by the relay
    QByteArray body;                 ///< empty: it came before bodies were kept
    QByteArray signature, timestamp; ///< the webhook's headers; empty: not from a webhook
    QString source;                  ///< "webhook", "webhook_deliveries", "detail_records", "answer"
    friend bool operator==(const RawEvent &, const RawEvent &) = default;
};

/// Explains messages from everything that is known here, and asks the API where that is not enough. Lives on
/// the UI thread.
class Diagnoses : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Nothing for a message that is on its way or has arrived.
    [[nodiscard]] virtual std::optional<Diagnosis> diagnose(MessageRow message) const = 0;
    /// GET /messages/{id}; without an id, detail records around the time of sending (they hold the webhook
    /// address, and with it our handle). What is found is applied. Finishes with one sentence.
    virtual QFuture<Result<QString, Failure>> lookUp(MessageRow message) = 0;
    /// Oldest first.
    [[nodiscard]] virtual QList<RawEvent> rawEvents(MessageRow message) const = 0;
};

} // namespace longcode::desk
