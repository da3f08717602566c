#include "desk/live_diagnoses.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/account.h"
#include "desk/cancellation.h"
#include "desk/convert.h"
#include "desk/desk_text.h"
#include "desk/diagnosis_words.h"
#include "desk/opt_out_words.h"
#include "desk/send_verdict.h"
#include "store/desk_values.h"
#include "store/reader.h"
#include "store/store.h"

#include <QLocale>

namespace longcode::desk {

namespace {

/// Detail records are looked through from so long before writing until so long after it.
constexpr int minutesBefore = 2;
constexpr int minutesAfter = 30;

QFuture<Result<QString, Failure>> sentenceNow(Result<QString, Failure> sentence) {
    return QtFuture::makeReadyFuture(std::move(sentence));
}

} // namespace

LiveDiagnoses::LiveDiagnoses(store::Store &store, store::Reader &reader, telnyx::Client &client,
                             const Account &account, const Clock &clock, QObject *parent)
    : Diagnoses(parent)
    , m_store(store)
    , m_reader(reader)
    , m_client(client)
    , m_account(account)
    , m_clock(clock) {}

std::optional<Diagnosis> LiveDiagnoses::diagnose(MessageRow message) const {
    const auto record = m_reader.message(toStore(message));
    if (!record || record->direction != store::Direction::Outbound)
        return std::nullopt;
    const auto conversation = m_reader.conversation(record->conversation);
    if (!conversation)
        return std::nullopt;
    const auto intent = m_reader.intentOf(record->row);
    DiagnosisFacts facts;
    facts.state = static_cast<MessageState>(record->state);
    if (record->error) {
        facts.code = record->error->code;
        facts.title = record->error->title;
        facts.detail = record->error->detail;
    }
    facts.serverStatus = record->serverStatus;
    facts.own = phone::fromWire(intent ? intent->parties.own : conversation->parties.own);
    facts.peer = phone::fromWire(conversation->parties.peer);
    facts.home = m_account.homeRegion();
    facts.lineType = conversation->lineType;
    facts.block = blockOf(m_reader, intent ? asBetween(*conversation, intent->parties) : *conversation,
                          {.senders = m_account.senders(), .home = facts.home, .fullAlphabet = false});
    facts.encoding = record->encoding;
    facts.segments = record->segments;
    facts.messageId = record->telnyxId.text();
    facts.intent = record->intent.text();
    facts.at = record->at;
    facts.sendAt = record->sendAt;
    facts.now = m_clock.now();
    return explained(facts);
}

QFuture<LiveDiagnoses::Sentence> LiveDiagnoses::lookUp(MessageRow message) {
    const auto record = m_reader.message(toStore(message));
    if (!record || record->direction != store::Direction::Outbound)
        return sentenceNow(
            failed(Failure{tr("This text does not exist any more."), tr("There is nothing to look up.")}));
    if (!record->telnyxId.isEmpty())
        return readBackById(*record);
    if (record->intent.isEmpty())
        return sentenceNow(
            failed(Failure{tr("Telnyx cannot be asked about this text: it has neither an id nor a handle."),
                           tr("Look for it in the Telnyx portal by number and time.")}));
    return searchByHandle(*record);
}

QFuture<LiveDiagnoses::Sentence> LiveDiagnoses::readBackById(const store::MessageRecord &record) {
    const auto promise = std::make_shared<QPromise<Sentence>>();
    promise->start();
    const auto finish = [promise](Sentence sentence) {
        promise->addResult(std::move(sentence));
        promise->finish();
    };
    whenFinished(
        m_client.messageAsEvent(record.telnyxId), this,
        [this, row = record.row, finish](const telnyx::Answer<QByteArray> &answer) {
            const auto logged = answer ? readBack(*answer, m_clock.now()) : std::nullopt;
            if (!answer && answer.error().kind == telnyx::ErrorKind::NotFound) {
                finish(failed(Failure{tr("Telnyx does not know this text any more; it reads back ten days."),
                                      tr("Look for it in the reports of the Telnyx portal.")}));
            } else if (!logged) {
                finish(failed(
                    answer ? Failure{tr("Telnyx's answer about this text cannot be used."), tr("Try again.")}
                           : accountFailure(answer.error())));
            } else {
                whenFinished(m_store.applyRecovered({*logged}), this,
                             [this, row, finish](const Result<store::Changes, store::StoreError> &done) {
                                 finish(done ? Sentence(tr("Telnyx says: %1.").arg(stateNow(row)))
                                             : Sentence(failed(store::sentence(done.error()))));
                             });
            }
        });
    return promise->future();
}

QFuture<LiveDiagnoses::Sentence> LiveDiagnoses::searchByHandle(const store::MessageRecord &record) {
    auto *recovery = new Recovery(m_client, m_store, m_reader, m_clock, this);
    const telnyx::Period around{.from = record.at.addSecs(-60 * minutesBefore),
                                .to = record.at.addSecs(60 * minutesAfter)};
    return mapped<Sentence>(recovery->start(around), this,
                            [this, record](const Result<RecoveryOutcome, Failure> &outcome) -> Sentence {
                                if (!outcome)
                                    return failed(outcome.error());
                                if (!outcome->events.isEmpty())
                                    Q_EMIT recovered(*outcome);
                                const auto now = m_reader.message(record.row);
                                if (now && now->state != store::MessageState::Uncertain)
                                    return tr("Found. Telnyx says: %1.").arg(stateNow(record.row));
                                return notFoundInWords(record);
                            });
}

QString LiveDiagnoses::stateNow(store::MessageRow row) const {
    const auto record = m_reader.message(row);
    return record ? stateInWords(static_cast<MessageState>(record->state)) : QString();
}

QString LiveDiagnoses::notFoundInWords(const store::MessageRecord &record) const {
    const QDateTime until = validUntil(record.at, record.sendAt);
    if (m_clock.now() < until)
        return tr("Telnyx's lists do not have it. That proves nothing yet: they may be late, and until %1 it "
                  "may "
                  "still be sent.")
            .arg(QLocale().toString(until.toLocalTime(), QLocale::ShortFormat));
    return tr(
        "Telnyx's lists do not have it, and the time in which it could be sent is over: it was most likely "
        "not sent. You decide.");
}

QList<RawEvent> LiveDiagnoses::rawEvents(MessageRow message) const {
    QList<RawEvent> events;
    const QList<store::RawEventRecord> records = m_reader.rawEvents(toStore(message));
    for (const store::RawEventRecord &record : records)
        events.append({.type = record.type,
                       .receivedAt = record.receivedAt,
                       .body = record.body,
                       .signature = record.signature,
                       .timestamp = record.timestamp,
                       .source = record.source});
    return events;
}

} // namespace longcode::desk
