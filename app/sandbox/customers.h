#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace longcode::sandbox {

/// What becomes of messages to a number.
struct Fate {
    std::string status = "delivered"; ///< where the message ends; "queued", "sending", "sent": it stays there
    std::string code{};               ///< error code of a failure; empty: no error
    int slowness = 1;                 ///< factor on all delays
    std::string lineType = "Wireless";
    std::string carrier{};         ///< empty: by the number
    std::string title{}, detail{}; ///< instead of the usual words for the code
};

struct Reply {
    std::string text;
    bool withPhoto = false;
    /// After the one before it; drawn from this range, then divided by the sandbox's speed.
    std::chrono::milliseconds soonest{1500}, latest{4000};
};

/// A number that behaves like somebody: how its messages end, and what it answers.
struct Customer {
    std::string_view number;
    std::string_view name;
    std::string_view habit; ///< one line for the documentation and for GET /sandbox
    Fate fate{};
    /// `text` in lower case, `turn` counts from 0 the messages delivered to this customer.
    std::vector<Reply> (*answer)(std::string_view text, int turn) = nullptr;
};

/// All of them.
[[nodiscard]] const std::vector<Customer> &customers();
/// Nothing: an ordinary number, which receives everything and stays silent.
[[nodiscard]] const Customer *customerAt(std::string_view number);
/// The fate of a message to any number.
[[nodiscard]] Fate fateOf(std::string_view number);

} // namespace longcode::sandbox
