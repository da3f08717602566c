#pragma once

#include "relay/log/event_log.h"

#include <QList>

#include <deque>

namespace longcode::relay {

/// The consoles that read what is no longer in memory, in the order of asking. A console asks for its next
/// page only when it has got the one before, so all get their turn; and only a few pages are under way at a
/// time, so that any number of consoles that catch up cost little memory. One thread.
class Backfill {
public:
    struct Wish {
        quint64 session = 0;
        Page page;
    };
    struct Arrival {
        quint64 session = 0;
        std::optional<LogEntries> entries;
    };

    void want(const Wish &wish) { m_wishes.push_back(wish); }
    /// What is to be read now.
    [[nodiscard]] QList<Wish> begin() {
        QList<Wish> out;
        while (m_underWay < mostUnderWay && !m_wishes.empty()) {
            out.append(m_wishes.front());
            m_wishes.pop_front();
            ++m_underWay;
        }
        return out;
    }
    void arrived(Arrival arrival) { m_arrivals.push_back(std::move(arrival)); }
    [[nodiscard]] bool hasArrivals() const { return !m_arrivals.empty(); }
    /// Only when there is one.
    [[nodiscard]] Arrival next() {
        Arrival first = std::move(m_arrivals.front());
        m_arrivals.pop_front();
        --m_underWay;
        return first;
    }

private:
    static constexpr int mostUnderWay = 4;

    std::deque<Wish> m_wishes;
    std::deque<Arrival> m_arrivals; ///< read, and not yet handed over
    int m_underWay = 0;
};

} // namespace longcode::relay
