#include "sms/packing.h"

#include <QStringBuilder>

namespace longcode::tests {

namespace {

using Septets = std::vector<unsigned char>;

constexpr qsizetype octetsInAll = 140;
constexpr unsigned char escape = 0x1B;
/// U+FFFE marks a position that is not in use here.
constexpr std::u16string_view basic =
    u"@£$¥èéùìò\uFFFE\nØø\rÅå\uFFFE_\uFFFE\uFFFE\uFFFE\uFFFE\uFFFE\uFFFE\uFFFE\uFFFE\uFFFE\uFFFEÆæßÉ"
    u" !\"#\uFFFE%&'()*+,-./0123456789:;<=>?"
    u"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    u"¿abcdefghijklmnopqrstuvwxyzäöñüà";

static_assert(basic.size() == 128);

struct Extension {
    unsigned char septet;
    char16_t unit;
};
constexpr Extension extensions[] = {{0x14, u'^'}, {0x28, u'{'}, {0x29, u'}'}, {0x2F, u'\\'}, {0x3C, u'['},
                                    {0x3D, u'~'}, {0x3E, u']'}, {0x40, u'|'}, {0x65, u'€'}};

Septets septetsOf(char16_t unit) {
    const std::size_t position = basic.find(unit);
    if (unit != u'\uFFFE' && position != std::u16string_view::npos)
        return {static_cast<unsigned char>(position)};
    for (const Extension &extension : extensions) {
        if (extension.unit == unit)
            return {escape, extension.septet};
    }
    return {};
}

Septets asciiOf(char16_t unit) {
    return unit < 0x80 ? Septets{static_cast<unsigned char>(unit)} : Septets{};
}

/// Appends septets bit by bit behind whole octets, beginning at the next multiple of seven bits.
QByteArray packed(QByteArray octets, const Septets &septets) {
    qsizetype bit = (octets.size() * 8 + 6) / 7 * 7;
    for (const unsigned char septet : septets) {
        for (int i = 0; i < 7; ++i, ++bit) {
            if (bit / 8 >= octets.size())
                octets.append('\0');
            if ((septet >> i) & 1)
                octets[bit / 8] = static_cast<char>(octets[bit / 8] | (1 << (bit % 8)));
        }
    }
    return octets;
}

QByteArray header(int total, int number) {
    QByteArray octets("\x05\x00\x03\x2A", 4);
    octets.append(static_cast<char>(total));
    octets.append(static_cast<char>(number));
    return octets;
}

QByteArray octetsOf(char16_t unit) {
    QByteArray octets;
    octets.append(static_cast<char>(unit >> 8));
    octets.append(static_cast<char>(unit & 0xFF));
    return octets;
}

/// An indivisible piece of the text: what must not be torn over two messages.
struct Piece {
    int begin = 0;
    Septets septets;
    QByteArray ucs2;
};

constexpr qsizetype headerOctets = 6;

qsizetype octetsNeeded(qsizetype front, qsizetype septets, qsizetype ucs2Octets) {
    if (septets == 0)
        return front + ucs2Octets;
    const qsizetype bits = (front * 8 + 6) / 7 * 7 + septets * 7;
    return (bits + 7) / 8;
}

AirSegment built(const std::vector<Piece> &pieces, std::size_t first, std::size_t end, bool concatenated) {
    Septets septets;
    QByteArray ucs2;
    for (std::size_t i = first; i < end; ++i) {
        septets.insert(septets.end(), pieces[i].septets.begin(), pieces[i].septets.end());
        ucs2.append(pieces[i].ucs2);
    }
    const QByteArray front = concatenated ? header(0, 0) : QByteArray();
    const QByteArray octets = septets.empty() ? QByteArray(front + ucs2) : packed(front, septets);
    const qsizetype length = septets.empty() ? ucs2.size() / 2 : qsizetype(septets.size());
    return {octets, int(length), pieces[first].begin};
}

/// Greedy: puts pieces into a message as long as the finished message has at most 140 octets.
std::vector<AirSegment> fill(const std::vector<Piece> &pieces, bool concatenated) {
    std::vector<AirSegment> segments;
    const qsizetype front = concatenated ? headerOctets : 0;
    std::size_t first = 0;
    qsizetype septets = 0;
    qsizetype ucs2 = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const qsizetype moreSeptets = qsizetype(pieces[i].septets.size());
        const qsizetype moreUcs2 = pieces[i].ucs2.size();
        if (octetsNeeded(front, septets + moreSeptets, ucs2 + moreUcs2) > octetsInAll) {
            segments.push_back(built(pieces, first, i, concatenated));
            first = i;
            septets = ucs2 = 0;
        }
        septets += moreSeptets;
        ucs2 += moreUcs2;
    }
    segments.push_back(built(pieces, first, pieces.size(), concatenated));
    return segments;
}

std::vector<AirSegment> encoded(const std::vector<Piece> &pieces) {
    if (pieces.empty())
        return {};
    std::vector<AirSegment> single = fill(pieces, false);
    return single.size() == 1 ? single : fill(pieces, true);
}

template <typename Encode>
std::vector<AirSegment> encodedWith(std::u16string_view text, Encode encode) {
    std::vector<Piece> narrow;
    for (std::size_t i = 0; i < text.size(); ++i) {
        narrow.push_back({int(i), encode(text[i]), {}});
        if (narrow.back().septets.empty())
            break;
    }
    if (narrow.empty() || !narrow.back().septets.empty())
        return encoded(narrow);
    std::vector<Piece> wide;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool high = text[i] >= 0xD800 && text[i] < 0xDC00;
        const bool pair = high && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
        wide.push_back({int(i), {}, octetsOf(text[i])});
        if (pair)
            wide.back().ucs2.append(octetsOf(text[++i]));
    }
    return encoded(wide);
}

