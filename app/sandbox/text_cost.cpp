#include "sandbox/text_cost.h"

#include "sms/sms.h"

#include <QString>

namespace longcode::sandbox {

namespace {

sms::SenderKind kindOf(SenderKind kind) {
    switch (kind) {
    case SenderKind::LongCode:
        return sms::SenderKind::LongCode;
    case SenderKind::TollFree:
        return sms::SenderKind::TollFree;
    case SenderKind::ShortCode:
        return sms::SenderKind::ShortCode;
    case SenderKind::Alphanumeric:
        return sms::SenderKind::Alphanumeric;
    }
    return sms::SenderKind::LongCode;
}

/// UCS-2 asked for by name: 70 units, or 67 in each of several parts, no surrogate pair torn apart.
int ucs2Parts(std::u16string_view text) {
    constexpr std::size_t alone = 70;
    constexpr std::size_t concatenated = 67;
    if (text.size() <= alone)
        return text.empty() ? 0 : 1;
    int parts = 0;
    for (std::size_t at = 0; at < text.size(); ++parts) {
        std::size_t end = std::min(at + concatenated, text.size());
        const bool tearsPair = end < text.size() && text[end] >= 0xDC00 && text[end] <= 0xDFFF &&
                               text[end - 1] >= 0xD800 && text[end - 1] <= 0xDBFF;
        at = tearsPair ? end - 1 : end;
    }
    return parts;
}

Encoded counted(std::u16string_view text, SenderKind sender) {
    const sms::Count count = sms::count(text, kindOf(sender));
    return {std::string(sms::name(count.encoding)), count.segments};
}

} // namespace

Encoded encode(const std::string &text, SenderKind sender, const std::string &requested,
               bool profileSmartEncoding) {
    const std::u16string units = QString::fromStdString(text).toStdU16String();
    if (requested == "ucs2")
        return {"UCS-2", ucs2Parts(units)};
    if (requested.empty() && !profileSmartEncoding)
        return counted(units, sender);

    const bool mustFit = requested == "gsm7";
    const sms::SmartText smart =
        sms::smartEncode(units, mustFit ? sms::RequestedEncoding::Gsm7 : sms::RequestedEncoding::Auto);
    Encoded encoded = counted(smart.text, sender);
    encoded.becameEmpty = smart.becameEmpty;
    encoded.refused = smart.refused || (mustFit && encoded.encoding == "UCS-2");
    encoded.smart = smart.replaced > 0;
    encoded.details = {
        {"smart_encoding_applied", encoded.smart},
        {"final_encoding", encoded.encoding == "UCS-2" ? "ucs2" : "gsm7"},
        {"segment_count", encoded.parts},
        {"character_count", smart.text.size()},
        {"replaced_character_count", smart.replaced},
        {"length_change", static_cast<long long>(smart.text.size()) - static_cast<long long>(units.size())}};
    return encoded;
}

} // namespace longcode::sandbox
