#include "relay/forward/forward_queue.h"

#include "relay/operate/journal.h"

#include <algorithm>
#include <cmath>

namespace longcode::relay {

using namespace std::chrono_literals;

namespace {
constexpr int pageEntries = 64;
} // namespace

ForwardQueue::ForwardQueue(const ForwardTarget &target, qint64 newest, EventLog &log, ForwardLedger &ledger,
                           const Journal &journal, std::shared_ptr<Mailbox> mailbox,
                           const ForwardLimits &limits)
    : m_target(target)
    , m_newest(newest)
    , m_log(log)
    , m_ledger(ledger)
    , m_journal(journal)
    , m_mailbox(std::move(mailbox))
    , m_limits(limits)
    , m_delivery(target.url, limits.timeout) {
    connect(&m_polling, &QTimer::timeout, this, &ForwardQueue::poll);
    m_writing.setSingleShot(true);
    connect(&m_writing, &QTimer::timeout, this, &ForwardQueue::writeDown);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &ForwardQueue::poll);
    m_polling.start(limits.poll);
    poll();
}

ForwardQueue::~ForwardQueue() = default;

void ForwardQueue::stop() {
    m_delivery.stop();
    ++m_generation;
    m_polling.stop();
    m_pause.stop();
    if (m_holding && m_unwritten)
        writeDown();
    m_writing.stop();
    if (m_holding)
        m_ledger.letGo(m_target.name);
    m_holding = false;
}

ForwardFigures ForwardQueue::figures() const {
    const qint64 behind = m_holding ? std::max<qint64>(m_log.head() - m_cursor, 0) : 0;
    return {.state = {.name = m_target.name,
                      .waiting = behind + m_counts.waiting,
                      .dead = m_counts.dead,
                      .trouble = m_trouble},
            .delivered = m_deliveredCount,
            .failures = m_failureCount,
            .paused = m_troubles >= m_limits.troubles,
            .elsewhere = !m_holding};
}

/// Looks at what is due, also by what other processes wrote.
void ForwardQueue::poll() {
    if (!takeHold())
        return;
    const bool paused = m_troubles >= m_limits.troubles;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    // While it is paused any letter serves for a try, so that the end of an outage is noticed soon.
    const QDateTime until = paused ? now.addMSecs(m_limits.longestRetry.count()) : now;
    const auto due = m_ledger.due(m_target.name, until, int(2 * m_limits.inFlight));
    const auto counts = m_ledger.counts(m_target.name);
    if (!due || !counts)
        return;
    m_counts = *counts;
    m_due.assign(due->begin(), due->end());
    pump();
}

/// Whether this process is the one that delivers. When it has just become so, everything begins at what is
/// written down.
bool ForwardQueue::takeHold() {
    if (m_holding && m_connections != m_ledger.connections())
        forgetEverything();
    if (m_holding)
        return true;
    if (!m_ledger.hold(m_target.name))
        return false;
    const std::optional<qint64> cursor = m_ledger.cursor(m_target.name);
    if (!cursor)
        return false;
    // A new forward begins with what comes from now on; `replay` passes on what was before.
    m_cursor = *cursor >= 0 ? *cursor : m_newest;
    if (*cursor < 0 && !m_ledger.note(m_target.name, m_cursor, {}, {}))
        return false;
    m_readUpTo = m_cursor;
    m_connections = m_ledger.connections();
    m_holding = true;
    return true;
}

void ForwardQueue::forgetEverything() {
    m_holding = false;
    m_reading = false;
    ++m_generation;
    m_ready.clear();
    m_taken.clear();
    m_due.clear();
    m_busy.clear();
    m_changed.clear();
    m_delivered.clear();
    m_unwritten = false;
    m_writingFails = false;
    m_flying = 0;
}

bool ForwardQueue::mayStart() const {
    if (m_troubles >= m_limits.troubles)
        return m_flying == 0 && !m_pause.isActive();
    return m_flying < m_limits.inFlight;
}

