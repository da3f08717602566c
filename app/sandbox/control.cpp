#include "sandbox/control.h"

#include "httpd/httpd.h"
#include "sandbox/front_door.h"
#include "sandbox/photo.h"

#include <QHostAddress>

#include <exception>

namespace longcode::sandbox {

namespace {

bool isLoopback(const std::string &address) {
    return QHostAddress(QString::fromStdString(address)).isLoopback();
}

} // namespace

Answer badRequest(std::string why) {
    return refusal(422, errorOf("10015", std::move(why)));
}

Control::Control(Controlled controlled, bool onLoopback)
    : m_controlled(controlled), m_onLoopback(onLoopback) {
    addPeopleRoutes(m_router, m_controlled);
    addMachineRoutes(m_router, m_controlled);
    m_router.add("GET", std::string("/media/") + photoName, [](const Call &) {
        Answer answer;
        answer.bytes = photoPng();
        answer.contentType = "image/png";
        return answer;
    });
}

Answer Control::handle(const httpd::Request &request) const {
    if (auto refusedAnswer = refused(request))
        return *std::move(refusedAnswer);
    constexpr std::size_t baseLength = 8; // "/sandbox"
    try {
        return m_router.dispatch(request, std::string_view(request.path).substr(baseLength));
    } catch (const std::exception &problem) {
        return refusal(500, errorOf("10007", problem.what()));
    }
}

std::optional<Answer> Control::refused(const httpd::Request &request) const {
    // A page in a browser on this machine must not be able to steer the sandbox.
    if (!request.header("origin").empty())
        return refusal(403, errorOf("10010", "Control requests do not come from web pages."));
    if ((m_onLoopback && isLoopback(request.remoteAddress)) || m_controlled.door.hasKey(request))
        return {};
    return refusal(401, errorOf("10009", "Away from loopback, control requests need the API key."));
}

} // namespace longcode::sandbox
