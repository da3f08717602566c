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

void FakeOutbox::setUndoWindow(std::chrono::seconds window) {
    undo = window;
    Q_EMIT undoWindowChanged();
}

QFuture<Result<QString, desk::SendProblem>> FakeOutbox::takeBack(desk::MessageRow message) {
    using Answer = Result<QString, desk::SendProblem>;
    if (problem || sent.isEmpty())
        return ready<Answer>(failed(problem.value_or(
            desk::SendProblem{desk::SendProblemKind::HasLeft,
                              {QStringLiteral("It has left already."), QStringLiteral("Nothing to do.")}})));
    takenBack.append(message);
    return ready<Answer>(sent.takeLast().second);
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

FakeTeam::FakeTeam(FakeInbox *inbox, QObject *parent)
    : desk::Team(parent), m_inbox(inbox), m_members{{m_name, m_role}} {}

bool FakeTeam::may(desk::TeamPermission permission) const {
    using enum desk::TeamPermission;
    if (m_role == desk::TeamRole::Admin || permission == Chat)
        return true;
    return m_role == desk::TeamRole::Compliance && (permission == SeeRegistrations || permission == File);
}

void FakeTeam::take(desk::ConversationId id, const QString &assignee, std::chrono::minutes length) {
    claims.append({id, assignee});
    if (!m_inbox)
        return;
    m_inbox->update(id, [&](desk::Conversation &conversation) {
        if (assignee.isEmpty())
            conversation.claim.reset();
        else
            conversation.claim =
                desk::Claim{.assignee = assignee,
                            .until = sampleNow().addSecs(
                                std::chrono::duration_cast<std::chrono::seconds>(length).count()),
                            .mine = assignee == m_name};
    });
}

void FakeTeam::claim(desk::ConversationId id, std::chrono::minutes length, desk::ClaimMode) {
    take(id, m_name, length);
}

void FakeTeam::assign(desk::ConversationId id, const QString &member, std::chrono::minutes length) {
    take(id, member, length);
}

void FakeTeam::release(desk::ConversationId id) {
    take(id, {}, {});
}

void FakeTeam::addNote(desk::ConversationId id, const QString &text, const QStringList &mentions) {
    if (refusesNotes) {
        Q_EMIT noteRefused(id, text, *refusesNotes);
        return;
    }
    notes.append({id, text, mentions});
    FakeMessages *open = m_inbox ? m_inbox->openModel() : nullptr;
    if (!open)
        return;
    desk::Message note;
    note.row = desk::MessageRow{100'000 + notes.size()};
    note.conversation = id;
    note.direction = desk::Direction::Note;
    note.state = desk::MessageState::Received;
    note.text = text;
    note.at = sampleNow();
    note.author = m_name;
    note.mentions = mentions;
    open->append(note);
}

void FakeTeam::setClosed(desk::ConversationId id, bool closed) {
    closings.append({id, closed});
    if (m_inbox)
        m_inbox->update(id, [&](desk::Conversation &conversation) { conversation.closed = closed; });
}

void FakeTeam::saveCannedReply(const desk::CannedReply &reply) {
    desk::CannedReply kept = reply;
    if (kept.id.isEmpty())
        kept.id = QStringLiteral("reply-%1").arg(m_nextReply++);
    m_replies.removeIf([&](const desk::CannedReply &other) { return other.id == kept.id; });
    m_replies.append(kept);
    Q_EMIT cannedRepliesChanged();
}

void FakeTeam::removeCannedReply(const QString &id) {
    m_replies.removeIf([&](const desk::CannedReply &other) { return other.id == id; });
    Q_EMIT cannedRepliesChanged();
}

void FakeTeam::setActivity(desk::ConversationId id, desk::TeamActivity activity) {
    const QPair<desk::ConversationId, desk::TeamActivity> said{id, activity};
    if (activities.isEmpty() || activities.last() != said)
        activities.append(said);
}

QList<desk::Colleague> FakeTeam::colleagues(desk::ConversationId id) const {
    return m_colleagues.value(id);
}

void FakeTeam::setMembers(const QString &name, const QList<desk::TeamMember> &members) {
    m_name = name;
    m_members = members;
    for (const desk::TeamMember &member : members)
        if (member.name == name)
            m_role = member.role;
    Q_EMIT membersChanged();
}

void FakeTeam::setColleagues(desk::ConversationId id, const QList<desk::Colleague> &colleagues) {
    m_colleagues[id] = colleagues;
    Q_EMIT colleaguesChanged(id);
}

void FakeTeam::setCannedReplies(const QList<desk::CannedReply> &replies) {
    m_replies = replies;
    Q_EMIT cannedRepliesChanged();
}

void FakeTeam::setUnsent(int count) {
    m_unsent = count;
    Q_EMIT unsentChanged();
}

QFuture<Result<QList<desk::WebhookCheck>, Failure>> FakeRelayHealth::checkWebhooks() {
    return ready<Result<QList<desk::WebhookCheck>, Failure>>(m_webhooks);
}

QFuture<Result<QString, Failure>> FakeRelayHealth::setWebhookUrl(const QString &profileId) {
    profilesSet.append(profileId);
    return begin(m_asked);
}

QFuture<Result<QString, Failure>> FakeRelayHealth::selfTest() {
    ++selfTests;
    return begin(m_asked);
}

QFuture<Result<QString, Failure>> FakeRelayHealth::recover(const QDateTime &from, const QDateTime &to) {
    recovered.append({from, to});
    return begin(m_asked);
}

void FakeRelayHealth::setFigures(const std::optional<desk::RelayFigures> &figures) {
    m_figures = figures;
    Q_EMIT figuresChanged();
}

void FakeRelayHealth::setGaps(const QList<desk::LogGap> &gaps) {
    m_gaps = gaps;
    Q_EMIT gapsChanged();
}

void FakeRelayHealth::setOwnRelay(const QString &address) {
    m_ownRelay = address;
    Q_EMIT figuresChanged();
}

void FakeRelayHealth::setSilence(const std::optional<Failure> &silence) {
    m_silence = silence;
    Q_EMIT silenceChanged();
}

void FakeRelayHealth::setWebhooks(const QList<desk::WebhookCheck> &webhooks) {
    m_webhooks = webhooks;
    Q_EMIT webhooksChanged();
}

void FakeRelayHealth::answer(const Result<QString, Failure> &result) {
    finish(m_asked, result);
}

desk::RelayFigures sampleFigures() {
    desk::RelayFigures figures;
    figures.publicUrl = QStringLiteral("https://sms.example.com/webhooks/telnyx");
    figures.version = QStringLiteral("0.1.0");
    figures.startedAt = sampleNow().addDays(-3);
    figures.at = sampleNow();
    figures.first = 1;
    figures.head = 48'213;
    figures.applied = 48'210;
    figures.lastWebhookAt = sampleNow().addSecs(-42);
    figures.stored = 12'040;
    figures.duplicates = 17;
    figures.refused = 3;
    figures.logBytes = 61'000'000;
    figures.freeBytes = 210'000'000'000;
    figures.readers = {{.name = QStringLiteral("Anna"),
                        .console = QStringLiteral("desk-1"),
                        .acknowledged = 48'213,
                        .seenAt = sampleNow(),
                        .connected = true},
                       {.name = QStringLiteral("Ben"),
                        .console = QStringLiteral("laptop"),
                        .acknowledged = 47'100,
                        .seenAt = sampleNow().addSecs(-7'200),
                        .connected = false}};
    figures.forwards = {{.name = QStringLiteral("crm"),
                         .waiting = 12,
                         .dead = 1,
                         .trouble = QStringLiteral("HTTP 502 from crm.example.com")}};
    return figures;
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