void ForwardQueue::pump() {
    // What cannot be written down is not sent: it would be sent again and again.
    if (!m_holding || m_writingFails)
        return;
    const bool paused = m_troubles >= m_limits.troubles;
    bool letterNext = true;
    while (mayStart()) {
        while (!m_due.empty() && m_busy.contains(m_due.front().seq))
            m_due.pop_front();
        const bool newOnes = !m_ready.empty() && (!paused || m_due.empty());
        if (!m_due.empty() && (letterNext || !newOnes)) {
            const Letter letter = m_due.front();
            m_due.pop_front();
            fetch(letter);
        } else if (newOnes) {
            const SignedEntry entry = std::move(m_ready.front());
            m_ready.pop_front();
            send(entry, {.seq = entry.seq}, false);
        } else {
            break;
        }
        letterNext = !letterNext;
    }
    if (!paused || (m_due.empty() && m_ready.empty()))
        readAhead();
}

void ForwardQueue::readAhead() {
    const qint64 head = m_log.head();
    if (m_reading || m_ready.size() >= m_limits.inFlight || head <= m_readUpTo ||
        m_counts.waiting + qint64(m_changed.size()) >= m_limits.letters)
        return;
    m_reading = true;
    m_log.readSigned(
        {.after = m_readUpTo, .count = pageEntries},
        [this, mailbox = m_mailbox, generation = m_generation, head](std::optional<QList<SignedEntry>> page) {
            mailbox->post(
                [this, generation, head, page = std::move(page)] { takePage(generation, head, page); });
        });
}

/// `head`: of the log when the page was asked for.
void ForwardQueue::takePage(int generation, qint64 head, const std::optional<QList<SignedEntry>> &page) {
    if (generation != m_generation)
        return;
    m_reading = false;
    if (!page)
        return; // the next poll asks again
    if (page->isEmpty()) {
        // What is between are no webhooks.
        m_readUpTo = std::max(m_readUpTo, head);
        if (m_taken.empty() && m_cursor < m_readUpTo) {
            m_cursor = m_readUpTo;
            m_unwritten = true;
            m_writing.start(m_limits.settle);
        }
        return;
    }
    for (const SignedEntry &entry : *page) {
        m_ready.push_back(entry);
        m_taken.push_back({.seq = entry.seq});
    }
    m_readUpTo = page->last().seq;
    pump();
}

void ForwardQueue::fetch(const Letter &letter) {
    m_busy.insert(letter.seq);
    ++m_flying;
    m_log.readSigned({.after = letter.seq - 1, .count = 1},
                     [this, mailbox = m_mailbox, generation = m_generation,
                      letter](std::optional<QList<SignedEntry>> page) {
                         mailbox->post([this, generation, letter, page = std::move(page)] {
                             takeLetter(generation, letter, page);
                         });
                     });
}

void ForwardQueue::takeLetter(int generation, const Letter &letter,
                              const std::optional<QList<SignedEntry>> &page) {
    if (generation != m_generation)
        return;
    --m_flying;
    if (page && !page->isEmpty() && page->first().seq == letter.seq)
        return send(page->first(), letter, true);
    m_busy.remove(letter.seq);
    if (!page)
        return; // the next poll tries again
    m_journal.write(
        Level::Warning,
        QStringLiteral("An entry for forward “%1” is no longer in the log and cannot be passed on.")
            .arg(m_target.name),
        {{"forward", m_target.name}, {"seq", letter.seq}});
    m_delivered.append(letter.seq);
    m_unwritten = true;
    m_writing.start(m_limits.settle);
}

void ForwardQueue::send(const SignedEntry &entry, const Letter &letter, bool isLetter) {
    ++m_flying;
    m_delivery.send(entry, [this, generation = m_generation, letter, isLetter](const DeliveryResult &result) {
        if (generation == m_generation)
            finish(letter, isLetter, result);
    });
}

void ForwardQueue::finish(const Letter &letter, bool isLetter, const DeliveryResult &result) {
    --m_flying;
    if (result.outcome == DeliveryResult::Outcome::Accepted) {
        ++m_deliveredCount;
        m_acceptedAt = QDateTime::currentDateTimeUtc();
        if (isLetter)
            m_delivered.append(letter.seq);
        recovered();
    } else {
        ++m_failureCount;
        fail(letter, result);
    }
    if (!isLetter)
        settled(letter.seq);
    m_unwritten = true;
    if (!m_writing.isActive())
        m_writing.start(m_limits.settle);
    pump();
}

