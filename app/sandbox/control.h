#pragma once

#include "sandbox/router.h"

namespace longcode::httpd {
class Responder;
}

namespace longcode::sandbox {

class Faults;
class FrontDoor;
class Inbound;
class Progress;
class RequestLog;
class Scripts;
class Seeded;
class Timeline;
class VirtualClock;
class WebhookSender;
class World;

/// Everything that control requests may touch.
struct Controlled {
    World &world;
    Inbound &inbound;
    Progress &progress;
    Scripts &scripts;
    Faults &faults;
    RequestLog &requests;
    WebhookSender &webhooks;
    FrontDoor &door;
    Timeline &timeline;
    VirtualClock &clock;
    const Seeded &seeded;
};

/// POST /sandbox/…: what a person or a test tells the sandbox to do (README.md). Without a key for
/// requests from loopback to a sandbox that listens on loopback; else with the API key. Main thread only.
class Control {
public:
    Control(Controlled controlled, bool onLoopback);
    [[nodiscard]] Answer handle(const httpd::Request &request) const;

private:
    [[nodiscard]] std::optional<Answer> refused(const httpd::Request &request) const;

    Controlled m_controlled;
    bool m_onLoopback;
    Router m_router;
};

/// A control request that makes no sense, and why.
[[nodiscard]] Answer badRequest(std::string why);

/// The control requests about people and their messages.
void addPeopleRoutes(Router &router, Controlled c);
/// The control requests about faults, time, settings and what was seen.
void addMachineRoutes(Router &router, Controlled c);

} // namespace longcode::sandbox
