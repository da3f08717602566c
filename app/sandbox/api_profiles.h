#pragma once

#include <nlohmann/json_fwd.hpp>

namespace longcode::sandbox {

class Router;
class Seeded;
class VirtualClock;
class World;
struct Profile;

/// Messaging profiles with their numbers, short codes and figures (contract, section 6.2), and opt-outs
/// (6.3). What is passed must outlive the router.
void addProfileRoutes(Router &router, World &world, const VirtualClock &clock, const Seeded &seeded);

/// Applies those members of `body` that the schema of PATCH names; read-only ones are left alone.
void applyProfileMembers(Profile &profile, const nlohmann::json &body, const VirtualClock &clock);

} // namespace longcode::sandbox
