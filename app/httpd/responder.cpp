#include "httpd/responder.h"

namespace longcode::httpd {

Responder::State::State(std::function<void(Response)> deliver) : m_deliver(std::move(deliver)) {}

Responder::State::~State() {
    answer(Response{500, "This request was not answered.\n"});
}

void Responder::State::answer(Response response) {
    if (!m_answered.test_and_set())
        m_deliver(std::move(response));
}

Responder::Responder(std::shared_ptr<State> state) : m_state(std::move(state)) {}

void Responder::operator()(Response response) const {
    m_state->answer(std::move(response));
}

} // namespace longcode::httpd
