#include "relay/log/log_keeper.h"

#include "relay/log/log_connection.h"
#include "relay/log/retention.h"

namespace longcode::relay {

namespace {

using namespace std::chrono_literals;

constexpr auto writePlacesAfter = 2s;
/// Between two steps of pruning, so that appends get their turn.
constexpr auto breath = 2ms;

} // namespace

LogKeeper::LogKeeper(OpenTable open, std::function<void(qint64)> firstMoved)
    : m_open(std::move(open)), m_firstMoved(std::move(firstMoved)), m_thread([this] { loop(); }) {}

LogKeeper::~LogKeeper() {
    stop();
}

void LogKeeper::run(Task task) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void LogKeeper::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_tasks.clear();
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void LogKeeper::loop() {
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        const auto isDue = [this] { return m_stopping || !m_tasks.empty(); };
        if (m_places.isEmpty())
            m_wake.wait(lock, [&] { return isDue() || !m_places.isEmpty(); });
        else
            m_wake.wait_until(lock, m_writeAt, isDue);
        const bool writes = !m_places.isEmpty() && (m_stopping || Clock::now() >= m_writeAt);
        Task task;
        if (!m_stopping && !m_tasks.empty()) {
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        lock.unlock();
        if (writes)
            writePlaces();
        if (task)
            task(table());
        lock.lock();
    }
    lock.unlock();
    writePlaces();
    m_table.reset();
}

EventTable *LogKeeper::table() {
    if (m_table && m_table->connection().lost())
        m_table.reset();
    if (!m_table) {
        if (auto opened = m_open(TableUse::Keep))
            m_table = std::move(*opened);
    }
    return m_table.get();
}

void LogKeeper::acknowledge(const ReaderPlace &place) {
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        isFirst = m_places.isEmpty();
        if (isFirst)
            m_writeAt = Clock::now() + writePlacesAfter;
        m_places.insert({place.name, place.console}, place);
    }
    if (isFirst)
        m_wake.notify_one();
}

/// What could not be written stays for the next time.
bool LogKeeper::writePlaces() {
    QHash<ReaderName, ReaderPlace> places;
    QSet<ReaderName> forgotten;
    {
        const std::lock_guard lock(m_mutex);
        places.swap(m_places);
        forgotten.swap(m_forgotten);
    }
    if (places.isEmpty() && forgotten.isEmpty())
        return true;
    EventTable *now = table();
    const bool good = now && now->connection().inTransaction([&] {
        // First: who was forgotten and has come again is there.
        const bool gone = std::all_of(forgotten.cbegin(), forgotten.cend(), [now](const ReaderName &name) {
            return now->connection().execute(
                QStringLiteral("DELETE FROM reader_place WHERE name = ? AND console = ?"),
                {name.first, name.second});
        });
        return gone && std::all_of(places.cbegin(), places.cend(), [now](const ReaderPlace &place) {
                   return now->connection().execute(
                       QStringLiteral(
                           "INSERT INTO reader_place (name, console, acknowledged, seen_at) VALUES (?, ?, ?, "
                           "?) "
                           "ON CONFLICT (name, console) DO UPDATE SET acknowledged = excluded.acknowledged, "
                           "seen_at = excluded.seen_at"),
                       {place.name, place.console, place.acknowledged, place.seenAt.toMSecsSinceEpoch()});
               });
    });
    if (good)
        return true;
    const std::lock_guard lock(m_mutex);
    m_writeAt = Clock::now() + writePlacesAfter;
    for (auto i = places.cbegin(); i != places.cend(); ++i) {
        if (!m_places.contains(i.key()))
            m_places.insert(i.key(), i.value());
    }
    m_forgotten.unite(forgotten);
    return false;
}

void LogKeeper::readers(std::function<void(std::optional<QList<ReaderPlace>>)> done) {
    run([this, done = std::move(done)](EventTable *) {
        const bool isWritten = writePlaces();
        EventTable *now = table();
        const auto rows =
            now ? now->connection().query(QStringLiteral(
                      "SELECT name, console, acknowledged, seen_at FROM reader_place ORDER BY name, "
                      "console"))
                : std::nullopt;
        if (!isWritten || !rows) {
            done(std::nullopt);
            return;
        }
        QList<ReaderPlace> places;
        for (const LogConnection::Values &row : *rows)
            places.append({row[0].toString(), row[1].toString(), row[2].toLongLong(),
                           QDateTime::fromMSecsSinceEpoch(row[3].toLongLong(), Qt::UTC)});
        done(places);
    });
}

void LogKeeper::forget(const QString &name, const QString &console) {
    {
        const std::lock_guard lock(m_mutex);
        m_places.remove({name, console});
        m_forgotten.insert({name, console});
    }
    // Written like a place, so that stopping does not lose it.
    run([this](EventTable *) { writePlaces(); });
}

void LogKeeper::prune(const Retention &retention, const QDateTime &now,
                      std::function<void(std::optional<qint64>)> done) {
    run([this, pruning = Pruning{retention, now, std::move(done)}](EventTable *) { pruneSome(pruning); });
}

/// One step, and the next one behind whatever else waits.
void LogKeeper::pruneSome(Pruning pruning) {
    // A reader who has just come is to be known.
    const bool isKnown = writePlaces();
    EventTable *now = table();
    const std::optional<PruneStep> step =
        now && isKnown ? pruneStep(now->connection(), pruning.retention, pruning.now) : std::nullopt;
    if (!step) {
        pruning.done(std::nullopt);
        return;
    }
    m_firstMoved(step->first);
    pruning.removed += step->removed;
    if (step->removed == 0) {
        compactSome(now);
        pruning.done(pruning.removed);
        return;
    }
    std::this_thread::sleep_for(breath);
    run([this, pruning = std::move(pruning)](EventTable *) { pruneSome(pruning); });
}

void LogKeeper::compactSome(EventTable *now) {
    if (!now || !now->compact())
        return;
    std::this_thread::sleep_for(breath);
    run([this](EventTable *next) { compactSome(next); });
}

void LogKeeper::measure(std::function<void(std::optional<LogSize>)> done) {
    run([done = std::move(done)](EventTable *now) { done(now ? now->measure() : std::nullopt); });
}

} // namespace longcode::relay
