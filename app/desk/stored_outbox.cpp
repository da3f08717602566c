#include "desk/stored_outbox.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/convert.h"
#include "desk/opt_out_words.h"
#include "desk/random_token.h"
#include "store/desk_values.h"
#include "store/reader.h"
#include "store/store.h"

#include <QLocale>

#include <algorithm>

namespace longcode::desk {

namespace {

QFuture<Result<MessageRow, SendProblem>> refuse(SendProblem problem) {
    return QtFuture::makeReadyFuture(Result<MessageRow, SendProblem>(failed(std::move(problem))));
}

QString undoFact() {
    return QStringLiteral("outbox/undo-seconds");
}

SendProblem hasLeft() {
    return {SendProblemKind::HasLeft,
            {StoredOutbox::tr("This text has left already, so it cannot be taken back."),
             StoredOutbox::tr("Write to the customer again if something in it was wrong.")}};
}

} // namespace

StoredOutbox::StoredOutbox(store::Store &store, store::Reader &reader, const Account &account,
                           SendQueue &queue, const Clock &clock, QObject *parent)
    : Outbox(parent)
    , m_store(store)
    , m_reader(reader)
    , m_account(account)
    , m_queue(queue)
    , m_clock(clock)
    , m_drafts(store::DraftKind::Answer, store, reader, clock)
    , m_noteDrafts(store::DraftKind::Note, store, reader, clock)
    , m_prices(reader) {
    connect(&m_queue, &SendQueue::troubleChanged, this, &Outbox::troubleChanged);
    connect(&m_store, &store::Store::changed, this, [this] { m_prices.forget(); });
    m_undoWindow = std::clamp(std::chrono::seconds(m_reader.fact(undoFact()).toInt()),
                              std::chrono::seconds(0), longestUndo);
}

SendingAccount StoredOutbox::sendingAccount() const {
    return {.senders = m_account.senders(),
            .home = m_account.homeRegion(),
            .fullAlphabet = m_account.countsFullAlphabet()};
}

std::optional<SendProblem> StoredOutbox::obstacle(ConversationId id, const QString &text) const {
    const auto conversation = m_reader.conversation(toStore(id));
    if (!conversation)
        return conversationUnknown();
    return check(*conversation, text);
}

std::optional<SendProblem> StoredOutbox::check(const store::ConversationRecord &conversation,
                                               const QString &text) const {
    const SendingAccount account = sendingAccount();
    return checkSend(conversation, text, account, blockOf(m_reader, conversation, account));
}

store::NewIntent StoredOutbox::newIntent(const store::ConversationRecord &conversation,
                                         const QString &text) const {
    const SendEstimate estimated =
        estimate(text, phone::fromWire(conversation.parties.own), sendingAccount());
    return {.intent = store::IntentId(QString::fromLatin1(randomToken<4>())),
            .conversation = conversation.key.id,
            .text = text,
            .encoding = estimated.count.encoding,
            .segments = estimated.count.segments,
            .at = m_clock.now()};
}

Result<store::NewIntent, SendProblem> StoredOutbox::prepared(ConversationId id, const QString &text,
                                                             const std::optional<QString> &sender) {
    auto conversation = m_reader.conversation(toStore(id));
    if (!conversation)
        return failed(conversationUnknown());
    if (sender)
        conversation = asBetween(*conversation, {.peer = conversation->parties.peer, .own = *sender});
    auto problem = check(*conversation, text);
    if (!problem) {
        store::NewIntent intent = newIntent(*conversation, text);
        intent.sender = sender;
        return intent;
    }
    if (problem->kind == SendProblemKind::OptedOut)
        m_store.recordSuppressed({.at = m_clock.now(),
                                  .conversation = conversation->key.id,
                                  .intent = {},
                                  .text = text,
                                  .reason = problem->sentence.what});
    return failed(std::move(*problem));
}

QFuture<StoredOutbox::Sent> StoredOutbox::send(ConversationId id, const QString &text) {
    auto intent = prepared(id, text);
    if (!intent)
        return refuse(std::move(intent.error()));
    if (m_undoWindow.count() > 0)
        intent->holdUntil = intent->at.addSecs(m_undoWindow.count());
    return write(*intent);
}

QFuture<StoredOutbox::Sent> StoredOutbox::write(const store::NewIntent &intent) {
    const ConversationId id = toDesk(intent.conversation);
    const QString kept = m_drafts.text(id);
    // A canned text or an older one must not take what is being written with it.
    const bool own = kept.isEmpty() || kept == intent.text;
    store::NewIntent toWrite = intent;
    toWrite.keepsDraft = !own;
    if (own)
        m_drafts.forget(id);
    return mapped<Sent>(m_store.writeIntent(toWrite), this,
                        [this, id, own, text = intent.text](
                            const Result<store::IntentRecord, store::StoreError> &written) -> Sent {
                            if (!written && (own || m_drafts.text(id).isEmpty()))
                                m_drafts.keep(id, text);
                            return taken(written);
                        });
}

StoredOutbox::Sent StoredOutbox::taken(const Result<store::IntentRecord, store::StoreError> &written) {
    if (!written && written.error().kind == store::StoreErrorKind::WrongPhase)
        return failed(hasLeft());
    if (!written)
        return failed(SendProblem{SendProblemKind::NotStored, store::sentence(written.error())});
    if (written->phase == store::IntentPhase::Held)
        m_queue.lookAtHeld();
    else
        m_queue.add(*written);
    return toDesk(written->message);
}

void StoredOutbox::setUndoWindow(std::chrono::seconds window) {
    const auto bounded = std::clamp(window, std::chrono::seconds(0), longestUndo);
    if (bounded == m_undoWindow)
        return;
    m_undoWindow = bounded;
    whenFinished(m_store.setFact(undoFact(), QString::number(bounded.count())), this,
                 [this](const Result<store::Changes, store::StoreError> &done) {
                     if (!done)
                         report(done.error());
                 });
    Q_EMIT undoWindowChanged();
}

QFuture<Result<QString, SendProblem>> StoredOutbox::takeBack(MessageRow message) {
    using TakenBack = Result<QString, SendProblem>;
    const auto intent = m_reader.intentOf(toStore(message));
    if (!intent || intent->phase != store::IntentPhase::Held)
        return QtFuture::makeReadyFuture(TakenBack(failed(hasLeft())));
    return mapped<TakenBack>(
        m_store.takeBackHeld(intent->intent, m_clock.now()), this,
        [this](const Result<store::IntentRecord, store::StoreError> &done) -> TakenBack {
            m_queue.lookAtHeld();
            if (done)
                return done->text;
            return failed(done.error().kind == store::StoreErrorKind::WrongPhase
                              ? hasLeft()
                              : SendProblem{SendProblemKind::NotStored, store::sentence(done.error())});
        });
}

void StoredOutbox::settle(MessageRow message, Settlement settlement) {
    if (settlement == Settlement::SendAgain) {
        sendAgain(message);
        return;
    }
    const auto decision =
        settlement == Settlement::CountAsSent ? store::Settlement::CountAsSent : store::Settlement::Discard;
    whenFinished(m_store.settle(toStore(message), decision), this,
                 [this](const Result<store::Changes, store::StoreError> &done) {
                     if (!done)
                         report(done.error());
                 });
}

void StoredOutbox::sendAgain(MessageRow message) {
    const auto record = m_reader.message(toStore(message));
    // One click, one message: a second one of the same row would text the customer twice.
    if (!record || m_sentAgain.contains(message))
        return;
    if (record->state == store::MessageState::Uncertain && record->sendAt.isValid() &&
        record->sendAt > m_clock.now()) {
        Q_EMIT troubleChanged(
            Failure{tr("This text may be at Telnyx, which would send it on %1.")
                        .arg(QLocale().toString(record->sendAt.toLocalTime(), QLocale::ShortFormat)),
                    tr("Look it up, or wait until that time, before you send it again.")});
        return;
    }
    const auto again = prepared(toDesk(record->conversation), record->text);
    if (!again) {
        Q_EMIT troubleChanged(again.error().sentence);
        return;
    }
    m_sentAgain.insert(message);
    const auto onWritten = [this, message](const Result<store::IntentRecord, store::StoreError> &written) {
        if (written) {
            m_queue.add(*written);
            return;
        }
        m_sentAgain.remove(message);
        report(written.error());
    };
    whenFinished(m_store.sendAgain(record->row, *again), this, onWritten);
}

void StoredOutbox::report(const store::StoreError &error) {
    // An event or a second click was faster: there is nothing left to decide.
    if (error.kind != store::StoreErrorKind::WrongPhase)
        Q_EMIT troubleChanged(store::sentence(error));
}

QString StoredOutbox::draft(ConversationId id) const {
    return m_drafts.text(id);
}

void StoredOutbox::keepDraft(ConversationId id, const QString &text) {
    m_drafts.keep(id, text);
}

QString StoredOutbox::noteDraft(ConversationId id) const {
    return m_noteDrafts.text(id);
}

void StoredOutbox::keepNoteDraft(ConversationId id, const QString &text) {
    m_noteDrafts.keep(id, text);
}

void StoredOutbox::setSender(ConversationId id, const phone::Address &own) {
    whenFinished(m_store.setSender(toStore(id), own.wire()), this,
                 [this](const Result<store::Changes, store::StoreError> &done) {
                     if (!done)
                         report(done.error());
                 });
}

PriceEstimate StoredOutbox::priceEstimate(const phone::Address &own, const phone::Address &peer) const {
    return m_prices.estimate(own, peer);
}

PriceEstimate StoredOutbox::mmsEstimate(const phone::Address &own, const phone::Address &peer) const {
    return m_prices.mmsEstimate(own, peer);
}

void StoredOutbox::flush() {
    m_drafts.flush();
    m_noteDrafts.flush();
}

} // namespace longcode::desk
