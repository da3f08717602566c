#pragma once

#include "store/reader.h"
#include "store/store.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

namespace longcode::tests {

/// Where a test's folder goes. Memory, where the system has some, takes the disk's waiting out of tests that
/// commit thousands of times and are about something else than durability.
enum class Place : quint8 { Disk, Memory };

inline QString folderTemplate(Place place) {
    const QFileInfo memory(QStringLiteral("/dev/shm"));
    const bool inMemory = place == Place::Memory && memory.isDir() && memory.isWritable();
    return (inMemory ? memory.filePath() : QDir::tempPath()) + QStringLiteral("/longcode-XXXXXX");
}

/// A store in a folder of its own, and a reader on the test's thread.
struct OpenStore {
    QTemporaryDir folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Reader> reader;

    explicit OpenStore(const store::StoreLimits &limits = {}, Place place = Place::Disk)
        : folder(folderTemplate(place)) {
        reopen(limits);
    }
    void close() {
        reader.reset();
        store.reset();
    }
    void reopen(const store::StoreLimits &limits = {}) {
        close();
        auto opened = store::Store::open(folder.path(), limits);
        if (!opened)
            qFatal("%s", qUtf8Printable(opened.error().detail));
        store = std::move(*opened);
        reader = std::move(*store->openReader());
    }
};

/// The value of a finished write; ends the test program when it failed.
template <typename T>
T valueOf(store::Outcome<T> outcome) {
    auto result = outcome.result();
    if (!result)
        qFatal("a write failed: %d %s", static_cast<int>(result.error().kind),
               qUtf8Printable(result.error().detail));
    return *result;
}

/// Why a write failed, which it must have.
template <typename T>
store::StoreErrorKind errorOf(store::Outcome<T> outcome) {
    const auto result = outcome.result();
    if (result)
        qFatal("a write succeeded that had to fail");
    return result.error().kind;
}

inline QDateTime at(int seconds) {
    return QDateTime::fromMSecsSinceEpoch(1772735400000 + seconds * 1000LL, Qt::UTC);
}

inline const QString maria = QStringLiteral("+12125550188");
inline const QString ours = QStringLiteral("+14155550100");

inline store::NewIntent textTo(store::ConversationId conversation, const QString &intent, const QString &text,
                               int second = 0) {
    return {store::IntentId(intent), conversation, text, sms::Encoding::Gsm7, 1, at(second)};
}

/// An event of a message, with what most tests need; change the rest in place.
struct EventDraft {
    events::MessageEventKind kind = events::MessageEventKind::Received;
    QString id, telnyxId, from, to, text, status;
    int second = 0;
    QString intent{};
};

inline store::LoggedEvent logged(qint64 seq, const EventDraft &draft) {
    events::MessageFacts facts;
    facts.id = events::MessageId(draft.telnyxId);
    facts.direction = draft.kind == events::MessageEventKind::Received ? events::Direction::Inbound
                                                                       : events::Direction::Outbound;
    facts.from.address = draft.from;
    events::Party to;
    to.address = draft.to;
    to.statusText = draft.status;
    to.status = events::statusFromText(draft.status);
    facts.to = {to};
    facts.text = draft.text;
    events::Event event;
    event.id = events::EventId(draft.id);
    event.occurredAt = at(draft.second);
    event.body = events::MessageEvent{draft.kind, facts};
    return {seq, at(draft.second), store::IntentId(draft.intent), event};
}

inline events::MessageFacts &factsOf(store::LoggedEvent &logged) {
    return std::get<events::MessageEvent>(logged.event.body).message;
}

} // namespace longcode::tests
