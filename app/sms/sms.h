#pragma once

#include <array>
#include <cstddef>
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

/// What one text amounts to. An empty text has 0 segments and a whole segment left.
struct Count {
    Encoding encoding = Encoding::Gsm7;
    int units = 0;    ///< septets, ASCII characters or UTF-16 units, fill at segment borders not counted
    int segments = 0; ///< 0 for an empty text; may exceed maximumSegments
    int unitsPerSegment = 0; ///< what one segment of this text holds: 160/153, 70/67
    int unitsLeft = 0;       ///< free units in the last segment
    friend bool operator==(const Count &, const Count &) = default;
};

/// Counts without allocating. Any UTF-16 is taken, lone surrogates as UCS-2.
[[nodiscard]] Count count(std::u16string_view text, SenderKind sender);

/// Writes into `starts` the index (UTF-16 units) at which each segment begins; at most `capacity` are
/// written, the count returned covers all. No allocation.
[[nodiscard]] Count countWithStarts(std::u16string_view text, SenderKind sender, int *starts, int capacity);

/// The Unicode name of a code point, looked up when it is asked for: a text may hold thousands.
class CharacterName {
public:
    CharacterName() = default;
    explicit CharacterName(char32_t codePoint) : m_codePoint(codePoint) {}

    /// "RIGHT SINGLE QUOTATION MARK", "CHARACTER TABULATION"; empty for what Unicode does not name.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool empty() const { return text().empty(); }
    operator std::string() const { return text(); } // NOLINT(google-explicit-constructor)
    friend bool operator==(const CharacterName &name, std::string_view text) { return name.text() == text; }

private:
    char32_t m_codePoint = 0;
};

/// A short replacement, held without allocation.
class Substitute {
public:
    static constexpr std::size_t capacity = 8;

    Substitute() = default;
    /// `units` must not be longer than `capacity`.
    explicit Substitute(std::u16string_view units);

    [[nodiscard]] std::u16string_view view() const { return {m_units.data(), m_size}; }
    [[nodiscard]] const char16_t *data() const { return m_units.data(); }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    operator std::u16string() const { return std::u16string(view()); } // NOLINT(google-explicit-constructor)
    friend bool operator==(const Substitute &substitute, std::u16string_view text) {
        return substitute.view() == text;
    }

private:
    std::array<char16_t, capacity> m_units{};
    std::uint8_t m_size = 0;
};

/// One character that forces UCS-2 (with a short code: that is not ASCII).
struct Forcing {
    int index = 0;  ///< UTF-16 unit
    int length = 1; ///< UTF-16 units: 1 or 2; a combining sequence with a composed form is covered whole
    char32_t codePoint = 0;     ///< the first one in the range that forces
    CharacterName name;         ///< Unicode name, e.g. "RIGHT SINGLE QUOTATION MARK"
    Substitute substitute;      ///< what one key replaces it with; meaningful only when hasSubstitute
    bool hasSubstitute = false; ///< an empty substitute means: remove the character
};

/// A code point of a text and its length in UTF-16 units; half of a surrogate pair stands for itself.
struct CodePoint {
    char32_t value = 0;
    int length = 1;
};
/// `index` must be within `text`.
[[nodiscard]] CodePoint codePointAt(std::u16string_view text, std::size_t index);

/// Whether a text stays in the sender's one-byte alphabet with this character in it: GSM-7, ASCII for
/// short codes.
[[nodiscard]] bool fits(char32_t codePoint, SenderKind sender);

/// The result of smart encoding.
struct SmartText {
    std::u16string text;
    int replaced = 0;         ///< characters replaced or removed
    bool becameEmpty = false; ///< the text was not empty and now is
    bool refused =
        false; ///< `gsm7` asked for, and a character is left that cannot be converted (40317 family)
    bool skipped = false; ///< `ucs2` asked for: smart encoding does not run
};

/// The documentation's substitution table, as Telnyx applies it (page "Message encoding", D59).
[[nodiscard]] SmartText smartEncode(std::u16string_view text,
                                    RequestedEncoding requested = RequestedEncoding::Auto);

/// Everything the composer needs for one text.
struct Diagnosis {
    Count asTyped;
    Count afterSmartEncoding;
    SmartText smart;
    std::vector<Forcing> forcing; ///< at most `maximumForcing`; `forcingTotal` counts all
    int forcingTotal = 0;
    std::vector<int> segmentStarts; ///< of the text as typed
};
inline constexpr int maximumForcing = 2000;

[[nodiscard]] Diagnosis diagnose(std::u16string_view text, SenderKind sender);

} // namespace longcode::sms
