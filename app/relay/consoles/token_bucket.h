#pragma once

#include <QElapsedTimer>

#include <algorithm>

namespace longcode::relay {

/// How often something may happen: `burst` times at once, then `perSecond` times. One thread.
class TokenBucket {
public:
    TokenBucket(double perSecond, double burst) : m_perSecond(perSecond), m_burst(burst), m_left(burst) {
        m_since.start();
    }

    [[nodiscard]] bool take() {
        m_left = std::min(m_burst, m_left + m_perSecond * static_cast<double>(m_since.restart()) / 1000.0);
        if (m_left < 1)
            return false;
        m_left -= 1;
        return true;
    }

private:
    double m_perSecond, m_burst, m_left;
    QElapsedTimer m_since;
};

} // namespace longcode::relay
