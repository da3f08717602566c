#include "sms/sms.h"

#include "sms/tables.h"

namespace longcode::sms {

namespace {

/// What a message holds: in one piece, and in each piece once the header for reassembly is in.
struct Capacity {
    int single;
    int multi;
};
constexpr Capacity sevenBit{160, 153};
constexpr Capacity sixteenBit{70, 67};

/// Where segments begin, written as far as there is room.
class Starts {
public:
    Starts(int *starts, int room) : m_starts(starts), m_room(room) {}
    void put(int segment, std::size_t index) {
        if (segment < m_room)
            m_starts[segment] = static_cast<int>(index);
    }

private:
    int *m_starts;
    int m_room;
};

Count whole(Encoding encoding, Capacity capacity, int units, Starts starts) {
    starts.put(0, 0);
    return {encoding, units, 1, capacity.single, capacity.single - units};
}

/// Every character takes one unit, so the segments follow from the length.
Count evenlyPacked(Encoding encoding, Capacity capacity, int units, Starts starts) {
    if (units <= capacity.single)
        return whole(encoding, capacity, units, starts);
    const int segments = (units + capacity.multi - 1) / capacity.multi;
    for (int segment = 0; segment < segments; ++segment)
        starts.put(segment, static_cast<std::size_t>(segment) * static_cast<std::size_t>(capacity.multi));
    return {encoding, units, segments, capacity.multi, segments * capacity.multi - units};
}

/// Units that may be 1 or 2 wide: a wide one that does not fit begins the next segment.
Count gsmPacked(std::u16string_view text, const Tables &table, int units, Starts starts) {
    int segments = 1;
    int used = 0;
    starts.put(0, 0);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int septets = table.septets[text[i]];
        used += septets;
        if (used > sevenBit.multi) {
            used = septets;
            starts.put(segments++, i);
        }
    }
    return {Encoding::Gsm7, units, segments, sevenBit.multi, sevenBit.multi - used};
}

Count ucs2Packed(std::u16string_view text, Starts starts) {
    const int units = static_cast<int>(text.size());
    if (units <= sixteenBit.single)
        return whole(Encoding::Ucs2, sixteenBit, units, starts);
    constexpr std::size_t full = sixteenBit.multi;
    int segments = 0;
    std::size_t begin = 0;
    while (text.size() - begin > full) {
        starts.put(segments++, begin);
        const std::size_t end = begin + full;
        const bool splitsPair = isHighSurrogate(text[end - 1]) && isLowSurrogate(text[end]);
        begin = splitsPair ? end - 1 : end;
    }
    starts.put(segments++, begin);
    const int used = static_cast<int>(text.size() - begin);
    return {Encoding::Ucs2, units, segments, sixteenBit.multi, sixteenBit.multi - used};
}

Count counted(std::u16string_view text, SenderKind sender, Starts starts) {
    const bool ascii = sender == SenderKind::ShortCode;
    const Encoding narrow = ascii ? Encoding::Ascii : Encoding::Gsm7;
    if (text.empty())
        return {narrow, 0, 0, sevenBit.single, sevenBit.single};
    if (ascii) {
        unsigned seen = 0;
        for (const char16_t unit : text)
            seen |= unit;
        return seen < 0x80 ? evenlyPacked(narrow, sevenBit, static_cast<int>(text.size()), starts)
                           : ucs2Packed(text, starts);
    }
    const Tables &table = tables();
    int septets = 0;
    for (const char16_t unit : text) {
        const int width = table.septets[unit];
        if (width == 0)
            return ucs2Packed(text, starts);
        septets += width;
    }
    if (septets <= sevenBit.single || septets == static_cast<int>(text.size()))
        return evenlyPacked(narrow, sevenBit, septets, starts);
    return gsmPacked(text, table, septets, starts);
}

} // namespace

std::string_view name(Encoding encoding) {
    switch (encoding) {
    case Encoding::Gsm7:
        return "GSM-7";
    case Encoding::Ascii:
        return "ASCII";
    case Encoding::Ucs2:
        break;
    }
    return "UCS-2";
}

Count count(std::u16string_view text, SenderKind sender) {
    return counted(text, sender, {nullptr, 0});
}

Count countWithStarts(std::u16string_view text, SenderKind sender, int *starts, int capacity) {
    return counted(text, sender, {starts, capacity});
}

CodePoint codePointAt(std::u16string_view text, std::size_t index) {
    return codePointIn(text, index);
}

bool fits(char32_t codePoint, SenderKind sender) {
    if (sender == SenderKind::ShortCode)
        return codePoint < 0x80;
    return codePoint < 0x10000 && tables().septets[codePoint] > 0;
}

} // namespace longcode::sms
