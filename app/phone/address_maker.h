#pragma once

#include "phone/phone.h"

namespace longcode::phone {

/// The one way to an Address, for parse() and fromWire().
struct AddressMaker {
    [[nodiscard]] static Address make(QString wire, AddressKind kind) {
        Address address;
        address.m_wire = std::move(wire);
        address.m_kind = kind;
        return address;
    }
    /// `e164`: "+" and digits. Toll-free are the 8xx area codes of +1.
    [[nodiscard]] static Address number(const QString &e164);
};

} // namespace longcode::phone
