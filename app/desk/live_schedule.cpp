#include "desk/live_schedule.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/convert.h"
#include "desk/hold_queue.h"
#include "desk/opt_out_words.h"
#include "desk/stored_outbox.h"
#include "store/reader.h"
#include "store/store.h"

#include <QLocale>

namespace longcode::desk {

namespace {

using std::chrono::seconds;

constexpr std::chrono::milliseconds refreshAfter{100};
constexpr std::chrono::minutes lookEach{1};
/// Handed over that much after it came into the API's reach, so that both clocks agree on that.
constexpr seconds reachMargin{60};
/// A scheduled send of which nothing is heard so long after its time is looked up.
constexpr std::chrono::minutes silentFor{5};
constexpr int furthestDays = 366;

QDateTime toMinute(const QDateTime &time) {
    constexpr qint64 minute = 60'000;
    return QDateTime::fromMSecsSinceEpoch(time.toMSecsSinceEpoch() / minute * minute, Qt::UTC);
}

QDateTime after(const QDateTime &time, seconds by) {
    return time.addSecs(by.count());
}

template <typename T>
QFuture<T> atOnce(T value) {
    return QtFuture::makeReadyFuture(T(std::move(value)));
}

SendProblem tooLate(const Failure &sentence) {
    return {SendProblemKind::HasLeft, sentence};
}

SendProblem wrongTime(const Failure &sentence) {
    return {SendProblemKind::WrongTime, sentence};
}

/// One that may be going out at this moment.
Failure onItsWay() {
    return {LiveSchedule::tr("This text is being handed to Telnyx at this moment."),
            LiveSchedule::tr("Try again in a few seconds.")};
}

Failure uncertain() {
    return {LiveSchedule::tr("Whether Telnyx has this text is not known, so it cannot be cancelled yet."),
            LiveSchedule::tr("Look it up first; then cancel it.")};
}

Failure gone() {
    return {LiveSchedule::tr("This text does not wait any more: it has left, or was cancelled."),
            LiveSchedule::tr("Its state in the conversation shows what became of it.")};
}

} // namespace

LiveSchedule::LiveSchedule(store::Store &store, store::Reader &reader, telnyx::Client &client,
                           StoredOutbox &outbox, const Clock &clock, QObject *parent)
    : Schedule(parent), m_store(store), m_reader(reader), m_client(client), m_outbox(outbox), m_clock(clock) {
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &LiveSchedule::refresh);
    connect(&m_ticker, &QTimer::timeout, this, &LiveSchedule::tick);
    connect(&m_store, &store::Store::changed, this, &LiveSchedule::onStoreChanged);
    refresh();
}

void LiveSchedule::start() {
    m_started = true;
    m_ticker.start(lookEach);
    tick();
}

void LiveSchedule::stop() {
    m_started = false;
    m_ticker.stop();
    m_refresh.stop();
}

// ---- What waits ----------------------------------------------------------------------------------------

void LiveSchedule::onStoreChanged(const store::Changes &changes) {
    bool concerns = changes.contactsChanged;
    for (const store::MessageChange &change : changes.messages)
        concerns = concerns || change.direction == store::Direction::Outbound;
    for (const store::ConversationId id : changes.conversations) {
        m_toCheck.insert(id);
        concerns = concerns || m_conversations.contains(id);
    }
    if (concerns)
        refreshSoon();
}

void LiveSchedule::refreshSoon() {
    if (!m_refresh.isActive())
        m_refresh.start(refreshAfter);
}

void LiveSchedule::refresh() {
    QList<ScheduledSend> sends;
    const QList<store::ScheduledRecord> records = m_reader.scheduled();
    m_conversations.clear();
    for (const store::ScheduledRecord &record : records) {
        sends.append(toDesk(record));
        m_conversations.insert(record.conversation);
    }
    const auto before = m_model.all().size();
    m_model.set(sends);
    if (before != sends.size())
        Q_EMIT countChanged();
    if (!m_started)
        return;
    tellMissed();
    suppressOptedOut(records);
    m_toCheck.clear();
}

