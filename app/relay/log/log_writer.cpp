#include "relay/log/log_writer.h"

#include "relay/log/log_connection.h"
#include "relay/operate/journal.h"

namespace longcode::relay {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t largestBatch = 256;
/// More than this is not waiting for the disk but for nothing: senders are told to come back.
constexpr qsizetype mostWaitingBytes = 64 << 20;
constexpr auto lookEvery = 250ms;
constexpr auto shortestBackoff = 50ms;
constexpr auto longestBackoff = 1000ms;
constexpr Page catchUpPage{.after = 0, .count = 512, .bytes = 1 << 20};

} // namespace

LogWriter::LogWriter(OpenTable open, LogBounds start, const Journal &journal)
    : m_open(std::move(open))
    , m_journal(journal)
    , m_head(start.head)
    , m_first(start.first)
    , m_nextLook(Clock::now())
    , m_retryAt(Clock::now())
    , m_thread([this] { run(); }) {}

LogWriter::~LogWriter() {
    stop();
}

void LogWriter::append(IncomingEvent event, std::function<void(Appended)> done) {
    std::unique_lock lock(m_mutex);
    if (m_stopping || m_waitingBytes + event.body.size() > mostWaitingBytes) {
        lock.unlock();
        done(Appended::Failed);
        return;
    }
    m_waitingBytes += event.body.size();
    m_waiting.push_back({std::move(event), std::move(done)});
    const bool isFirst = m_waiting.size() == 1;
    lock.unlock();
    if (isFirst)
        m_wake.notify_one();
}

void LogWriter::setGrownCallback(EventLog::GrownCallback grown) {
    const std::lock_guard lock(m_grownMutex);
    m_grown = std::move(grown);
}

void LogWriter::noteHead(qint64 head) {
    if (head <= m_head)
        return;
    m_seen = head;
    {
        const std::lock_guard lock(m_mutex);
        m_poked = true;
    }
    m_wake.notify_one();
}

void LogWriter::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void LogWriter::run() {
    Batch batch;
    while (take(batch)) {
        if (!batch.events.empty())
            store(batch);
        if (m_seen > m_head || Clock::now() >= m_nextLook)
            lookForOthers();
    }
    m_table.reset();
}

/// Waits for events, or until it is time to look for others'. False: the writer is stopped and everything is
/// written.
bool LogWriter::take(Batch &batch) {
    batch.events.clear();
    batch.dones.clear();
    std::unique_lock lock(m_mutex);
    m_wake.wait_until(lock, m_nextLook, [this] { return m_stopping || m_poked || !m_waiting.empty(); });
    m_poked = false;
    while (!m_waiting.empty() && batch.events.size() < largestBatch) {
        m_waitingBytes -= m_waiting.front().event.body.size();
        batch.events.push_back(std::move(m_waiting.front().event));
        batch.dones.push_back(std::move(m_waiting.front().done));
        m_waiting.pop_front();
    }
    return !batch.events.empty() || !m_stopping;
}

void LogWriter::store(Batch &batch) {
    std::optional<StoredBatch> stored = commit(batch.events);
    if (stored)
        announce(*stored);
    for (std::size_t i = 0; i < batch.dones.size(); ++i)
        batch.dones[i](stored ? stored->outcomes[i] : Appended::Failed);
}

std::optional<StoredBatch> LogWriter::commit(const std::vector<IncomingEvent> &events) {
    // Twice: a connection may have died long ago without anybody noticing. What a first try has stored after
    // all is a duplicate to the second.
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (!ensureOpen())
            return std::nullopt;
        std::optional<StoredBatch> stored = m_table->store(events);
        if (stored) {
            m_backoff = 0ms;
            if (std::exchange(m_failing, false))
                m_journal.write(Level::Info, QStringLiteral("The log can be written again."));
            return stored;
        }
        const bool wasLost = m_table->connection().lost();
        giveUp(m_table->connection().error());
        if (!wasLost)
            break;
    }
    return std::nullopt;
}

void LogWriter::announce(StoredBatch &stored) {
    if (!stored.added.isEmpty() && stored.before > m_head && !catchUp(stored.before))
        m_behind = true;
    if (stored.added.isEmpty())
        return;
    if (m_head == stored.before)
        tell(std::move(stored.added));
    else
        m_behind = true;
}

/// Announces what is in the log up to `head`. False: could not be read.
bool LogWriter::catchUp(qint64 head) {
    while (m_head < head) {
        Page page = catchUpPage;
        page.after = m_head;
        std::optional<LogEntries> found = m_table->entries(page);
        if (!found || found->isEmpty())
            return false;
        while (!found->isEmpty() && found->last().seq > head)
            found->removeLast();
        if (found->isEmpty())
            return false;
        tell(std::move(*found));
    }
    return true;
}

void LogWriter::tell(LogEntries added) {
    m_head = added.last().seq;
    EventLog::GrownCallback grown;
    {
        const std::lock_guard lock(m_grownMutex);
        grown = m_grown;
    }
    if (grown)
        grown(std::move(added));
}

void LogWriter::lookForOthers() {
    m_nextLook = Clock::now() + lookEvery;
    if (!ensureOpen())
        return;
    if (!m_table->mayHaveChanged() && !m_behind && m_seen <= m_head)
        return;
    const std::optional<LogBounds> bounds = m_table->bounds();
    if (bounds)
        m_first = bounds->first;
    m_behind = !bounds || !catchUp(bounds->head);
    m_seen = 0;
    // Reading fails without a word: the next append will say what is wrong, if it still is.
    if (m_behind && m_table->connection().lost())
        m_table.reset();
}

bool LogWriter::ensureOpen() {
    if (m_table)
        return true;
    if (Clock::now() < m_retryAt)
        return false;
    auto opened = m_open(TableUse::Append);
    if (!opened) {
        giveUp(opened.error());
        // Whoever waits in the meantime is told at once instead of after the next attempt.
        m_backoff = std::clamp(m_backoff * 2, std::chrono::milliseconds(shortestBackoff),
                               std::chrono::milliseconds(longestBackoff));
        m_retryAt = Clock::now() + m_backoff;
        return false;
    }
    m_table = std::move(*opened);
    // A commit that was reported as failed may have been one all the same.
    m_behind = true;
    return true;
}

/// Closing rolls back. The next batch opens the database anew.
void LogWriter::giveUp(const QString &why) {
    const QString sentence =
        QStringLiteral("The log cannot be written: %1. Webhooks are answered 503 until it can.").arg(why);
    m_table.reset();
    if (!std::exchange(m_failing, true))
        m_journal.write(Level::Error, sentence);
}

} // namespace longcode::relay
