#pragma once

#include "desk/outbox.h"

#include <optional>

namespace longcode::desk {

/// A long text that one MMS would carry for less than its segments cost.
struct MmsHint {
    int segments = 0;
    Price asSms, asMms;
    bool learned = false; ///< both prices are this account's own; else at least one is a sample rate
    QString sentence;     ///< "As MMS this text would cost about $0.04 instead of $0.051 (10 segments)."
    friend bool operator==(const MmsHint &, const MmsHint &) = default;
};

/// Nothing when SMS is as cheap or cheaper, when the sender cannot send MMS (documentation: US long codes,
/// short codes and toll-free numbers can), when it is a single segment, or when the two prices are in
/// different currencies. `asSms`: of one segment; `asMms`: of one message.
[[nodiscard]] std::optional<MmsHint> cheaperAsMms(const sms::Count &count, sms::SenderKind sender,
                                                  const PriceEstimate &asSms, const PriceEstimate &asMms);

} // namespace longcode::desk
