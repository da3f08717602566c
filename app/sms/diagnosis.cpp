#include "sms/sms.h"

#include "sms/tables.h"

#include <unicode/unorm2.h>

#include <algorithm>

namespace longcode::sms {

namespace {

/// Whether a unit may join the character before it (combining marks, Hangul vowels): asked for every
/// character of a text, so it is looked up in ICU once for all of them. A high surrogate counts where
/// its plane has marks.
class Composition {
public:
    Composition() {
        UErrorCode status = U_ZERO_ERROR;
        m_nfc = unorm2_getNFCInstance(&status);
        if (U_FAILURE(status))
            m_nfc = nullptr;
        constexpr unsigned firstMark = 0x300;
        constexpr unsigned lastLeadWithMarks = 0xD83B;
        for (unsigned unit = firstMark; m_nfc && unit < m_joins.size(); ++unit) {
            const auto codeUnit = static_cast<char16_t>(unit);
            if (isHighSurrogate(codeUnit) || isLowSurrogate(codeUnit))
                m_joins[unit] = isHighSurrogate(codeUnit) && unit <= lastLeadWithMarks;
            else
                m_joins[unit] = !unorm2_hasBoundaryBefore(m_nfc, static_cast<UChar32>(unit));
        }
    }

    [[nodiscard]] bool joins(std::u16string_view text, std::size_t index) const {
        const char16_t unit = text[index];
        if (!m_joins[unit])
            return false;
        return !isHighSurrogate(unit) ||
               !unorm2_hasBoundaryBefore(m_nfc, static_cast<UChar32>(codePointIn(text, index).value));
    }

    /// The composed form of a combining sequence; empty when it has none or it is too long to offer.
    [[nodiscard]] Substitute composed(std::u16string_view sequence) const {
        if (sequence.size() != 2)
            return normalized(sequence);
        const UChar32 pair = unorm2_composePair(m_nfc, sequence[0], sequence[1]);
        const auto unit = static_cast<char16_t>(pair);
        if (pair > 0 && pair < 0x10000)
            return Substitute({&unit, 1});
        // A letter that is composed already may take a mark that belongs below its own one.
        return decomposes(sequence[0]) ? normalized(sequence) : Substitute();
    }

private:
    [[nodiscard]] bool decomposes(char16_t letter) const {
        std::array<char16_t, 4> parts{};
        UErrorCode status = U_ZERO_ERROR;
        return unorm2_getRawDecomposition(m_nfc, letter, parts.data(),
                                          static_cast<std::int32_t>(parts.size()), &status) >= 0;
    }

    [[nodiscard]] Substitute normalized(std::u16string_view sequence) const {
        std::array<char16_t, Substitute::capacity> result{};
        UErrorCode status = U_ZERO_ERROR;
        const std::int32_t size =
            unorm2_normalize(m_nfc, sequence.data(), static_cast<std::int32_t>(sequence.size()),
                             result.data(), static_cast<std::int32_t>(result.size()), &status);
        if (U_FAILURE(status))
            return {};
        const std::u16string_view form(result.data(), static_cast<std::size_t>(size));
        return form == sequence ? Substitute() : Substitute(form);
    }

    const UNormalizer2 *m_nfc = nullptr;
    std::array<bool, 0x10000> m_joins{};
};

const Composition &composition() {
    static const Composition instance;
    return instance;
}

/// Goes over a text once and collects what forces UCS-2.
class Inspector {
public:
    Inspector(std::u16string_view text, SenderKind sender, Diagnosis &diagnosis)
        : m_text(text), m_ascii(sender == SenderKind::ShortCode), m_diagnosis(diagnosis) {}

    void run() {
        m_diagnosis.forcing.reserve(std::min(forcingUnits(), static_cast<std::size_t>(maximumForcing)));
        for (std::size_t i = 0; i < m_text.size();) {
            const std::size_t next = i + static_cast<std::size_t>(codePointIn(m_text, i).length);
            if (next < m_text.size() && m_composition.joins(m_text, next)) {
                i = sequence(i, next);
                continue;
            }
            single(i);
            i = next;
        }
    }

private:
    /// A character with what joins it; returns where it ends.
    std::size_t sequence(std::size_t begin, std::size_t end) {
        while (end < m_text.size() && m_composition.joins(m_text, end))
            end += static_cast<std::size_t>(codePointIn(m_text, end).length);
        const Substitute composed = m_composition.composed(m_text.substr(begin, end - begin));
        if (!composed.empty() && (allFit(composed.view()) || !hasTableSubstitute(begin, end)))
            cover(begin, end, composed);
        else
            each(begin, end);
        return end;
    }