Septets unpacked(const QByteArray &octets, qsizetype front, int length) {
    Septets septets;
    qsizetype bit = (front * 8 + 6) / 7 * 7;
    for (int n = 0; n < length; ++n) {
        int septet = 0;
        for (int i = 0; i < 7; ++i, ++bit)
            septet |= ((static_cast<unsigned char>(octets[bit / 8]) >> (bit % 8)) & 1) << i;
        septets.push_back(static_cast<unsigned char>(septet));
    }
    return septets;
}

std::u16string textOf(const Septets &septets, bool ascii) {
    std::u16string text;
    for (std::size_t i = 0; i < septets.size(); ++i) {
        if (ascii) {
            text.push_back(septets[i]);
        } else if (septets[i] != escape) {
            text.push_back(basic[septets[i]]);
        } else if (i + 1 < septets.size()) {
            ++i;
            for (const Extension &extension : extensions) {
                if (extension.septet == septets[i])
                    text.push_back(extension.unit);
            }
        }
    }
    return text;
}

} // namespace

std::optional<Septets> septetsOf(std::u16string_view text) {
    Septets all;
    for (const char16_t unit : text) {
        const Septets septets = septetsOf(unit);
        if (septets.empty())
            return std::nullopt;
        all.insert(all.end(), septets.begin(), septets.end());
    }
    return all;
}

std::vector<AirSegment> encodeOnAir(std::u16string_view text) {
    return encodedWith(text, [](char16_t unit) { return septetsOf(unit); });
}

std::vector<AirSegment> encodeOnAirAscii(std::u16string_view text) {
    return encodedWith(text, asciiOf);
}

std::u16string decodeFromAir(const std::vector<AirSegment> &segments, bool sevenBit, bool ascii) {
    std::u16string text;
    const qsizetype front = segments.size() > 1 ? headerOctets : 0;
    for (const AirSegment &segment : segments) {
        if (sevenBit) {
            text += textOf(unpacked(segment.octets, front, segment.length), ascii);
            continue;
        }
        for (qsizetype i = front; i + 1 < segment.octets.size(); i += 2)
            text.push_back(static_cast<char16_t>(static_cast<unsigned char>(segment.octets[i]) << 8 |
                                                 static_cast<unsigned char>(segment.octets[i + 1])));
    }
    return text;
}

} // namespace longcode::tests