void LiveSchedule::tick() {
    const QList<store::ScheduledRecord> records = m_reader.scheduled();
    for (const store::ScheduledRecord &record : records)
        m_toCheck.insert(record.conversation);
    refresh();
    lookUpOverdue();
}

ScheduledSend LiveSchedule::toDesk(const store::ScheduledRecord &record) const {
    const bool keptHere =
        record.state == store::MessageState::Held || record.state == store::MessageState::Waiting;
    ScheduledSend send;
    send.message = desk::toDesk(record.message);
    send.conversation = desk::toDesk(record.conversation);
    send.peer = phone::fromWire(record.parties.peer);
    send.own = phone::fromWire(record.parties.own);
    send.name = record.name;
    send.text = record.text;
    send.at = record.sendAt;
    send.keptHere = keptHere;
    send.beingCancelled = m_beingCancelled.contains(send.message);
    send.missed = keptHere && isMissed(record.sendAt, m_clock.now());
    return send;
}

void LiveSchedule::tellMissed() {
    const QList<ScheduledSend> sends = m_model.all();
    for (const ScheduledSend &send : sends) {
        if (!send.missed) {
            m_toldMissed.remove(send.message);
            continue;
        }
        if (m_toldMissed.contains(send.message))
            continue;
        m_toldMissed.insert(send.message);
        Q_EMIT missed(send);
    }
}

void LiveSchedule::suppressOptedOut(const QList<store::ScheduledRecord> &records) {
    const QDateTime now = m_clock.now();
    for (const store::ScheduledRecord &record : records) {
        if (record.state != store::MessageState::Scheduled || record.telnyxId.isEmpty() ||
            !m_toCheck.contains(record.conversation) ||
            m_beingCancelled.contains(desk::toDesk(record.message)) ||
            record.sendAt <= after(now, lastCancel))
            continue;
        const auto conversation = m_reader.conversation(record.conversation);
        if (!conversation)
            continue;
        if (const auto block =
                blockOf(m_reader, asBetween(*conversation, record.parties), m_outbox.sendingAccount()))
            suppress(record, tr("Cancelled before its time. %1").arg(block->what));
    }
}

void LiveSchedule::suppress(const store::ScheduledRecord &record, const QString &reason) {
    const auto message = m_reader.message(record.message);
    if (!message)
        return;
    whenFinished(stopAtApi(*message), this, [this, record, reason](const CancelOutcome &outcome) {
        // What is not certain is tried again with the next tick; what has left, Telnyx blocks by itself.
        if (outcome.end != CancelEnd::Cancelled)
            return;
        m_store.scheduledCancelled(record.message, m_clock.now());
        m_store.recordSuppressed({.at = m_clock.now(),
                                  .conversation = record.conversation,
                                  .intent = record.intent,
                                  .text = record.text,
                                  .reason = reason});
    });
}

void LiveSchedule::lookUpOverdue() {
    const QDateTime now = m_clock.now();
    const QList<store::ScheduledRecord> records = m_reader.scheduled();
    for (const store::ScheduledRecord &record : records) {
        const MessageRow row = desk::toDesk(record.message);
        if (record.state != store::MessageState::Scheduled || record.telnyxId.isEmpty() ||
            after(record.sendAt, silentFor) > now || m_lookedUp.contains(row))
            continue;
        m_lookedUp.insert(row);
        whenFinished(m_client.messageAsEvent(record.telnyxId), this,
                     [this, row](const telnyx::Answer<QByteArray> &answer) {
                         const auto logged = answer ? readBack(*answer, m_clock.now()) : std::nullopt;
                         if (logged)
                             m_store.applyRecovered({*logged});
                         else
                             m_lookedUp.remove(row);
                     });
    }
}

void LiveSchedule::setBeingCancelled(MessageRow message, bool beingCancelled) {
    if (beingCancelled)
        m_beingCancelled.insert(message);
    else
        m_beingCancelled.remove(message);
    refreshSoon();
}

// ---- What a person does ---------------------------------------------------------------------------------

