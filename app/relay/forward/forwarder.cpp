#include "relay/forward/forwarder.h"

#include "relay/operate/journal.h"

namespace longcode::relay {

using namespace std::chrono_literals;

Forwarder::Forwarder(const QList<ForwardTarget> &targets, const StoreAddress &store, EventLog &log,
                     const Journal &journal, const ForwardLimits &limits)
    : m_context(std::make_unique<QObject>()), m_mailbox(std::make_shared<Mailbox>(m_context.get())) {
    for (const ForwardTarget &target : targets)
        m_figures.append({.state = {.name = target.name}, .elsewhere = true});
    m_context->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("forwards"));
    m_thread.start();
    // What comes while the thread starts is new already.
    const qint64 head = log.head();
    m_mailbox->post([this, targets, store, &log, &journal, limits, head] {
        m_ledger = std::make_unique<ForwardLedger>(store);
        for (const ForwardTarget &target : targets)
            m_queues.push_back(
                std::make_unique<ForwardQueue>(target, head, log, *m_ledger, journal, m_mailbox, limits));
        auto *timer = new QTimer(m_context.get());
        QObject::connect(timer, &QTimer::timeout, m_context.get(), [this] { refresh(); });
        timer->start(500ms);
        refresh();
    });
}

Forwarder::~Forwarder() {
    stop();
}

void Forwarder::announce() {
    // Under load one call on the way is enough.
    if (m_announced.exchange(true))
        return;
    m_mailbox->post([this] {
        m_announced = false;
        for (const auto &queue : m_queues)
            queue->pump();
    });
}

QList<ForwardFigures> Forwarder::figures() const {
    const std::lock_guard lock(m_mutex);
    return m_figures;
}

void Forwarder::refresh() {
    QList<ForwardFigures> figures;
    for (const auto &queue : m_queues)
        figures.append(queue->figures());
    const std::lock_guard lock(m_mutex);
    m_figures = figures;
}

void Forwarder::stop() {
    if (!m_context)
        return;
    m_mailbox->close();
    QMetaObject::invokeMethod(
        m_context.get(),
        [this] {
            for (const auto &queue : m_queues)
                queue->stop();
            m_queues.clear();
            m_ledger.reset();
            qDeleteAll(m_context->children());
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
    m_context.reset();
}

} // namespace longcode::relay
