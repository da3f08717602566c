#pragma once

#include "sandbox/message.h"

#include <QDateTime>

#include <deque>
#include <list>
#include <map>
#include <memory>
#include <unordered_map>

namespace longcode::sandbox {

/// A messaging profile, as the API shows it.
struct Profile {
    std::string id;
    Json settings;       ///< the whole resource
    long long spent = 0; ///< millionths of a dollar, today (UTC)
    qint64 spentDay = 0; ///< days since 1970
    bool limitReported = false;
};

enum class NumberKind : std::uint8_t { LongCode, TollFree };

struct PhoneNumber {
    std::string id; ///< decimal digits
    std::string number;
    NumberKind kind = NumberKind::LongCode;
    std::string profileId{}; ///< empty: unassigned
    std::string product = "A2P";
    std::vector<std::string> tags{};
    QDateTime createdAt{}, updatedAt{};
};

struct ShortCode {
    std::string id;
    std::string code;
    std::string profileId{};
    std::vector<std::string> tags{};
    QDateTime createdAt{}, updatedAt{};
};

/// A recipient who does not want to hear from a profile.
struct OptOut {
    std::string from; ///< the number of ours that he wrote to
    std::string to;   ///< his
    std::string profileId;
    std::string keyword;
    QDateTime createdAt;
};

struct BulkUpdate {
    std::string id;
    std::vector<std::string> pending{}, succeeded{}, failedNumbers{};
};

/// Everything that the sandbox's account owns and remembers. State only: rules are in the operations.
/// References stay valid until the thing is removed; the oldest messages are forgotten above the limit.
class World {
public:
    static constexpr std::size_t maximumMessages = 100'000;
    /// Fixed at every start, so that a console finds its sender again.
    static constexpr const char *salesProfile = "5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101";
    static constexpr const char *supportProfile = "5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a102";

    /// The account as it is at the start: two profiles, two numbers, one short code.
    explicit World(const QDateTime &now);

    [[nodiscard]] std::list<Profile> &profiles() { return m_profiles; }
    [[nodiscard]] Profile *profile(std::string_view id);
    Profile &addProfile(Profile profile);
    /// Its numbers are unassigned.
    void removeProfile(std::string_view id);

    [[nodiscard]] std::vector<PhoneNumber> &numbers() { return m_numbers; }
    /// By id or by the number itself.
    [[nodiscard]] PhoneNumber *number(std::string_view idOrNumber);
    [[nodiscard]] std::vector<ShortCode> &shortCodes() { return m_shortCodes; }
    /// By id or by the code itself.
    [[nodiscard]] ShortCode *shortCode(std::string_view idOrCode);
    /// The profile that a number or short code of ours belongs to; empty: not ours, or unassigned.
    [[nodiscard]] std::string profileOf(std::string_view address);

    /// Gives the message its ordinal and keeps it.
    Message &addMessage(Message message);
    [[nodiscard]] Message *message(const std::string &id);
    /// Oldest first.
    [[nodiscard]] const std::deque<std::unique_ptr<Message>> &messages() const { return m_messages; }
    [[nodiscard]] std::uint64_t nextOrdinal() const { return m_nextOrdinal; }

    void block(OptOut optOut);
    /// True: there was a block.
    bool unblock(std::string_view profileId, std::string_view customer);
    [[nodiscard]] const OptOut *optOut(std::string_view profileId, std::string_view customer) const;
    [[nodiscard]] const std::vector<OptOut> &optOuts() const { return m_optOuts; }

    [[nodiscard]] std::map<std::string, BulkUpdate, std::less<>> &bulkUpdates() { return m_bulkUpdates; }
    /// Counts up; part of seeded labels.
    [[nodiscard]] std::string nextLabel(std::string_view kind);

private:
    std::list<Profile> m_profiles;
    std::vector<PhoneNumber> m_numbers;
    std::vector<ShortCode> m_shortCodes;
    std::deque<std::unique_ptr<Message>> m_messages;
    std::unordered_map<std::string, Message *> m_messageById;
    std::vector<OptOut> m_optOuts;
    std::map<std::string, BulkUpdate, std::less<>> m_bulkUpdates;
    std::uint64_t m_nextOrdinal = 1;
    std::uint64_t m_nextLabel = 1;
};

/// A profile with every member at its default.
[[nodiscard]] Json newProfile(const std::string &id, const std::string &name, const std::string &secret,
                              const QDateTime &now);

} // namespace longcode::sandbox
