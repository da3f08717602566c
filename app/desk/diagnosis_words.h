#pragma once

#include "desk/diagnosis.h"
#include "desk/opt_outs.h"

namespace longcode::desk {

/// Everything that is known about one text of ours.
struct DiagnosisFacts {
    MessageState state = MessageState::Failed;
    QString code, title, detail; ///< the server's, or empty
    QString serverStatus;        ///< the API's word when it is outside the known list
    phone::Address own, peer;
    phone::Region home;
    QString lineType; ///< of the customer, as the carrier reports it; or empty
    QString campaign; ///< the number's 10DLC campaign, as far as known; or empty
    std::optional<Block> block;
    sms::Encoding encoding = sms::Encoding::Gsm7;
    int segments = 1;
    QString messageId, intent; ///< for the copy; either may be empty
    QDateTime at;              ///< written
    QDateTime sendAt{};        ///< of one with a time
    QDateTime now;
};

/// So long after it was taken a text without a further word is worth a look-up: by then it is out of every
/// queue (D100).
inline constexpr std::chrono::hours quietAfter{4};
/// A text without an id that is in no list so long after writing was not taken: it would have ended by then.
inline constexpr std::chrono::hours validFor{4};

/// Until when a text without an id may still be sent: counted from its own time when it has one.
[[nodiscard]] QDateTime validUntil(const QDateTime &written, const QDateTime &sendAt);

/// Why it did not arrive; nothing for one that is on its way or has arrived. Works on facts alone. The same
/// text is offered to be sent again only where rules::ErrorAdvice::canRetryHelp, and where it is uncertain
/// whether it was sent at all.
[[nodiscard]] std::optional<Diagnosis> explained(const DiagnosisFacts &facts);

} // namespace longcode::desk
