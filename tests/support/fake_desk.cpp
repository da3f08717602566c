#include "support/fake_desk.h"

#include <memory>

namespace longcode::tests {

namespace {

template <typename T>
QFuture<T> ready(const T &value) {
    QPromise<T> promise;
    promise.start();
    promise.addResult(value);
    promise.finish();
    return promise.future();
}

template <typename T>
QFuture<T> begin(QPromise<T> &promise) {
    promise = QPromise<T>();
    promise.start();
    return promise.future();
}

template <typename T>
void finish(QPromise<T> &promise, const T &value) {
    promise.addResult(value);
    promise.finish();
}

desk::Sender sender(const char *wire, const char *profile, sms::SenderKind kind, bool smart) {
    desk::Sender made;
    made.address = phone::fromWire(QString::fromLatin1(wire));
    made.profileId = QStringLiteral("id-") + QString::fromLatin1(profile);
    made.profileName = QString::fromLatin1(profile);
    made.kind = kind;
    made.smartEncoding = smart;
    return made;
}

} // namespace

std::optional<desk::SendProblem> FakeOutbox::obstacle(desk::ConversationId, const QString &text) const {
    if (problem)
        return problem;
    if (text.trimmed().isEmpty())
        return desk::SendProblem{
            desk::SendProblemKind::Empty,
            {QStringLiteral("There is nothing to send."), QStringLiteral("Write a text first.")}};
    return std::nullopt;
}

QFuture<Result<desk::MessageRow, desk::SendProblem>> FakeOutbox::send(desk::ConversationId id,
                                                                      const QString &text) {
    using Answer = Result<desk::MessageRow, desk::SendProblem>;
    if (problem)
        return ready<Answer>(failed(*problem));
    sent.append({id, text});
    if (holdSends) {
        auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        m_waiting.append({id, promise});
        return promise->future();
    }
    drafts.remove(id);
    return ready<Answer>(desk::MessageRow{m_nextRow++});
}

void FakeOutbox::answer(const Result<desk::MessageRow, desk::SendProblem> &result) {
    const Waiting waiting = m_waiting.takeFirst();
    if (result)
        drafts.remove(waiting.id);
    finish(*waiting.promise, result);
}

void FakeOutbox::setSender(desk::ConversationId id, const phone::Address &own) {
    senders.append({id, own});
    Q_EMIT senderSet(id, own);
}

desk::PriceEstimate FakeOutbox::priceEstimate(const phone::Address &, const phone::Address &) const {
    return price;
}

QFuture<Result<QList<desk::Sender>, Failure>> FakeAccountSetup::checkKey(const QString &apiKey) {
    keys.append(apiKey);
    return begin(m_key);
}

QFuture<Result<desk::RelayStatus, Failure>> FakeAccountSetup::checkRelay(const desk::RelayChoice &relay) {
    relays.append(relay);
    return begin(m_relay);
}

QFuture<Result<bool, Failure>> FakeAccountSetup::save(const desk::AccountDraft &draft) {
    saved.append(draft);
    return begin(m_save);
}

void FakeAccountSetup::answerKey(const Result<QList<desk::Sender>, Failure> &result) {
    finish(m_key, result);
}

void FakeAccountSetup::answerRelay(const Result<desk::RelayStatus, Failure> &result) {
    finish(m_relay, result);
}

void FakeAccountSetup::answerSave(const Result<bool, Failure> &result) {
    finish(m_save, result);
}

FakeConsole::FakeConsole() {
    sample.account.setSenders(sandboxSenders());
}

QList<desk::Sender> sandboxSenders() {
    return {sender("+14155550100", "Sales", sms::SenderKind::LongCode, false),
            sender("+18885550142", "Support", sms::SenderKind::TollFree, true),
            sender("37468", "Sales", sms::SenderKind::ShortCode, false)};
}

} // namespace longcode::tests
