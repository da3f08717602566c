#pragma once

#include "telnyx/telnyx.h"

#include <nlohmann/json_fwd.hpp>

/// From the API's objects to values. The error names the first member that is missing or has a wrong type.
namespace longcode::telnyx {

/// A message with an id, which every answer about a message must have.
[[nodiscard]] Result<events::MessageFacts, QString> messageFrom(const nlohmann::json &object);
[[nodiscard]] Result<Profile, QString> profileFrom(const nlohmann::json &object);
[[nodiscard]] Result<NumberWithSettings, QString> numberFrom(const nlohmann::json &object);
[[nodiscard]] Result<ShortCode, QString> shortCodeFrom(const nlohmann::json &object);
/// `to` and `from` must be there, or it would block nobody or everybody.
[[nodiscard]] Result<OptOut, QString> optOutFrom(const nlohmann::json &object);
/// Lenient: what is not understood is left empty, so that one odd entry does not hide the others.
[[nodiscard]] Result<WebhookDelivery, QString> deliveryFrom(const nlohmann::json &object);
[[nodiscard]] Result<DetailRecord, QString> detailRecordFrom(const nlohmann::json &object);
/// The message in an envelope of an event. Its id follows from message and status, so that several consoles
/// make the same event.
[[nodiscard]] Result<QByteArray, QString> eventOfMessage(const nlohmann::json &message);

} // namespace longcode::telnyx
