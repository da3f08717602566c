#include "desk/live_transcripts.h"

#include "desk/convert.h"
#include "desk/inbox_convert.h"
#include "desk/transcript_form.h"
#include "store/reader.h"

#include <QPromise>
#include <QSaveFile>

#include <algorithm>
#include <limits>

namespace longcode::desk {

namespace {

constexpr int transcriptPage = 500;

Failure cannotWrite(const QString &path, const QString &why) {
    return {LiveTranscripts::tr("%1 cannot be written: %2").arg(path, why),
            LiveTranscripts::tr("Choose another folder, or free some space, then try again.")};
}

/// Our number that each message of a conversation went through, whatever it answers from now.
class OwnNumbers {
public:
    OwnNumbers(store::Reader &reader, store::ConversationId id) : m_all(reader.ownNumbers(id)) {}
    void complete(store::MessageRecord &message) const {
        if (message.own.isEmpty() && message.direction != store::Direction::Note && m_all.size() == 1)
            message.own = m_all.constFirst();
    }

private:
    QStringList m_all;
};

/// Calls `take` for every message from the oldest on; false ends it.
bool eachMessage(store::Reader &reader, store::ConversationId id,
                 const std::function<bool(const store::MessageRecord &)> &take) {
    const OwnNumbers numbers(reader, id);
    store::MessagePosition place{std::numeric_limits<qint64>::min(), 0, {}};
    for (;;) {
        auto page = reader.after(id, place, transcriptPage);
        for (store::MessageRecord &message : page) {
            numbers.complete(message);
            if (!take(message))
                return false;
        }
        if (page.size() < transcriptPage)
            return true;
        place = page.constLast().position();
    }
}

Result<qint64, Failure> writeTo(const QString &path, store::Reader &reader, store::ConversationId id,
                                const TranscriptFacts &facts, TranscriptForm &form,
                                const std::function<bool()> &isCancelled) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failed(cannotWrite(path, file.errorString()));
    const auto put = [&file](const QByteArray &bytes) { return file.write(bytes) == bytes.size(); };
    qint64 written = 0;
    const bool isWhole = put(form.beginning(facts)) &&
                         eachMessage(reader, id,
                                     [&](const store::MessageRecord &message) {
                                         ++written;
                                         const auto events = form.wantsEvents()
                                                                 ? reader.rawEvents(message.row)
                                                                 : QList<store::RawEventRecord>();
                                         return !isCancelled() && put(form.message(message, events));
                                     }) &&
                         put(form.end());
    if (isCancelled())
        return failed(Failure{LiveTranscripts::tr("The export was stopped. Nothing was written."), {}});
    if (const auto trouble = reader.takeError())
        return failed(store::sentence(*trouble));
    if (!isWhole || !file.commit())
        return failed(cannotWrite(path, file.errorString()));
    return written;
}

TranscriptLine lineOf(const store::MessageRecord &record) {
    const Message message = desk::toDesk(record);
    const bool hasState = message.direction == Direction::Outbound;
    return {.direction = message.direction,
            .at = message.at,
            .author = message.author,
            .own = record.own.isEmpty() ? phone::Address() : phone::fromWire(record.own),
            .text = message.text,
            .state = hasState ? stateInWords(message.state) : QString(),
            .mediaCount = message.mediaCount};
}

} // namespace

LiveTranscripts::LiveTranscripts(store::Store &store, store::Reader &reader, QString account,
                                 const Clock &clock, QObject *parent)
    : Transcripts(parent), m_store(store), m_reader(reader), m_account(std::move(account)), m_clock(clock) {
    m_pool.setMaxThreadCount(1);
}

LiveTranscripts::~LiveTranscripts() {
    *m_ending = true;
    m_pool.waitForDone();
}

QFuture<Result<qint64, Failure>> LiveTranscripts::write(ConversationId id, const QString &path,
                                                        TranscriptFormat format) {
    auto promise = std::make_shared<QPromise<Result<qint64, Failure>>>();
    promise->start();
    const TranscriptFacts facts{.head = head(id), .writtenAt = m_clock.now(), .publicKey = m_publicKey};
    m_pool.start([&store = m_store, promise, id, path, format, facts, ending = m_ending] {
        const auto reader = store.openReader();
        const auto form = format == TranscriptFormat::Json ? jsonTranscript() : csvTranscript();
        if (!reader)
            promise->addResult(failed(store::sentence(reader.error())));
        else
            promise->addResult(writeTo(path, **reader, toStore(id), facts, *form,
                                       [&] { return *ending || promise->isCanceled(); }));
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<QList<TranscriptLine>, Failure>> LiveTranscripts::lines(ConversationId id, qint64 limit) {
    auto promise = std::make_shared<QPromise<Result<QList<TranscriptLine>, Failure>>>();
    promise->start();
    m_pool.start([&store = m_store, promise, id, limit] {
        const auto reader = store.openReader();
        if (!reader) {
            promise->addResult(failed(store::sentence(reader.error())));
        } else {
            constexpr qint64 most = std::numeric_limits<int>::max();
            QList<TranscriptLine> lines;
            const OwnNumbers numbers(**reader, toStore(id));
            for (auto &record : (*reader)->newest(toStore(id), static_cast<int>(std::min(limit, most)))) {
                numbers.complete(record);
                lines.append(lineOf(record));
            }
            promise->addResult(lines);
        }
        promise->finish();
    });
    return promise->future();
}

TranscriptHead LiveTranscripts::head(ConversationId id) const {
    TranscriptHead head;
    head.account = m_account;
    const store::Reader::Snapshot snapshot(m_reader);
    const auto conversation = m_reader.conversation(toStore(id));
    if (!conversation)
        return head;
    head.name = conversation->name;
    head.peer = phone::fromWire(conversation->parties.peer);
    head.own = phone::fromWire(conversation->parties.own);
    head.messages = m_reader.messageCount(toStore(id));
    const store::MessagePosition beginning{std::numeric_limits<qint64>::min(), 0, {}};
    const auto oldest = m_reader.after(toStore(id), beginning, 1);
    const auto newest = m_reader.newest(toStore(id), 1);
    if (!oldest.isEmpty() && !newest.isEmpty()) {
        head.from = oldest.constFirst().at;
        head.to = newest.constFirst().at;
    }
    return head;
}

} // namespace longcode::desk
