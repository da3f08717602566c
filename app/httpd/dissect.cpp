#include "httpd/dissect.h"

#include "httpd/addresses.h"
#include "httpd/incoming.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>

namespace longcode::httpd {

namespace {

enum class Progress { Hungry, Refused };

/// Takes all the requests that the buffer holds.
class Dissection {
public:
    Dissection(const Limits &limits, TrustedProxies proxies)
        : m_limits(limits), m_proxies(std::move(proxies)) {
        m_budget.limit = limits.bodyBudgetBytes;
        m_incoming.emplace(m_limits, m_share);
    }

    Progress digest(beast::flat_buffer &buffer, Dissected &out) {
        while (buffer.size() > 0) {
            switch (m_incoming->feed(buffer)) {
            case Incoming::State::Head:
                return Progress::Hungry;
            case Incoming::State::Body:
                if (!std::exchange(m_inBody, true))
                    continue;
                return Progress::Hungry;
            case Incoming::State::Done:
                keep(out);
                continue;
            case Incoming::State::Refused:
                out.status = m_incoming->objection().status;
                return Progress::Refused;
            }
        }
        return Progress::Hungry;
    }

private:
    void keep(Dissected &out) {
        Request request = m_incoming->head();
        request.body = m_incoming->takeBody();
        const Origin origin =
            m_proxies.originOf(net::ip::address(net::ip::address_v4::loopback()), false, request);
        request.remoteAddress = origin.address.to_string();
        request.secure = origin.secure;
        out.requests.push_back(std::move(request));
        m_share.release();
        m_incoming.emplace(m_limits, m_share);
        m_inBody = false;
    }

    const Limits m_limits;
    const TrustedProxies m_proxies;
    BodyBudget m_budget;
    BodyShare m_share{m_budget};
    std::optional<Incoming> m_incoming;
    bool m_inBody = false;
};

} // namespace

Dissected dissect(std::string_view bytes, std::size_t step, const Options &options) {
    Dissected out;
    const auto proxies = TrustedProxies::parse(options.trustedProxies);
    Dissection dissection(options.limits, proxies ? *proxies : TrustedProxies());
    beast::flat_buffer buffer(options.limits.headerBytes + 64 * 1024);
    for (std::size_t from = 0; from < bytes.size(); from += step) {
        const std::string_view piece = bytes.substr(from, step);
        buffer.commit(
            net::buffer_copy(buffer.prepare(piece.size()), net::buffer(piece.data(), piece.size())));
        if (dissection.digest(buffer, out) == Progress::Refused)
            break;
    }
    return out;
}

} // namespace longcode::httpd
