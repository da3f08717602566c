#pragma once

namespace longcode::sandbox {

class Progress;
class Router;
class Seeded;
class Timeline;
class VirtualClock;
class World;

/// Phone numbers, their messaging settings, bulk updates (contract, section 6.4) and short codes (6.5).
/// What is passed must outlive the router.
void addNumberRoutes(Router &router, World &world, Timeline &timeline, const Progress &progress,
                     const VirtualClock &clock, const Seeded &seeded);

} // namespace longcode::sandbox
