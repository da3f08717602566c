#pragma once

#include "protocol/protocol.h"

#include <array>
#include <type_traits>

/// The words on the wire, for the room's own use.
namespace longcode::protocol {

template <typename Kind>
[[nodiscard]] constexpr const char *frameName() {
    if constexpr (std::is_same_v<Kind, Hello>)
        return "hello";
    else if constexpr (std::is_same_v<Kind, Welcome>)
        return "welcome";
    else if constexpr (std::is_same_v<Kind, Events>)
        return "events";
    else if constexpr (std::is_same_v<Kind, Ack>)
        return "ack";
    else if constexpr (std::is_same_v<Kind, Refusal>)
        return "refusal";
    else if constexpr (std::is_same_v<Kind, Publish>)
        return "publish";
    else if constexpr (std::is_same_v<Kind, Published>)
        return "published";
    else if constexpr (std::is_same_v<Kind, NotPublished>)
        return "not_published";
    else if constexpr (std::is_same_v<Kind, Presence>)
        return "presence";
    else if constexpr (std::is_same_v<Kind, AskState>)
        return "ask_state";
    else if constexpr (std::is_same_v<Kind, RelayState>)
        return "relay_state";
    else if constexpr (std::is_same_v<Kind, SelfTest>)
        return "self_test";
    else if constexpr (std::is_same_v<Kind, SelfTestResult>)
        return "self_test_result";
}

inline constexpr std::array entryKinds{EntryKind::Webhook, EntryKind::TeamFact, EntryKind::Withheld};

[[nodiscard]] constexpr const char *kindName(EntryKind kind) {
    switch (kind) {
    case EntryKind::Webhook:
        return "webhook";
    case EntryKind::TeamFact:
        return "fact";
    case EntryKind::Withheld:
        return "withheld";
    }
    return "";
}

inline constexpr std::array activities{Activity::None, Activity::Viewing, Activity::Answering};

[[nodiscard]] constexpr const char *activityName(Activity activity) {
    switch (activity) {
    case Activity::None:
        return "none";
    case Activity::Viewing:
        return "viewing";
    case Activity::Answering:
        return "answering";
    }
    return "";
}

} // namespace longcode::protocol
