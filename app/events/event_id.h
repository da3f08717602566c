#pragma once

#include "events/bounded_json.h"
#include "events/events.h"

/// What the two readers of an envelope share. Used inside this room only.
namespace longcode::events {

inline constexpr JsonLimits envelopeLimits{maximumBodyBytes, 32, 100'000};
/// An id longer than this is not kept; the hash of the body stands for it.
inline constexpr qsizetype maximumIdLength = 256;

[[nodiscard]] EnvelopeProblem envelopeProblem(JsonProblem problem);
[[nodiscard]] bool isUsableId(const std::optional<QString> &ownId);
/// The event's own id when it has a usable one, else "sha256:" and the hash of the body (D82).
[[nodiscard]] EventId eventIdFrom(const std::optional<QString> &ownId, const QByteArray &rawBody);

} // namespace longcode::events
