#pragma once

#include "base/result.h"
#include "desk/account.h"
#include "desk/console.h"
#include "desk/secrets.h"

#include <memory>

class QLockFile;

namespace longcode::desk {

/// profile.json of a profile folder: everything about an account that is no secret.
struct Profile {
    QString id; ///< random, made at set-up; names the secrets in the keychain
    QString name;
    QUrl apiBase;
    phone::Region home;
    phone::Address sender;
    RelayChoice relay; ///< RelayElsewhere without its token: that is a secret
};

/// Names of the account's secrets in the keychain.
[[nodiscard]] SecretName apiKeyName(const QString &accountId);
[[nodiscard]] SecretName relayTokenName(const QString &accountId);

[[nodiscard]] QString profileFile(const ProfileFolder &folder);
/// The failure says what is wrong with the file.
[[nodiscard]] Result<Profile, Failure> readProfile(const ProfileFolder &folder);
/// Replaces the file as a whole or leaves the old one untouched.
[[nodiscard]] Result<bool, Failure> writeProfile(const ProfileFolder &folder, const Profile &profile);

/// Makes the folder if there is none, readable by its owner only, and locks it against a second console. The
/// lock ends with the object, and with the process.
[[nodiscard]] Result<std::unique_ptr<QLockFile>, Failure> lockFolder(const ProfileFolder &folder);

} // namespace longcode::desk
