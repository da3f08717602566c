#pragma once

#include "contacts/contact.h"

class QIODevice;

namespace longcode::contacts {

/// Writes one contact as a vCard 4.0 (RFC 6350), lines folded at 75 octets. Numbers as tel: URIs; labels
/// other than mobile, home and work, and custom fields as X- properties that VCardReader reads again. False
/// when the device took not everything; its errorString() says why.
bool writeVCard(QIODevice &device, const Contact &contact);

} // namespace longcode::contacts
