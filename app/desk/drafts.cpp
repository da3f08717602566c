#include "desk/drafts.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/convert.h"
#include "store/reader.h"
#include "store/store.h"

namespace longcode::desk {

namespace {
constexpr std::chrono::milliseconds gatherFor{200};
constexpr std::chrono::seconds retryAfter{5};
} // namespace

Drafts::Drafts(store::DraftKind kind, store::Store &store, store::Reader &reader, const Clock &clock,
               QObject *parent)
    : QObject(parent), m_kind(kind), m_store(store), m_reader(reader), m_clock(clock) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Drafts::flush);
}

QString Drafts::text(ConversationId id) const {
    const auto gathered = m_gathered.constFind(id);
    return gathered != m_gathered.cend() ? *gathered : m_reader.draft(toStore(id), m_kind);
}

void Drafts::keep(ConversationId id, const QString &text) {
    m_gathered.insert(id, text);
    // Not restarted by the next keystroke: somebody who types without a pause is saved too.
    if (!m_timer.isActive())
        m_timer.start(gatherFor);
}

void Drafts::forget(ConversationId id) {
    m_gathered.remove(id);
}

void Drafts::flush() {
    m_timer.stop();
    for (auto draft = m_gathered.cbegin(); draft != m_gathered.cend(); ++draft) {
        const ConversationId id = draft.key();
        const QString text = draft.value();
        whenFinished(m_store.saveDraft(toStore(id), text, m_clock.now(), m_kind), this,
                     [this, id, text](const Result<store::Changes, store::StoreError> &saved) {
                         // Kept in memory until it can be read back; a newer one stays.
                         const auto still = m_gathered.constFind(id);
                         if (still == m_gathered.cend() || *still != text)
                             return;
                         if (saved)
                             m_gathered.erase(still);
                         else if (!m_timer.isActive())
                             m_timer.start(retryAfter);
                     });
    }
}

} // namespace longcode::desk