std::optional<Failure> LiveSchedule::obstacle(const QDateTime &at) const {
    const QDateTime now = m_clock.now();
    if (!at.isValid())
        return Failure{tr("This is no time."), tr("Choose a day and a time.")};
    if (toMinute(at) < after(now, soonest))
        return Failure{tr("A text can be scheduled from %n minutes ahead on.", nullptr, soonest.count()),
                       tr("Choose a later time, or send it now.")};
    if (at > now.addDays(furthestDays))
        return Failure{tr("This is more than a year ahead."), tr("Choose an earlier day.")};
    return std::nullopt;
}

bool LiveSchedule::wouldBeKeptHere(const QDateTime &at) const {
    return !isTakenByApi(toMinute(at), m_clock.now());
}

Result<store::NewIntent, SendProblem> LiveSchedule::preparedFor(ConversationId id, const QString &text,
                                                                const QDateTime &at,
                                                                const std::optional<QString> &sender) {
    if (const auto why = obstacle(at))
        return failed(wrongTime(*why));
    auto intent = m_outbox.prepared(id, text, sender);
    if (!intent)
        return intent;
    intent->sendAt = toMinute(at);
    const QDateTime inReach = after(*intent->sendAt, reachMargin - furthestAtApi);
    if (inReach > m_clock.now())
        intent->holdUntil = inReach;
    return intent;
}

QFuture<LiveSchedule::Sent> LiveSchedule::schedule(ConversationId id, const QString &text,
                                                   const QDateTime &at) {
    auto intent = preparedFor(id, text, at);
    if (!intent)
        return atOnce<Sent>(failed(std::move(intent.error())));
    return m_outbox.write(*intent);
}

Result<store::MessageRecord, SendProblem> LiveSchedule::changeable(MessageRow message) const {
    const auto record = m_reader.message(toStore(message));
    if (!record || !record->sendAt.isValid())
        return failed(tooLate(gone()));
    switch (record->state) {
    case store::MessageState::Held:
    case store::MessageState::Waiting:
        return *record;
    case store::MessageState::Sending:
        return failed(tooLate(onItsWay()));
    case store::MessageState::Uncertain:
        return failed(tooLate(uncertain()));
    case store::MessageState::Scheduled:
        break;
    default:
        return failed(tooLate(gone()));
    }
    if (record->telnyxId.isEmpty())
        return failed(tooLate(uncertain()));
    if (m_beingCancelled.contains(message))
        return failed(tooLate({tr("This text is being cancelled already."), tr("Wait for the answer.")}));
    if (record->sendAt <= after(m_clock.now(), lastCancel))
        return failed(
            tooLate({tr("Telnyx takes no cancellation in the last minute before the time, which is %1.")
                         .arg(QLocale().toString(record->sendAt.toLocalTime().time(), QLocale::ShortFormat)),
                     tr("It goes out as it is. Write to the customer again if needed.")}));
    return *record;
}

QFuture<CancelOutcome> LiveSchedule::stopAtApi(const store::MessageRecord &record) {
    const MessageRow message = desk::toDesk(record.row);
    setBeingCancelled(message, true);
    auto *cancellation = new Cancellation(m_client, m_store, m_clock, this);
    return mapped<CancelOutcome>(cancellation->start(record.telnyxId), this,
                                 [this, message](const CancelOutcome &outcome) {
                                     setBeingCancelled(message, false);
                                     return outcome;
                                 });
}

QFuture<LiveSchedule::Cancelled> LiveSchedule::cancel(MessageRow message) {
    const auto record = changeable(message);
    if (!record)
        return atOnce<Cancelled>(failed(Failure(record.error().sentence)));
    const auto afterStore = [this](const Result<store::Changes, store::StoreError> &done) -> Cancelled {
        if (done)
            return true;
        return failed(done.error().kind == store::StoreErrorKind::WrongPhase ? onItsWay()
                                                                             : store::sentence(done.error()));
    };
    if (record->state != store::MessageState::Scheduled)
        return mapped<Cancelled>(m_store.scheduledCancelled(record->row, m_clock.now()), this, afterStore);
    const auto promise = std::make_shared<QPromise<Cancelled>>();
    promise->start();
    const auto finish = [promise](Cancelled cancelled) {
        promise->addResult(std::move(cancelled));
        promise->finish();
    };
    whenFinished(stopAtApi(*record), this, [this, row = record->row, finish](const CancelOutcome &outcome) {
        if (outcome.end != CancelEnd::Cancelled) {
            finish(failed(Failure(outcome.sentence)));
            return;
        }
        // It is certain from here on, whether or not this can be written down now.
        whenFinished(m_store.scheduledCancelled(row, m_clock.now()), this,
                     [finish](const Result<store::Changes, store::StoreError> &) { finish(true); });
    });
    return promise->future();
}

