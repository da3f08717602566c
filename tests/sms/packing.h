#pragma once

#include <QByteArray>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// An encoder of short messages that shares nothing with app/sms: it writes the octets that go on the air,
/// header and all, and a decoder reads them back. Its alphabet is 3GPP TS 23.038 in the order of the
/// standard, without what the documentation's page leaves out.
namespace longcode::tests {

/// One short message: at most 140 octets of user data.
struct AirSegment {
    QByteArray octets;
    int length = 0; ///< septets or UTF-16 units, header not counted
    int begin = 0;  ///< UTF-16 unit of the text
};

/// Septets of `text`, or nothing when it is not in the alphabet.
[[nodiscard]] std::optional<std::vector<unsigned char>> septetsOf(std::u16string_view text);

/// The text as GSM-7 or UCS-2 short messages, whichever the alphabet allows.
[[nodiscard]] std::vector<AirSegment> encodeOnAir(std::u16string_view text);
/// The same for a sender whose alphabet is 7-bit ASCII.
[[nodiscard]] std::vector<AirSegment> encodeOnAirAscii(std::u16string_view text);
/// Reads back what encodeOnAir() wrote.
[[nodiscard]] std::u16string decodeFromAir(const std::vector<AirSegment> &segments, bool sevenBit,
                                           bool ascii);

} // namespace longcode::tests
