#include "store/desk_values.h"
#include "store/store.h"
#include "store/writer.h"

namespace longcode::store {

Outcome<IntentRecord> Store::releaseHeld(const IntentId &intent) {
    return m_writer->post<IntentRecord>(
        [=](WriteSession &session) { return store::releaseHeld(session, intent); });
}

Outcome<IntentRecord> Store::takeBackHeld(const IntentId &intent, const QDateTime &now) {
    return m_writer->post<IntentRecord>(
        [=](WriteSession &session) { return store::takeBackHeld(session, intent, now); });
}

Outcome<IntentRecord> Store::replaceScheduled(MessageRow message, const NewIntent &again) {
    return m_writer->post<IntentRecord>(
        [=](WriteSession &session) { return store::replaceScheduled(session, message, again); });
}

Outcome<Changes> Store::scheduledCancelled(MessageRow message, const QDateTime &now) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::scheduledCancelled(session, message, now); });
}

Outcome<Changes> Store::intentSuppressed(const ServerError &refusal, const NewSuppressed &suppressed) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::intentSuppressed(session, refusal, suppressed); });
}

Outcome<Changes> Store::recordSuppressed(const NewSuppressed &suppressed) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::recordSuppressed(session, suppressed); });
}

Outcome<Changes> Store::setPinned(const QList<ConversationId> &conversations, bool pinned,
                                  const QDateTime &now) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::setPinned(session, conversations, pinned, now); });
}

Outcome<Changes> Store::snooze(const QList<ConversationId> &conversations, const QDateTime &until) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::snooze(session, conversations, until); });
}

Outcome<Changes> Store::markUnread(const QList<ConversationId> &conversations) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::markUnread(session, conversations); });
}

Outcome<Changes> Store::markAllRead(const QList<ConversationId> &conversations) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::markAllRead(session, conversations); });
}

Outcome<Changes> Store::keepReadPosition(ConversationId conversation, MessageRow message) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::keepReadPosition(session, conversation, message); });
}

Outcome<Changes> Store::replaceListedBlocks(const QList<ListedBlock> &blocks, const QDateTime &now) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::replaceListedBlocks(session, blocks, now); });
}

Outcome<Changes> Store::saveContacts(const QList<ContactRecord> &contacts, NameSource source) {
    return m_writer->postChange(
        [=](WriteSession &session) { return store::saveContacts(session, contacts, source); });
}

Outcome<Changes> Store::removeContacts(const QStringList &ids) {
    return m_writer->postChange([=](WriteSession &session) { return store::removeContacts(session, ids); });
}

Outcome<Changes> Store::changeContacts(const QStringList &removed, const QList<ContactRecord> &saved,
                                       NameSource source) {
    return m_writer->postChange([=](WriteSession &session) {
        const Status status = store::removeContacts(session, removed);
        return status ? status : store::saveContacts(session, saved, source);
    });
}

} // namespace longcode::store
