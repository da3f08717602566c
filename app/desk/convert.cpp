#include "desk/convert.h"

namespace longcode::desk {

Sender toDesk(const store::SenderRecord &sender) {
    return {.address = phone::fromWire(sender.address),
            .profileId = sender.profileId,
            .profileName = sender.profileName,
            .kind = sender.kind,
            .smartEncoding = sender.smartEncoding,
            .profileEnabled = sender.profileEnabled,
            .successRatio = sender.successRatio};
}

store::SenderRecord toStore(const Sender &sender) {
    return {.address = sender.address.wire(),
            .profileId = sender.profileId,
            .profileName = sender.profileName,
            .kind = sender.kind,
            .smartEncoding = sender.smartEncoding,
            .profileEnabled = sender.profileEnabled,
            .successRatio = sender.successRatio};
}

sms::SenderKind senderKind(const phone::Address &address) {
    switch (address.kind()) {
    case phone::AddressKind::TollFree:
        return sms::SenderKind::TollFree;
    case phone::AddressKind::ShortCode:
        return sms::SenderKind::ShortCode;
    case phone::AddressKind::Alphanumeric:
        return sms::SenderKind::Alphanumeric;
    case phone::AddressKind::LongCode:
        break;
    }
    return sms::SenderKind::LongCode;
}

} // namespace longcode::desk
