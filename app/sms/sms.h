#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What a text costs on the air: alphabets, segments, smart encoding, diagnosis.
/// Pure functions over UTF-16, no Qt, no I/O. Source of the rules: the documentation's page "Message
/// encoding", with D55 to D59 where it is broken.
namespace longcode::sms {

enum class SenderKind : std::uint8_t { LongCode, TollFree, ShortCode, Alphanumeric };
enum class Encoding : std::uint8_t { Gsm7, Ascii, Ucs2 };

/// "GSM-7", "ASCII", "UCS-2".
[[nodiscard]] std::string_view name(Encoding encoding);

inline constexpr int maximumSegments = 10;

/// The `encoding` member of a send (contract, CreateMessageRequest). Unset: the profile decides (D28).
enum class RequestedEncoding : std::uint8_t { Unset, Auto, Gsm7, Ucs2 };

/// What one text amounts to. An empty text has 0 segments.
struct Count {
    Encoding encoding = Encoding::Gsm7;
    int units = 0;           ///< septets, ASCII characters or UTF-16 units, fill at segment borders not counted
    int segments = 0;        ///< 0 for an empty text; may exceed maximumSegments
    int unitsPerSegment = 0; ///< what one segment of this text holds: 160/153, 70/67
    int unitsLeft = 0;       ///< free units in the last segment
    friend bool operator==(const Count &, const Count &) = default;
};

/// Counts without allocating. Any UTF-16 is taken, lone surrogates as UCS-2.
[[nodiscard]] Count count(std::u16string_view text, SenderKind sender);

/// Writes into `starts` the index (UTF-16 units) at which each segment begins; at most `capacity` are
/// written, the count returned covers all. No allocation.
[[nodiscard]] Count countWithStarts(std::u16string_view text, SenderKind sender, int *starts, int capacity);

/// One character that forces UCS-2.
struct Forcing {
    int index = 0;               ///< UTF-16 unit
    int length = 1;              ///< UTF-16 units: 1 or 2; a combining sequence with a composed form is covered whole
    char32_t codePoint = 0;
    std::string name;            ///< Unicode name, e.g. "RIGHT SINGLE QUOTATION MARK"
    std::u16string substitute;   ///< what one key replaces it with; meaningful only when hasSubstitute
    bool hasSubstitute = false;  ///< an empty substitute means: remove the character
};

/// The result of smart encoding.
struct SmartText {
    std::u16string text;
    int replaced = 0;        ///< characters replaced or removed
    bool becameEmpty = false; ///< the text was not empty and now is
    bool refused = false;     ///< `gsm7` asked for, and a character is left that cannot be converted (40317 family)
    bool skipped = false;     ///< `ucs2` asked for: smart encoding does not run
};

/// The documentation's substitution table, as Telnyx applies it (page "Message encoding", D59).
[[nodiscard]] SmartText smartEncode(std::u16string_view text, RequestedEncoding requested = RequestedEncoding::Auto);

/// Everything the composer needs for one text.
struct Diagnosis {
    Count asTyped;
    Count afterSmartEncoding;
    SmartText smart;
    std::vector<Forcing> forcing;     ///< at most `maximumForcing`; `forcingTotal` counts all
    int forcingTotal = 0;
    std::vector<int> segmentStarts;   ///< of the text as typed
};
inline constexpr int maximumForcing = 2000;

[[nodiscard]] Diagnosis diagnose(std::u16string_view text, SenderKind sender);

} // namespace longcode::sms
