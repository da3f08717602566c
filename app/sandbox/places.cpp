#include "sandbox/places.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace longcode::sandbox {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// Longer codes first, so that the first match is the right one.
constexpr std::array callingCodes{
    Pair{"+351", "PT"}, Pair{"+352", "LU"}, Pair{"+353", "IE"}, Pair{"+354", "IS"}, Pair{"+358", "FI"},
    Pair{"+359", "BG"}, Pair{"+370", "LT"}, Pair{"+371", "LV"}, Pair{"+372", "EE"}, Pair{"+380", "UA"},
    Pair{"+385", "HR"}, Pair{"+386", "SI"}, Pair{"+420", "CZ"}, Pair{"+421", "SK"}, Pair{"+852", "HK"},
    Pair{"+886", "TW"}, Pair{"+961", "LB"}, Pair{"+962", "JO"}, Pair{"+965", "KW"}, Pair{"+966", "SA"},
    Pair{"+971", "AE"}, Pair{"+972", "IL"}, Pair{"+974", "QA"}, Pair{"+212", "MA"}, Pair{"+213", "DZ"},
    Pair{"+216", "TN"}, Pair{"+234", "NG"}, Pair{"+254", "KE"}, Pair{"+20", "EG"},  Pair{"+27", "ZA"},
    Pair{"+30", "GR"},  Pair{"+31", "NL"},  Pair{"+32", "BE"},  Pair{"+33", "FR"},  Pair{"+34", "ES"},
    Pair{"+36", "HU"},  Pair{"+39", "IT"},  Pair{"+40", "RO"},  Pair{"+41", "CH"},  Pair{"+43", "AT"},
    Pair{"+44", "GB"},  Pair{"+45", "DK"},  Pair{"+46", "SE"},  Pair{"+47", "NO"},  Pair{"+48", "PL"},
    Pair{"+49", "DE"},  Pair{"+51", "PE"},  Pair{"+52", "MX"},  Pair{"+54", "AR"},  Pair{"+55", "BR"},
    Pair{"+56", "CL"},  Pair{"+57", "CO"},  Pair{"+60", "MY"},  Pair{"+61", "AU"},  Pair{"+62", "ID"},
    Pair{"+63", "PH"},  Pair{"+64", "NZ"},  Pair{"+65", "SG"},  Pair{"+66", "TH"},  Pair{"+81", "JP"},
    Pair{"+82", "KR"},  Pair{"+84", "VN"},  Pair{"+86", "CN"},  Pair{"+90", "TR"},  Pair{"+91", "IN"},
    Pair{"+7", "RU"}};

constexpr std::array<std::string_view, 50> canadianAreas{
    "204", "226", "236", "249", "250", "263", "289", "306", "343", "354", "365", "367", "368",
    "382", "403", "416", "418", "428", "431", "437", "438", "450", "468", "474", "506", "514",
    "519", "548", "579", "581", "584", "587", "604", "613", "639", "647", "672", "683", "705",
    "709", "742", "778", "780", "782", "819", "825", "867", "873", "902", "905"};
constexpr std::array<std::string_view, 7> tollFreeAreas{"800", "833", "844", "855", "866", "877", "888"};
constexpr std::array<std::string_view, 3> carriers{"T-MOBILE USA, INC.", "AT&T MOBILITY",
                                                   "CELLCO PARTNERSHIP DBA VERIZON WIRELESS"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N> &list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool allDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view areaOf(std::string_view number) {
    return number.starts_with("+1") && number.size() >= 5 ? number.substr(2, 3) : std::string_view();
}

} // namespace

std::string countryOf(std::string_view number) {
    if (const std::string_view area = areaOf(number); !area.empty()) {
        if (area == "787" || area == "939")
            return "PR";
        if (contains(canadianAreas, area))
            return "CA";
        return "US";
    }
    for (const auto &[code, country] : callingCodes) {
        if (number.starts_with(code))
            return std::string(country);
    }
    return "ZZ";
}

bool isE164(std::string_view text) {
    if (text.size() < 8 || text.size() > 16 || text[0] != '+' || text[1] == '0' || !allDigits(text.substr(1)))
        return false;
    return text[1] != '1' || (text.size() == 12 && text[2] >= '2');
}

bool isShortCode(std::string_view text) {
    return (text.size() == 5 || text.size() == 6) && allDigits(text);
}

bool isTollFree(std::string_view number) {
    return contains(tollFreeAreas, areaOf(number));
}

std::string carrierOf(std::string_view number) {
    const std::string country = countryOf(number);
    if (country != "US" && country != "CA" && country != "PR")
        return "CARRIER " + country;
    const int sum = std::accumulate(number.begin(), number.end(), 0);
    return std::string(carriers[static_cast<std::size_t>(sum) % carriers.size()]);
}

} // namespace longcode::sandbox
