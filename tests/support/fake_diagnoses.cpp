#include "support/fake_diagnoses.h"

namespace longcode::tests {

std::optional<desk::Diagnosis> FakeDiagnoses::diagnose(desk::MessageRow message) const {
    const auto found = diagnoses.constFind(message);
    return found == diagnoses.cend() ? std::nullopt : std::optional(*found);
}

QFuture<Result<QString, Failure>> FakeDiagnoses::lookUp(desk::MessageRow message) {
    lookedUp.append(message);
    m_asked = {};
    m_asked.start();
    return m_asked.future();
}

QList<desk::RawEvent> FakeDiagnoses::rawEvents(desk::MessageRow message) const {
    return events.value(message);
}

void FakeDiagnoses::answer(const Result<QString, Failure> &result) {
    m_asked.addResult(result);
    m_asked.finish();
}

desk::Diagnosis sampleDiagnosis() {
    return {.sentence =
                QStringLiteral("+1 212-555-0188 is a landline or leads nowhere, so no text can reach it: "
                               "ask the customer for a mobile number."),
            .details = {QStringLiteral("The carrier reports the number as a landline."),
                        QStringLiteral("The same text sent again would fail again.")},
            .remedies = {desk::Remedy::CallCustomer, desk::Remedy::EditAndResend, desk::Remedy::CopyDetails},
            .serverWords = QStringLiteral("Not routable – The destination number is a landline."),
            .code = QStringLiteral("40001"),
            .copyText = QStringLiteral("code 40001\nmessage 40385f64-5717-4562-b3fc-2c963f66afa6\n"
                                       "written 2026-03-05T18:30:00Z")};
}

QList<desk::RawEvent> sampleRawEvents(const QDateTime &now) {
    return {{.type = QStringLiteral("message.sent"),
             .receivedAt = now.addSecs(-65),
             .body = {},
             .signature = {},
             .timestamp = {},
             .source = QStringLiteral("webhook")},
            {.type = QStringLiteral("message.finalized"),
             .receivedAt = now.addSecs(-60),
             .body =
                 R"({"data":{"event_type":"message.finalized","id":"b301ed3f-1490-491f-995f-6e64e69674d4",)"
                 R"("payload":{"direction":"outbound","to":[{"status":"delivery_failed"}]}}})",
             .signature = "kBbvMX6Lzj8kVhbVA3kqWwRmPqPGGVxdZOzMgpT2nMY=",
             .timestamp = "1772735340",
             .source = QStringLiteral("webhook")}};
}

} // namespace longcode::tests
