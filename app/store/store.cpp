#include "store/store.h"

#include "store/backup.h"
#include "store/connection.h"
#include "store/reader.h"
#include "store/schema.h"
#include "store/team.h"
#include "store/writer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace longcode::store {

namespace {

Status prepare(Connection &connection) {
    if (const Status status = bringUpToDate(connection))
        return status;
    connection.execute(QStringLiteral("PRAGMA journal_mode=WAL"));
    return connection.takeError();
}

/// A new file comes to its name only when it is a whole store, so an empty or half-made file under that name
/// is damage and never taken for a beginning.
Status make(const QString &path) {
    const QString half = path + QStringLiteral(".new");
    QFile::remove(half);
    {
        auto connection = Connection::open(half, Access::Write);
        if (!connection)
            return connection.error();
        if (const Status status = prepare(**connection))
            return status;
    }
    if (!QFile::rename(half, path))
        return StoreError{StoreErrorKind::CannotOpen, path};
    return {};
}

} // namespace

Store::Store(QString path) : m_path(std::move(path)), m_backup(std::make_unique<BackupThread>()) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>, StoreError> Store::open(const QString &folder, const StoreLimits &limits) {
    const QString path = QDir(folder).filePath(QStringLiteral("console.sqlite"));
    if (!QDir().mkpath(folder))
        return failed(StoreError{StoreErrorKind::CannotOpen, folder});
    if (!QFile::exists(path)) {
        if (const Status status = make(path))
            return failed(*status);
    } else if (QFileInfo(path).size() == 0) {
        return failed(StoreError{StoreErrorKind::Corrupt, path});
    }
    std::unique_ptr<Store> store(new Store(path));
    auto writer = Writer::start(
        path,
        [&](Connection &connection) {
            Status status = prepare(connection);
            if (status)
                status->detail.prepend(path + QStringLiteral(": "));
            else if (limits.maximumPages > 0)
                connection.execute(QStringLiteral("PRAGMA max_page_count=%1").arg(limits.maximumPages));
            return status;
        },
        [raw = store.get()](const Changes &changes) { Q_EMIT raw->changed(changes); });
    if (!writer)
        return failed(writer.error());
    store->m_writer = std::move(*writer);
    return store;
}

Result<std::unique_ptr<Reader>, StoreError> Store::openReader() const {
    auto connection = Connection::open(m_path, Access::Read);
    if (!connection)
        return failed(connection.error());
    return std::make_unique<Reader>(std::move(*connection));
}

Outcome<ConversationId> Store::begin(const Parties &parties, const QDateTime &now) {
    return m_writer->post<ConversationId>([=](WriteSession &session) -> Result<ConversationId, StoreError> {
        return session.conversationOf(parties, now.toMSecsSinceEpoch());
    });
}

Outcome<Changes> Store::rename(ConversationId conversation, const QString &name) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::rename(session, conversation, name); });
}

Outcome<Changes> Store::setSender(ConversationId conversation, const QString &own) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::setSender(session, conversation, own); });
}

Outcome<Changes> Store::markRead(ConversationId conversation, MessageRow newestSeen) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::markRead(session, conversation, newestSeen); });
}

Outcome<Changes> Store::saveDraft(ConversationId conversation, const QString &text, const QDateTime &now,
                                  DraftKind kind) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::saveDraft(session, conversation, text, now, kind); });
}

Outcome<IntentRecord> Store::writeIntent(const NewIntent &intent) {
    return m_writer->post<IntentRecord>(
        [=](WriteSession &session) { return store::writeIntent(session, intent); });
}

Outcome<IntentRecord> Store::intentHandedOver(const IntentId &intent, const QDateTime &now) {
    return m_writer->post<IntentRecord>(
        [=](WriteSession &session) { return store::intentHandedOver(session, intent, now); });
}

Outcome<Changes> Store::intentReturned(const IntentId &intent) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::intentReturned(session, intent); });
}

Outcome<Changes> Store::intentAccepted(const IntentId &intent, const events::MessageFacts &answer,
                                       const QDateTime &now) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::intentAccepted(session, intent, answer, now); });
}

Outcome<Changes> Store::intentRejected(const IntentId &intent, const ServerError &error,
                                       const QDateTime &now) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::intentRejected(session, intent, error, now); });
}

Outcome<Changes> Store::intentUncertain(const IntentId &intent) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::intentUncertain(session, intent); });
}

Outcome<Changes> Store::unansweredBecomeUncertain() {
    return m_writer->postChange(
        [](WriteSession &session) { return store::unansweredBecomeUncertain(session); });
}

Outcome<Changes> Store::settle(MessageRow message, Settlement settlement) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::settle(session, message, settlement); });
}

Outcome<IntentRecord> Store::sendAgain(MessageRow message, const NewIntent &again) {
    return m_writer->post<IntentRecord>(
        [=](WriteSession &session) { return store::sendAgain(session, message, again); });
}

Outcome<Changes> Store::applyEvents(const LogId &log, const QList<LoggedEvent> &events, Arrival arrival) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::applyEvents(session, log, events, arrival); });
}

Outcome<Changes> Store::applyRecovered(const QList<LoggedEvent> &events) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::applyRecovered(session, events); });
}

Outcome<Changes> Store::queueFact(const NewFact &fact) {
    return m_writer->postChange([=](WriteSession &session) { return store::queueFact(session, fact); });
}

Outcome<Changes> Store::dropFact(const QString &id, FactFate fate) {
    return m_writer->postChange([=](WriteSession &session) { return store::dropFact(session, id, fate); });
}

Outcome<Changes> Store::replaceSenders(const QList<SenderRecord> &senders) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::replaceSenders(session, senders); });
}

Outcome<Changes> Store::setFact(const QString &name, const QString &value) {
    return m_writer->postChange([=](WriteSession &session) { return store::setFact(session, name, value); });
}

} // namespace longcode::store
