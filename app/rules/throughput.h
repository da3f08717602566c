#pragma once

#include <QString>

#include <optional>

/// What carriers take from a campaign, by use case and vetting score (data: throughput.tsv; D43, D44).
/// Figures of the documentation: what the API reports about a campaign goes before them.
namespace longcode::rules {

struct AttThroughput {
    QString messageClass; ///< "A"; the letter of `msg_class`
    int smsPerMinute = 0;
    int mmsPerMinute = 0;
    bool isPerNumber = false; ///< else per campaign
    friend bool operator==(const AttThroughput &, const AttThroughput &) = default;
};

struct TMobileThroughput {
    QString tier;
    int smsPerDay = 0; ///< of the brand, shared by its campaigns
    friend bool operator==(const TMobileThroughput &, const TMobileThroughput &) = default;
};

/// `score`: 0 to 100, nothing when the brand is not vetted, which counts as the lowest. Use cases the table
/// does not name count as dedicated; MIXED and MARKETING as mixed.
[[nodiscard]] AttThroughput attThroughput(const QString &useCase, std::optional<int> score);
/// The same for a class the API reported; nothing when the class is unknown.
[[nodiscard]] std::optional<AttThroughput> attThroughputOfClass(const QString &messageClass);
[[nodiscard]] TMobileThroughput tMobileThroughput(const QString &useCase, std::optional<int> score);

/// Of a toll-free number: messages per second while unverified, pending and verified.
enum class TollFreeState : quint8 { Unverified, Pending, Verified };
[[nodiscard]] double tollFreePerSecond(TollFreeState state);

} // namespace longcode::rules
