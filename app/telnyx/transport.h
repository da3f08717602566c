#pragma once

#include "telnyx/answer.h"
#include "telnyx/request.h"

#include <QPointer>

namespace longcode::telnyx {

class Call;

/// The one way to the API: every operation passes here, and with it key, deadline, retries, errors and
/// redaction. Owns the calls under way. Lives on the thread of the network access manager.
class Transport final : public QObject {
    Q_OBJECT
public:
    Transport(QNetworkAccessManager &network, Settings settings, QObject *parent = nullptr);
    /// Cancels what is under way; every receiver is told.
    ~Transport() override;

    /// `receiver` is told exactly once, on this thread, never before this returns.
    QPointer<Call> call(Request request, JsonReceiver receiver);

private:
    QNetworkAccessManager &m_network;
    Settings m_settings;
};

} // namespace longcode::telnyx
