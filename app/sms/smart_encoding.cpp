#include "sms/sms.h"

#include "sms/tables.h"

#include <algorithm>

namespace longcode::sms {

namespace {

/// How many units of `text` the table replaces, and how long the text is afterwards.
struct Extent {
    int replaced = 0;
    std::size_t size = 0;
};

Extent extentAfter(std::u16string_view text, const Tables &table) {
    Extent extent{0, text.size()};
    for (const char16_t unit : text) {
        const std::uint8_t index = table.substitution[unit];
        if (index == 0)
            continue;
        ++extent.replaced;
        extent.size += table.substitutes[index].size() - 1; // wraps for a removed unit, which is meant
    }
    return extent;
}

std::u16string substituted(std::u16string_view text, std::size_t size, const Tables &table) {
    std::u16string result(size, u'\0');
    char16_t *to = result.data();
    for (const char16_t unit : text) {
        const std::uint8_t index = table.substitution[unit];
        if (index == 0)
            *to++ = unit;
        else
            to += table.substitutes[index].view().copy(to, Substitute::capacity);
    }
    return result;
}

} // namespace

SmartText smartEncode(std::u16string_view text, RequestedEncoding requested) {
    SmartText smart;
    if (requested == RequestedEncoding::Ucs2) {
        smart.text = text;
        smart.skipped = true;
        return smart;
    }
    const Tables &table = tables();
    const Extent extent = extentAfter(text, table);
    smart.replaced = extent.replaced;
    if (extent.replaced == 0)
        smart.text = text;
    else
        smart.text = substituted(text, extent.size, table);
    smart.becameEmpty = smart.text.empty() && !text.empty();
    smart.refused = requested == RequestedEncoding::Gsm7 &&
                    std::any_of(smart.text.begin(), smart.text.end(),
                                [&table](char16_t unit) { return table.septets[unit] == 0; });
    return smart;
}

} // namespace longcode::sms
