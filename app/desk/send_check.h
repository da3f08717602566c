#pragma once

#include "desk/outbox.h"

namespace longcode::store {
struct ConversationRecord;
}

namespace longcode::desk {

/// What is known of the account when a text is checked.
struct SendingAccount {
    QList<Sender> senders; ///< empty: not read yet; then senders are no obstacle
    phone::Region home;
};

/// How a text will be sent: what a send intent keeps of it.
struct SendEstimate {
    sms::Count count;         ///< after smart encoding, if the sender's profile has it
    bool becameEmpty = false; ///< smart encoding leaves nothing of it
};

[[nodiscard]] SendEstimate estimate(const QString &text, const phone::Address &own,
                                    const SendingAccount &account);

/// Nothing, or the first reason why this text cannot be sent in this conversation now.
[[nodiscard]] std::optional<SendProblem> checkSend(const store::ConversationRecord &conversation,
                                                   const QString &text, const SendingAccount &account);

[[nodiscard]] SendProblem conversationUnknown();

} // namespace longcode::desk
