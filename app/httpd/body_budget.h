#pragma once

#include <cstddef>
#include <functional>
#include <utility>

namespace longcode::httpd {

/// How many bytes of bodies the server holds. On its thread.
struct BodyBudget {
    std::size_t limit = 0;
    std::size_t held = 0;
    /// Gives up somebody else's body; false: there is none to give up.
    std::function<bool()> makeRoom{};
};

/// What one connection holds of it; given back at the latest when the connection goes.
class BodyShare {
public:
    explicit BodyShare(BodyBudget &budget) : m_budget(budget) {}
    ~BodyShare() { release(); }
    BodyShare(const BodyShare &) = delete;
    BodyShare &operator=(const BodyShare &) = delete;

    /// False: the budget is spent.
    [[nodiscard]] bool grow(std::size_t bytes) {
        while (bytes > m_budget.limit - m_budget.held) {
            if (!m_budget.makeRoom || !m_budget.makeRoom())
                return false;
        }
        m_budget.held += bytes;
        m_held += bytes;
        return true;
    }
    void release() { m_budget.held -= std::exchange(m_held, 0); }

private:
    BodyBudget &m_budget;
    std::size_t m_held = 0;
};

} // namespace longcode::httpd
