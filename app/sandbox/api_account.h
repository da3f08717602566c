#pragma once

namespace longcode::sandbox {

class Router;
class WebhookSender;
class World;

/// Reads what was reported and charged: `/webhook_deliveries` and `/detail_records`. What is passed must
/// outlive the router.
void addAccountRoutes(Router &router, World &world, const WebhookSender &webhooks);

} // namespace longcode::sandbox
