#pragma once

namespace longcode::sandbox {

class Progress;
class Router;
class Sending;
class VirtualClock;
class World;

/// Sends, reads and cancels messages (contract, section 6.1). What is passed must outlive the router.
void addMessageRoutes(Router &router, World &world, Sending &sending, Progress &progress,
                      const VirtualClock &clock);

} // namespace longcode::sandbox
