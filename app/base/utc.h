#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace longcode {

/// Reads every form of time that the API uses (contract, section 5): ISO 8601 with `Z`, with an offset,
/// without a zone (then UTC), with a space instead of `T`, and with up to nine digits of fraction.
/// Nothing for anything else.
[[nodiscard]] std::optional<QDateTime> parseUtc(QStringView text);

/// `2026-03-05T18:30:00.000Z`.
[[nodiscard]] QString formatUtc(const QDateTime &time);

} // namespace longcode
