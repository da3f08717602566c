#include "events/events.h"

#include <array>

namespace longcode::events {

namespace {

struct StatusName {
    QLatin1String text;
    MessageStatus status;
};

/// The first row of a status is the API's word, the others are synonyms (D27).
constexpr std::array statusNames{
    StatusName{QLatin1String("scheduled"), MessageStatus::Scheduled},
    StatusName{QLatin1String("queued"), MessageStatus::Queued},
    StatusName{QLatin1String("sending"), MessageStatus::Sending},
    StatusName{QLatin1String("sent"), MessageStatus::Sent},
    StatusName{QLatin1String("received"), MessageStatus::Received},
    StatusName{QLatin1String("webhook_delivered"), MessageStatus::Received},
    StatusName{QLatin1String("delivery_unconfirmed"), MessageStatus::DeliveryUnconfirmed},
    StatusName{QLatin1String("dlr_timeout"), MessageStatus::DeliveryUnconfirmed},
    StatusName{QLatin1String("dlr_unconfirmed"), MessageStatus::DeliveryUnconfirmed},
    StatusName{QLatin1String("delivered"), MessageStatus::Delivered},
    StatusName{QLatin1String("delivery_failed"), MessageStatus::DeliveryFailed},
    StatusName{QLatin1String("failed"), MessageStatus::DeliveryFailed},
    StatusName{QLatin1String("sending_failed"), MessageStatus::SendingFailed},
    StatusName{QLatin1String("gw_timeout"), MessageStatus::SendingFailed},
    StatusName{QLatin1String("gw_reject"), MessageStatus::SendingFailed},
    StatusName{QLatin1String("expired"), MessageStatus::Expired},
    StatusName{QLatin1String("cancelled"), MessageStatus::Cancelled},
    StatusName{QLatin1String("unknown"), MessageStatus::RecipientUnknown},
};

} // namespace

MessageStatus statusFromText(QStringView text) {
    for (const StatusName &name : statusNames) {
        if (text.compare(name.text, Qt::CaseInsensitive) == 0)
            return name.status;
    }
    return MessageStatus::Unknown;
}

QString statusText(MessageStatus status) {
    for (const StatusName &name : statusNames) {
        if (name.status == status)
            return name.text;
    }
    return {};
}

bool isTerminal(MessageStatus status) {
    switch (status) {
    case MessageStatus::DeliveryUnconfirmed:
    case MessageStatus::Delivered:
    case MessageStatus::DeliveryFailed:
    case MessageStatus::SendingFailed:
    case MessageStatus::Expired:
    case MessageStatus::Cancelled:
    case MessageStatus::RecipientUnknown:
        return true;
    case MessageStatus::Unknown:
    case MessageStatus::Scheduled:
    case MessageStatus::Queued:
    case MessageStatus::Sending:
    case MessageStatus::Sent:
    case MessageStatus::Received:
        return false;
    }
    return false;
}

int rank(MessageStatus status) {
    if (isTerminal(status))
        return 5;
    switch (status) {
    case MessageStatus::Scheduled:
        return 1;
    case MessageStatus::Queued:
        return 2;
    case MessageStatus::Sending:
        return 3;
    case MessageStatus::Sent:
        return 4;
    default:
        return 0;
    }
}

bool mayAdvance(MessageStatus from, MessageStatus to) {
    if (from == MessageStatus::DeliveryUnconfirmed)
        return to == MessageStatus::Delivered || to == MessageStatus::DeliveryFailed;
    return rank(to) > rank(from);
}

} // namespace longcode::events
