#include "relay/figures.h"

#include "base/program.h"
#include "relay/consoles/console_hub.h"
#include "relay/forward/forwarder.h"
#include "relay/operate/counters.h"
#include "relay/operate/metrics_text.h"

#include <nlohmann/json.hpp>

namespace longcode::relay {

using namespace std::chrono_literals;

namespace {

constexpr qint64 failureLasts = 10'000; // ms
/// A hostile number of readers must not become a hostile number of time series.
constexpr qsizetype mostReaders = 200;

bool isForward(const ReaderPlace &place) {
    return place.name.startsWith(QStringLiteral("forward:"));
}

using Kind = MetricsText::Kind;

void writeWebhooks(MetricsText &text, const Counters &counters) {
    const auto outcome = [](const char *name) {
        return MetricsText::Label{"outcome", QString::fromLatin1(name)};
    };
    text.family("webhooks_total", Kind::Counter, "Requests to the receiver by outcome.")
        .sample(qint64(counters.stored), {outcome("stored")})
        .sample(qint64(counters.duplicates), {outcome("duplicate")})
        .sample(qint64(counters.badSignatures), {outcome("bad_signature")})
        .sample(qint64(counters.badBodies), {outcome("bad_body")})
        .sample(qint64(counters.storeFailures), {outcome("store_failed")})
        .sample(qint64(counters.turnedAway), {outcome("stopping")});
    text.family("refused_requests_total", Kind::Counter,
                "Refused by the HTTP server: malformed, too large, too slow, too many.")
        .sample(qint64(counters.badRequests));
    text.family("refused_consoles_total", Kind::Counter, "Consoles without a known token, or web pages.")
        .sample(qint64(counters.refusedConsoles));
    text.family("facts_total", Kind::Counter, "Team facts stored.").sample(qint64(counters.facts));
    text.family("last_webhook_timestamp_seconds", Kind::Gauge, "When the last webhook came; 0: none known.")
        .sample(double(counters.lastWebhookAt.load()) / 1000.0);
    text.family("silent", Kind::Gauge, "1: no webhook has come for longer than --silence-minutes.")
        .sample(qint64(counters.silent ? 1 : 0));
    text.histogram("append_seconds", "From an append's beginning until it is durable.", counters.appendTime);
}

void writeLog(MetricsText &text, const EventLog &log, const LogSize &size, const Counters &counters) {
    text.family("log_head", Kind::Gauge, "Newest entry of the log.").sample(log.head());
    text.family("log_first", Kind::Gauge, "Oldest entry that is kept.").sample(log.first());
    text.family("log_bytes", Kind::Gauge, "Size of the log's database.").sample(size.fileBytes);
    text.family("log_free_bytes", Kind::Gauge, "Free on the log's disk; 0: unknown.").sample(size.freeBytes);
    text.family("pruned_total", Kind::Counter, "Entries that left the log by age or size.")
        .sample(qint64(counters.pruned));
}

void writeConsoles(MetricsText &text, const ConsoleHub &hub, qint64 head, const QList<ReaderPlace> &readers) {
    text.family("consoles", Kind::Gauge, "Consoles connected.").sample(qint64(hub.consoles()));
    // Of each name the furthest behind: a person may have several consoles.
    QMap<QString, qint64> lags;
    for (const ReaderPlace &place : readers) {
        if (!isForward(place) && (lags.contains(place.name) || lags.size() < mostReaders))
            lags[place.name] = std::max(lags.value(place.name), head - place.acknowledged);
    }
    text.family("console_lag_entries", Kind::Gauge,
                "Entries that a console has not acknowledged, by token name.");
    for (auto it = lags.begin(); it != lags.end(); ++it)
        text.sample(std::max<qint64>(it.value(), 0), {{"reader", it.key()}});
}

void writeForwards(MetricsText &text, const QList<ForwardFigures> &forwards) {
    const auto each = [&](const char *name, Kind kind, const char *help, auto value) {
        text.family(name, kind, help);
        for (const ForwardFigures &one : forwards)
            text.sample(qint64(value(one)), {{"forward", one.state.name}});
    };
    each("forward_waiting", Kind::Gauge, "Entries not yet passed on.",
         [](const ForwardFigures &one) { return one.state.waiting; });
    each("forward_dead", Kind::Gauge, "Entries given up.",
         [](const ForwardFigures &one) { return one.state.dead; });
    each("forward_delivered_total", Kind::Counter, "Entries passed on.",
         [](const ForwardFigures &one) { return one.delivered; });
    each("forward_failures_total", Kind::Counter, "Tries that failed.",
         [](const ForwardFigures &one) { return one.failures; });
    each("forward_paused", Kind::Gauge, "1: the target takes nothing, and is tried from time to time.",
         [](const ForwardFigures &one) { return one.paused ? 1 : 0; });
}

void writeServer(MetricsText &text, const httpd::Load &load) {
    text.family("http_connections", Kind::Gauge, "Connections open.").sample(qint64(load.connections));
    text.family("http_body_bytes", Kind::Gauge, "Of request bodies held in memory.")
        .sample(qint64(load.bodyBytes));
    text.family("http_accepted_total", Kind::Counter, "Connections since the start.")
        .sample(qint64(load.accepted));
    text.family("http_limited_total", Kind::Counter, "Requests answered 429.").sample(qint64(load.limited));
}

} // namespace

Figures::Figures(EventLog &log, const ConsoleHub &hub, const Counters &counters)
    : m_log(log), m_hub(hub), m_counters(counters), m_startedAt(QDateTime::currentDateTimeUtc()) {
    connect(&m_timer, &QTimer::timeout, this, &Figures::ask);
    m_timer.start(5s);
    ask();
}

void Figures::ask() {
    m_log.measure([shelf = m_shelf](const std::optional<LogSize> &size) {
        const std::lock_guard lock(shelf->mutex);
        shelf->known.reachable = size.has_value();
        if (size)
            shelf->known.size = *size;
    });
    m_log.readers([shelf = m_shelf](const std::optional<QList<ReaderPlace>> &readers) {
        const std::lock_guard lock(shelf->mutex);
        if (readers)
            shelf->known.readers = *readers;
    });
}

Figures::Known Figures::known() const {
    const std::lock_guard lock(m_shelf->mutex);
    return m_shelf->known;
}

bool Figures::isStoreFailing() const {
    return m_counters.storeFailing &&
           QDateTime::currentMSecsSinceEpoch() - m_counters.lastStoreFailureAt < failureLasts;
}

bool Figures::isReady() const {
    return !m_stopping && !isStoreFailing() && known().reachable;
}

void Figures::state(std::function<void(protocol::RelayState)> done) {
    const qint64 lastWebhook = m_counters.lastWebhookAt;
    protocol::RelayState state{
        .publicUrl = m_publicUrl,
        .version = programVersion(),
        .startedAt = m_startedAt,
        .now = QDateTime::currentDateTimeUtc(),
        .first = m_log.first(),
        .head = m_log.head(),
        .lastWebhookAt = lastWebhook > 0 ? QDateTime::fromMSecsSinceEpoch(lastWebhook, Qt::UTC) : QDateTime(),
        .stored = qint64(m_counters.stored),
        .duplicates = qint64(m_counters.duplicates),
        .refused = qint64(m_counters.badSignatures + m_counters.badBodies + m_counters.badRequests),
        .storeFailing = isStoreFailing()};
    if (m_forwarder) {
        for (const ForwardFigures &one : m_forwarder->figures())
            state.forwards.append(one.state);
    }
    const Known remembered = known();
    state.logBytes = remembered.size.fileBytes;
    state.freeBytes = remembered.size.freeBytes;
    // Asked for anew: who has just read everything wants to see it.
    m_log.readers([state = std::move(state), old = remembered.readers,
                   done = std::move(done)](const std::optional<QList<ReaderPlace>> &readers) mutable {
        for (const ReaderPlace &place : readers.value_or(old)) {
            if (!isForward(place))
                state.readers.append({place.name, place.console, place.acknowledged, place.seenAt});
        }
        done(state);
    });
}

std::string Figures::metrics() const {
    const Known remembered = known();
    MetricsText text;
    writeWebhooks(text, m_counters);
    writeLog(text, m_log, remembered.size, m_counters);
    writeConsoles(text, m_hub, m_log.head(), remembered.readers);
    writeForwards(text, m_forwarder ? m_forwarder->figures() : QList<ForwardFigures>());
    if (m_server)
        writeServer(text, m_server->load());
    text.family("ready", Kind::Gauge, "1: webhooks are taken in.").sample(qint64(isReady() ? 1 : 0));
    text.family("token_reloads_total", Kind::Counter, "Changed token files taken over.")
        .sample(qint64(m_counters.tokenReloads));
    text.family("start_time_seconds", Kind::Gauge, "When this process started.")
        .sample(double(m_startedAt.toMSecsSinceEpoch()) / 1000.0);
    text.family("build_info", Kind::Gauge, "Always 1.")
        .sample(qint64(1), {{"version", programVersion()}, {"qt", QString::fromLatin1(qVersion())}});
    return text.text();
}

std::string Figures::health() const {
    const nlohmann::ordered_json body{{"status", m_stopping         ? "stopping"
                                                 : isStoreFailing() ? "store_failing"
                                                                    : "ok"},
                                      {"head", m_log.head()},
                                      {"consoles", m_hub.consoles()},
                                      {"stored", m_counters.stored.load()},
                                      {"duplicates", m_counters.duplicates.load()},
                                      {"store_failures", m_counters.storeFailures.load()},
                                      {"refused",
                                       {{"signature", m_counters.badSignatures.load()},
                                        {"body", m_counters.badBodies.load()},
                                        {"request", m_counters.badRequests.load()},
                                        {"console", m_counters.refusedConsoles.load()}}}};
    return body.dump() + "\n";
}

} // namespace longcode::relay