/// A letter dies by its own fault only: as long as the target takes nothing at all, everything waits for it.
void ForwardQueue::fail(Letter letter, const DeliveryResult &result) {
    const bool refused = result.outcome == DeliveryResult::Outcome::Refused;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    ++letter.attempts;
    letter.reason = result.reason;
    letter.nextAt = now.addMSecs(delay(letter.attempts, m_limits.longestRetry).count());
    const bool targetWorks = refused || (m_acceptedAt.isValid() && m_troubles < m_limits.troubles);
    // What the target takes a look at and does not want, it will not want tomorrow either.
    const int most = refused ? std::min(m_limits.mostRefusals, m_limits.mostAttempts) : m_limits.mostAttempts;
    letter.dead = letter.attempts >= most && targetWorks;
    if (letter.dead)
        m_journal.write(
            Level::Warning,
            QStringLiteral("Gave up passing an entry on to forward “%1”: %2. See forward list.")
                .arg(m_target.name, result.reason),
            {{"forward", m_target.name}, {"seq", letter.seq}, {"attempts", qint64(letter.attempts)}});
    m_changed[letter.seq] = letter;
    m_trouble = result.reason;
    if (refused)
        m_troubles = 0;
    else
        troubled(result.reason);
}

void ForwardQueue::settled(qint64 seq) {
    const auto taken = std::lower_bound(m_taken.begin(), m_taken.end(), seq,
                                        [](const Taken &entry, qint64 wanted) { return entry.seq < wanted; });
    if (taken != m_taken.end() && taken->seq == seq)
        taken->settled = true;
    while (!m_taken.empty() && m_taken.front().settled) {
        m_cursor = m_taken.front().seq;
        m_taken.pop_front();
    }
}

void ForwardQueue::troubled(const QString &reason) {
    if (++m_troubles == m_limits.troubles)
        m_journal.write(Level::Warning,
                        QStringLiteral("Forward “%1” waits: %2. What comes for it stays in the log and is "
                                       "passed on later.")
                            .arg(m_target.name, reason),
                        {{"forward", m_target.name}});
    if (m_troubles >= m_limits.troubles)
        m_pause.start(delay(++m_pauses, m_limits.longestPause));
}

void ForwardQueue::recovered() {
    if (m_troubles >= m_limits.troubles)
        m_journal.write(Level::Info, QStringLiteral("Forward “%1” is passed on again.").arg(m_target.name),
                        {{"forward", m_target.name}});
    m_troubles = 0;
    m_pauses = 0;
    m_pause.stop();
    m_trouble.clear();
}

void ForwardQueue::writeDown() {
    if (!m_holding || !m_unwritten)
        return;
    if (m_connections != m_ledger.connections())
        return forgetEverything();
    QList<Letter> changed;
    for (const auto &[seq, letter] : m_changed)
        changed.append(letter);
    m_writingFails = !m_ledger.note(m_target.name, m_cursor, changed, m_delivered);
    if (m_writingFails) {
        m_trouble = QStringLiteral("its place cannot be written down: ") % m_ledger.error();
        m_writing.start(m_limits.poll);
        return;
    }
    QSet<qint64> known(m_delivered.begin(), m_delivered.end());
    for (const Letter &letter : std::as_const(changed))
        known.insert(letter.seq);
    m_busy.subtract(known);
    // What was asked for before is out of date.
    std::erase_if(m_due, [&known](const Letter &letter) { return known.contains(letter.seq); });
    m_changed.clear();
    m_delivered.clear();
    m_unwritten = false;
    if (const auto counts = m_ledger.counts(m_target.name))
        m_counts = *counts;
    const qint64 place =
        m_counts.oldestWaiting > 0 ? std::min(m_cursor, m_counts.oldestWaiting - 1) : m_cursor;
    m_log.acknowledge({.name = QStringLiteral("forward:") % m_target.name,
                       .console = {},
                       .acknowledged = place,
                       .seenAt = QDateTime::currentDateTimeUtc()});
    // A long row of letters does not wait for the next round.
    if (m_due.empty() && m_counts.waiting > 0 && !known.isEmpty() && m_troubles < m_limits.troubles)
        poll();
    else
        pump();
}

/// Doubles from firstRetry on; a random quarter less, so that many do not come at once.
std::chrono::milliseconds ForwardQueue::delay(int attempts, std::chrono::milliseconds longest) {
    const double factor = std::pow(2.0, std::min(attempts - 1, 30));
    const double whole = std::min(double(m_limits.firstRetry.count()) * factor, double(longest.count()));
    const double jitter = std::uniform_real_distribution<double>(0.75, 1.0)(m_random);
    return std::chrono::milliseconds(static_cast<qint64>(whole * jitter) + 1);
}

} // namespace longcode::relay