std::optional<QString> LiveSchedule::senderOf(const store::MessageRecord &record) const {
    const auto intent = m_reader.intentOf(record.row);
    return intent ? std::optional(intent->parties.own) : std::nullopt;
}

QFuture<LiveSchedule::Sent> LiveSchedule::change(MessageRow message, const QString &text,
                                                 const QDateTime &at) {
    const auto record = changeable(message);
    if (!record)
        return atOnce<Sent>(failed(SendProblem(record.error())));
    auto again = preparedFor(desk::toDesk(record->conversation), text, at, senderOf(*record));
    if (!again)
        return atOnce<Sent>(failed(std::move(again.error())));
    return replace(message, *again);
}

QFuture<LiveSchedule::Sent> LiveSchedule::sendNow(MessageRow message) {
    const auto record = changeable(message);
    if (!record)
        return atOnce<Sent>(failed(SendProblem(record.error())));
    auto again = m_outbox.prepared(desk::toDesk(record->conversation), record->text, senderOf(*record));
    if (!again)
        return atOnce<Sent>(failed(std::move(again.error())));
    return replace(message, *again);
}

QFuture<LiveSchedule::Sent> LiveSchedule::replace(MessageRow message, const store::NewIntent &again) {
    const auto record = m_reader.message(toStore(message));
    if (!record || record->state != store::MessageState::Scheduled)
        return replaceStopped(message, again);
    const auto promise = std::make_shared<QPromise<Sent>>();
    promise->start();
    const auto finish = [promise](const Sent &sent) {
        promise->addResult(sent);
        promise->finish();
    };
    if (!m_outbox.draft(desk::toDesk(again.conversation)).isEmpty()) {
        stopAndReplace(*record, again, finish);
        return promise->future();
    }
    // A console that ends between the two must not lose what was written.
    setBeingCancelled(message, true);
    whenFinished(
        m_store.saveDraft(again.conversation, again.text, m_clock.now()), this,
        [this, record = *record, again, finish](const Result<store::Changes, store::StoreError> &saved) {
            if (saved) {
                stopAndReplace(record, again, finish);
                return;
            }
            setBeingCancelled(desk::toDesk(record.row), false);
            finish(failed(SendProblem{SendProblemKind::NotStored, store::sentence(saved.error())}));
        });
    return promise->future();
}

void LiveSchedule::stopAndReplace(const store::MessageRecord &record, const store::NewIntent &again,
                                  const std::function<void(const Sent &)> &finish) {
    const MessageRow message = desk::toDesk(record.row);
    const ConversationId id = desk::toDesk(again.conversation);
    whenFinished(stopAtApi(record), this, [this, message, id, again, finish](const CancelOutcome &outcome) {
        if (outcome.end != CancelEnd::Cancelled) {
            endDraft(id, again.text);
            finish(failed(tooLate(outcome.sentence)));
            return;
        }
        whenFinished(replaceStopped(message, again), this, [this, id, again, finish](const Sent &sent) {
            if (sent)
                endDraft(id, again.text);
            finish(sent);
        });
    });
}

void LiveSchedule::endDraft(ConversationId id, const QString &text) {
    // What a person has written there meanwhile stays.
    if (m_outbox.draft(id) == text)
        m_store.saveDraft(toStore(id), {}, m_clock.now());
}

QFuture<LiveSchedule::Sent> LiveSchedule::replaceStopped(MessageRow message, const store::NewIntent &again) {
    return mapped<Sent>(m_store.replaceScheduled(toStore(message), again), this,
                        [this](const Result<store::IntentRecord, store::StoreError> &written) {
                            return m_outbox.taken(written);
                        });
}

} // namespace longcode::desk
