#pragma once

#include <QString>

#include <optional>

/// Who may do what. A token carries one role; the relay enforces what passes through it, the console what it
/// offers.
namespace longcode::protocol {

enum class Role : quint8 {
    Agent,      ///< chats with customers
    Compliance, ///< files registrations, and chats
    Admin       ///< everything
};

enum class Permission : quint8 {
    Chat,             ///< claims, notes, read and closed state, contacts
    SeeRegistrations, ///< events of brands, campaigns, verifications and hosted numbers
    File,             ///< create and change registrations
    Broadcast,        ///< write to many customers at once
    ManageShared,     ///< canned replies that everybody sees
    Operate           ///< the relay's state, self-test, recovered events
};

[[nodiscard]] bool may(Role role, Permission permission);

/// "agent", "compliance", "admin".
[[nodiscard]] QString roleName(Role role);
[[nodiscard]] std::optional<Role> roleFromName(const QString &name);

} // namespace longcode::protocol
