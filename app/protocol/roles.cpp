#include "protocol/roles.h"

namespace longcode::protocol {

bool may(Role role, Permission permission) {
    switch (permission) {
    case Permission::Chat:
        return true;
    case Permission::SeeRegistrations:
    case Permission::File:
        return role != Role::Agent;
    case Permission::Broadcast:
    case Permission::ManageShared:
    case Permission::Operate:
        return role == Role::Admin;
    }
    return false;
}

QString roleName(Role role) {
    switch (role) {
    case Role::Agent:
        return QStringLiteral("agent");
    case Role::Compliance:
        return QStringLiteral("compliance");
    case Role::Admin:
        return QStringLiteral("admin");
    }
    return {};
}

std::optional<Role> roleFromName(const QString &name) {
    for (const Role role : {Role::Agent, Role::Compliance, Role::Admin}) {
        if (roleName(role) == name)
            return role;
    }
    return std::nullopt;
}

} // namespace longcode::protocol
