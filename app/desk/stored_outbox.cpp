#include "desk/stored_outbox.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/convert.h"
#include "desk/random_token.h"
#include "store/reader.h"
#include "store/store.h"

namespace longcode::desk {

namespace {

QFuture<Result<MessageRow, SendProblem>> refuse(SendProblem problem) {
    return QtFuture::makeReadyFuture(Result<MessageRow, SendProblem>(failed(std::move(problem))));
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
    , m_drafts(store, reader, clock)
    , m_prices(reader) {
    connect(&m_queue, &SendQueue::troubleChanged, this, &Outbox::troubleChanged);
    connect(&m_store, &store::Store::changed, this, [this] { m_prices.forget(); });
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
    return checkSend(*conversation, text, sendingAccount());
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

QFuture<Result<MessageRow, SendProblem>> StoredOutbox::send(ConversationId id, const QString &text) {
    const auto conversation = m_reader.conversation(toStore(id));
    if (!conversation)
        return refuse(conversationUnknown());
    if (auto problem = checkSend(*conversation, text, sendingAccount()))
        return refuse(std::move(*problem));
    m_drafts.forget(id);
    return mapped<Result<MessageRow, SendProblem>>(
        m_store.writeIntent(newIntent(*conversation, text)), this,
        [this, id, text](const Result<store::IntentRecord, store::StoreError> &written)
            -> Result<MessageRow, SendProblem> {
            if (!written) {
                m_drafts.keep(id, text);
                return failed(SendProblem{SendProblemKind::NotStored, store::sentence(written.error())});
            }
            m_queue.add(*written);
            return toDesk(written->message);
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
    const auto conversation = record ? m_reader.conversation(record->conversation) : std::nullopt;
    if (!conversation)
        return;
    if (const auto problem = checkSend(*conversation, record->text, sendingAccount())) {
        Q_EMIT troubleChanged(problem->sentence);
        return;
    }
    whenFinished(m_store.sendAgain(record->row, newIntent(*conversation, record->text)), this,
                 [this](const Result<store::IntentRecord, store::StoreError> &written) {
                     if (written)
                         m_queue.add(*written);
                     else
                         report(written.error());
                 });
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

void StoredOutbox::flush() {
    m_drafts.flush();
}

} // namespace longcode::desk
