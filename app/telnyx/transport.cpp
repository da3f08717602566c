#include "telnyx/transport.h"

#include "telnyx/call.h"

namespace longcode::telnyx {

Transport::Transport(QNetworkAccessManager &network, Settings settings, QObject *parent)
    : QObject(parent), m_network(network), m_settings(std::move(settings)) {}

Transport::~Transport() {
    const auto calls = findChildren<Call *>(Qt::FindDirectChildrenOnly);
    for (Call *call : calls)
        call->cancel();
}

QPointer<Call> Transport::call(Request request, JsonReceiver receiver) {
    auto *call = new Call(m_network, m_settings, std::move(request), std::move(receiver), this);
    QMetaObject::invokeMethod(call, &Call::start, Qt::QueuedConnection);
    return call;
}

} // namespace longcode::telnyx
