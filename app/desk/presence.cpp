#include "desk/presence.h"

#include <algorithm>

namespace longcode::desk {

using protocol::Activity;

PresenceBoard::PresenceBoard(std::chrono::milliseconds lasts, QObject *parent)
    : QObject(parent), m_lasts(lasts) {
    m_since.start();
    // Two words may get lost on the way before a colleague disappears.
    m_repeat.setInterval(lasts / 3);
    m_forget.setSingleShot(true);
    connect(&m_repeat, &QTimer::timeout, this, &PresenceBoard::repeat);
    connect(&m_forget, &QTimer::timeout, this, &PresenceBoard::forgetOld);
}

void PresenceBoard::say(const protocol::Parties &parties, Activity activity) {
    if (m_own.parties == parties && m_own.activity == activity)
        return;
    const bool elsewhere = !(m_own.parties == parties);
    if (m_open && elsewhere && m_own.activity != Activity::None)
        Q_EMIT send({.name = {}, .parties = m_own.parties, .activity = Activity::None});
    const bool nothing = activity == Activity::None && (elsewhere || m_own.activity == Activity::None);
    m_own = {.name = {}, .parties = parties, .activity = activity};
    if (m_open && !nothing)
        Q_EMIT send(m_own);
    if (m_open && activity != Activity::None)
        m_repeat.start();
    else
        m_repeat.stop();
}

void PresenceBoard::setOpen(bool open) {
    m_open = open;
    if (open && m_own.activity != Activity::None) {
        Q_EMIT send(m_own);
        m_repeat.start();
        return;
    }
    m_repeat.stop();
    if (open)
        return;
    const QList<Word> gone = std::exchange(m_words, {});
    for (const Word &word : gone)
        Q_EMIT changed(word.presence.parties);
}

void PresenceBoard::repeat() {
    Q_EMIT send(m_own);
}

void PresenceBoard::onPresence(const protocol::Presence &presence) {
    const auto known = std::find_if(m_words.begin(), m_words.end(), [&](const Word &word) {
        return word.presence.name == presence.name && word.presence.parties == presence.parties;
    });
    const Activity before = known == m_words.end() ? Activity::None : known->presence.activity;
    if (known != m_words.end())
        m_words.erase(known);
    if (presence.activity != Activity::None)
        m_words.append({presence, m_since.elapsed() + m_lasts.count()});
    if (!m_forget.isActive() && !m_words.isEmpty())
        m_forget.start(m_lasts);
    if (before != presence.activity)
        Q_EMIT changed(presence.parties);
}

void PresenceBoard::forgetOld() {
    const qint64 now = m_since.elapsed();
    QList<protocol::Parties> left;
    qint64 next = -1;
    m_words.removeIf([&](const Word &word) {
        if (word.until <= now) {
            left.append(word.presence.parties);
            return true;
        }
        next = next < 0 ? word.until : std::min(next, word.until);
        return false;
    });
    if (next >= 0)
        m_forget.start(std::chrono::milliseconds(next - now));
    for (const protocol::Parties &parties : std::as_const(left))
        Q_EMIT changed(parties);
}

QList<Colleague> PresenceBoard::colleagues(const protocol::Parties &parties) const {
    QList<Colleague> here;
    for (const Word &word : m_words) {
        if (!(word.presence.parties == parties))
            continue;
        const bool answering = word.presence.activity == Activity::Answering;
        here.append({.name = word.presence.name,
                     .activity = answering ? TeamActivity::Answering : TeamActivity::Viewing});
    }
    std::sort(here.begin(), here.end(), [](const Colleague &a, const Colleague &b) {
        return a.activity == b.activity ? a.name < b.name : a.activity > b.activity;
    });
    return here;
}

} // namespace longcode::desk
