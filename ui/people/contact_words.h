#pragma once

#include "contacts/contact.h"
#include "phone/phone.h"

#include <QString>

namespace longcode::people {

/// What a contact is called: its name, its organisation, or its first number. One line of plain text.
[[nodiscard]] QString titleOf(const contacts::Contact &contact, const phone::Region &home);
/// The line below it: number and organisation, as far as the title does not say them.
[[nodiscard]] QString subtitleOf(const contacts::Contact &contact, const phone::Region &home);
/// What its colour follows from.
[[nodiscard]] QString colourKeyOf(const contacts::Contact &contact);

} // namespace longcode::people
