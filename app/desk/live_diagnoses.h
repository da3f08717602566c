#pragma once

#include "desk/diagnosis.h"
#include "desk/recovery.h"
#include "store/values.h"
#include "telnyx/telnyx.h"

namespace longcode::desk {

class Account;

/// Diagnoses over the console's store and the API. Lives on the UI thread; all handed in outlive it.
class LiveDiagnoses final : public Diagnoses {
    Q_OBJECT
public:
    LiveDiagnoses(store::Store &store, store::Reader &reader, telnyx::Client &client, const Account &account,
                  const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] std::optional<Diagnosis> diagnose(MessageRow message) const override;
    QFuture<Result<QString, Failure>> lookUp(MessageRow message) override;
    [[nodiscard]] QList<RawEvent> rawEvents(MessageRow message) const override;

Q_SIGNALS:
    /// A look-up found events that the relay did not bring: colleagues miss them too.
    void recovered(const longcode::desk::RecoveryOutcome &outcome);

private:
    using Sentence = Result<QString, Failure>;

    QFuture<Sentence> readBackById(const store::MessageRecord &record);
    QFuture<Sentence> searchByHandle(const store::MessageRecord &record);
    [[nodiscard]] QString stateNow(store::MessageRow row) const;
    [[nodiscard]] QString notFoundInWords(const store::MessageRecord &record) const;

    store::Store &m_store;
    store::Reader &m_reader;
    telnyx::Client &m_client;
    const Account &m_account;
    const Clock &m_clock;
};

} // namespace longcode::desk
