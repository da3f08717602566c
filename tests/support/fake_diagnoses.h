#pragma once

#include "desk/diagnosis.h"

#include <QHash>
#include <QList>
#include <QPromise>

namespace longcode::tests {

/// Diagnoses as the test sets them; look-ups wait until the test answers them.
class FakeDiagnoses final : public desk::Diagnoses {
    Q_OBJECT
public:
    using Diagnoses::Diagnoses;

    [[nodiscard]] std::optional<desk::Diagnosis> diagnose(desk::MessageRow message) const override;
    QFuture<Result<QString, Failure>> lookUp(desk::MessageRow message) override;
    [[nodiscard]] QList<desk::RawEvent> rawEvents(desk::MessageRow message) const override;

    /// Answers the look-up asked for last.
    void answer(const Result<QString, Failure> &result);

    QHash<desk::MessageRow, desk::Diagnosis> diagnoses;
    QHash<desk::MessageRow, QList<desk::RawEvent>> events;
    QList<desk::MessageRow> lookedUp;

private:
    QPromise<Result<QString, Failure>> m_asked;
};

/// Of a text that a landline cannot get.
[[nodiscard]] desk::Diagnosis sampleDiagnosis();
/// What happened to one text, as two webhooks told it; the first came before bodies were kept.
[[nodiscard]] QList<desk::RawEvent> sampleRawEvents(const QDateTime &now);

} // namespace longcode::tests