    void cover(std::size_t begin, std::size_t end, const Substitute &composed) {
        std::size_t i = begin;
        while (fits(codePointIn(m_text, i).value))
            i += static_cast<std::size_t>(codePointIn(m_text, i).length);
        Forcing *forcing = add(begin, static_cast<int>(end - begin), codePointIn(m_text, i).value);
        if (!forcing)
            return;
        forcing->substitute = composed;
        forcing->hasSubstitute = true;
    }

    void each(std::size_t begin, std::size_t end) {
        while (begin < end) {
            single(begin);
            begin += static_cast<std::size_t>(codePointIn(m_text, begin).length);
        }
    }

    void single(std::size_t index) {
        const CodePoint character = codePointIn(m_text, index);
        if (fits(character.value))
            return;
        Forcing *forcing = add(index, character.length, character.value);
        if (!forcing || character.length != 1)
            return;
        if (const std::uint8_t substitution = m_tables.substitution[character.value]) {
            forcing->substitute = m_tables.substitutes[substitution];
            forcing->hasSubstitute = true;
        }
    }

    /// Null once there are as many as are kept.
    Forcing *add(std::size_t index, int length, char32_t codePoint) {
        ++m_diagnosis.forcingTotal;
        if (m_diagnosis.forcing.size() == static_cast<std::size_t>(maximumForcing))
            return nullptr;
        Forcing &forcing = m_diagnosis.forcing.emplace_back();
        forcing.index = static_cast<int>(index);
        forcing.length = length;
        forcing.codePoint = codePoint;
        forcing.name = CharacterName(codePoint);
        return &forcing;
    }

    /// sms::fits(), in reach of the inliner: it is asked for every character.
    [[nodiscard]] bool fits(char32_t codePoint) const {
        return m_ascii ? codePoint < 0x80 : codePoint < 0x10000 && m_tables.septets[codePoint] > 0;
    }

    [[nodiscard]] std::size_t forcingUnits() const {
        return static_cast<std::size_t>(
            std::count_if(m_text.begin(), m_text.end(), [this](char16_t unit) { return !fits(unit); }));
    }

    [[nodiscard]] bool allFit(std::u16string_view text) const {
        for (const char16_t unit : text) {
            if (!fits(unit))
                return false;
        }
        return true;
    }

    [[nodiscard]] bool hasTableSubstitute(std::size_t begin, std::size_t end) const {
        for (std::size_t i = begin; i < end; ++i) {
            if (m_tables.substitution[m_text[i]] > 0)
                return true;
        }
        return false;
    }

    std::u16string_view m_text;
    bool m_ascii;
    Diagnosis &m_diagnosis;
    const Tables &m_tables = tables();
    const Composition &m_composition = composition();
};

Count countInto(std::u16string_view text, SenderKind sender, std::vector<int> &starts) {
    std::array<int, 32> first{};
    const Count result = countWithStarts(text, sender, first.data(), static_cast<int>(first.size()));
    const auto segments = static_cast<std::size_t>(result.segments);
    if (segments <= first.size()) {
        starts.assign(first.begin(), first.begin() + result.segments);
        return result;
    }
    starts.resize(segments);
    return countWithStarts(text, sender, starts.data(), result.segments);
}

} // namespace

Diagnosis diagnose(std::u16string_view text, SenderKind sender) {
    Diagnosis diagnosis;
    diagnosis.asTyped = countInto(text, sender, diagnosis.segmentStarts);
    diagnosis.smart = smartEncode(text);
    diagnosis.afterSmartEncoding =
        diagnosis.smart.replaced == 0 ? diagnosis.asTyped : count(diagnosis.smart.text, sender);
    if (diagnosis.asTyped.encoding == Encoding::Ucs2)
        Inspector(text, sender, diagnosis).run();
    return diagnosis;
}

} // namespace longcode::sms
