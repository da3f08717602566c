#pragma once

#include "desk/opt_outs.h"
#include "desk/outbox.h"

namespace longcode::store {
struct ConversationRecord;
struct Parties;
} // namespace longcode::store

namespace longcode::desk {

/// What is known of the account when a text is checked.
struct SendingAccount {
    QList<Sender> senders; ///< empty: not read yet; then senders are no obstacle
    phone::Region home;
    bool fullAlphabet = false; ///< texts are counted in the whole GSM-7 alphabet
};

/// How a text will be sent: what a send intent keeps of it.
struct SendEstimate {
    sms::Count count;         ///< after smart encoding, if the sender's profile has it
    bool becameEmpty = false; ///< smart encoding leaves nothing of it
};

/// The text with those characters of the whole GSM-7 alphabet (3GPP TS 23.038) that the documentation's table
/// lacks (D55) replaced, one for one, by characters of the table that cost the same: so it counts as if the
/// table had them. Short codes send ASCII; theirs stay as they are.
[[nodiscard]] QString asCountedInFullAlphabet(const QString &text, sms::SenderKind kind);

[[nodiscard]] SendEstimate estimate(const QString &text, const phone::Address &own,
                                    const SendingAccount &account);

/// Nothing, or the first reason why this text cannot be sent in this conversation now. `block`: what holds
/// between the two (blockOf).
[[nodiscard]] std::optional<SendProblem> checkSend(const store::ConversationRecord &conversation,
                                                   const QString &text, const SendingAccount &account,
                                                   const std::optional<Block> &block = {});

/// The conversation as it concerns a text between these two: it may answer from another sender by now, and
/// its opt-out counts for that one.
[[nodiscard]] store::ConversationRecord asBetween(const store::ConversationRecord &conversation,
                                                  const store::Parties &parties);

[[nodiscard]] SendProblem conversationUnknown();

} // namespace longcode::desk
