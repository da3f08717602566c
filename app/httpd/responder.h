#pragma once

#include "httpd/httpd.h"

#include <atomic>

namespace longcode::httpd {

/// What the copies of one Responder share. Hands the first answer on; without one, a 500 when the last copy
/// goes. `deliver` is called at most once, from whichever thread answers.
class Responder::State {
public:
    explicit State(std::function<void(Response)> deliver);
    ~State();
    State(const State &) = delete;
    State &operator=(const State &) = delete;

    void answer(Response response);

private:
    std::function<void(Response)> m_deliver;
    std::atomic_flag m_answered;
};

} // namespace longcode::httpd
