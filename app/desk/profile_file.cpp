#include "desk/profile_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>

namespace longcode::desk {

namespace {

struct ProfileWords {
    Q_DECLARE_TR_FUNCTIONS(Profile)
};

constexpr int formatVersion = 1;
constexpr qint64 largestFile = 1 << 20;

QJsonObject relayToJson(const RelayChoice &relay) {
    if (const auto *here = std::get_if<RelayHere>(&relay))
        return {{QStringLiteral("kind"), QStringLiteral("here")},
                {QStringLiteral("listen"), here->listen},
                {QStringLiteral("public_url"), here->publicUrl.toString()},
                {QStringLiteral("telnyx_public_key"), QString::fromLatin1(here->telnyxPublicKey)}};
    return {{QStringLiteral("kind"), QStringLiteral("elsewhere")},
            {QStringLiteral("url"), std::get<RelayElsewhere>(relay).url.toString()}};
}

std::optional<RelayChoice> relayFromJson(const QJsonObject &object) {
    const QString kind = object.value(QLatin1String("kind")).toString();
    if (kind == QLatin1String("here")) {
        RelayHere here;
        here.listen = object.value(QLatin1String("listen")).toString(here.listen);
        here.publicUrl = QUrl(object.value(QLatin1String("public_url")).toString());
        here.telnyxPublicKey = object.value(QLatin1String("telnyx_public_key")).toString().toLatin1();
        return here;
    }
    if (kind == QLatin1String("elsewhere"))
        return RelayElsewhere{.url = QUrl(object.value(QLatin1String("url")).toString()), .token = {}};
    return std::nullopt;
}

Failure unreadable(const ProfileFolder &folder, const QString &why) {
    return {ProfileWords::tr("The account in %1 cannot be opened: %2").arg(folder.path, why),
            ProfileWords::tr("Restore profile.json from a backup, or set the account up again.")};
}

Failure unwritable(const ProfileFolder &folder, const QString &why) {
    return {ProfileWords::tr("Nothing can be written to %1: %2").arg(folder.path, why),
            ProfileWords::tr("Check that the disk is not full and that the folder belongs to you.")};
}

} // namespace

SecretName apiKeyName(const QString &accountId) {
    return {accountId % QStringLiteral("/api-key")};
}
SecretName relayTokenName(const QString &accountId) {
    return {accountId % QStringLiteral("/relay-token")};
}

QString profileFile(const ProfileFolder &folder) {
    return QDir(folder.path).filePath(QStringLiteral("profile.json"));
}

bool hasAccount(const ProfileFolder &folder) {
    return QFile::exists(profileFile(folder));
}

Result<Profile, Failure> readProfile(const ProfileFolder &folder) {
    QFile file(profileFile(folder));
    if (!file.open(QIODevice::ReadOnly))
        return failed(unreadable(folder, file.errorString()));
    if (file.size() > largestFile)
        return failed(unreadable(folder, ProfileWords::tr("profile.json is too large.")));
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    if (object.isEmpty())
        return failed(unreadable(folder, ProfileWords::tr("profile.json is damaged.")));
    if (object.value(QLatin1String("version")).toInt() != formatVersion)
        return failed(unreadable(folder, ProfileWords::tr("it was written by a newer version.")));
    const auto relay = relayFromJson(object.value(QLatin1String("relay")).toObject());
    Profile profile;
    profile.id = object.value(QLatin1String("id")).toString();
    if (!relay || profile.id.isEmpty())
        return failed(unreadable(folder, ProfileWords::tr("profile.json is incomplete.")));
    profile.relay = *relay;
    profile.name = object.value(QLatin1String("name")).toString();
    profile.apiBase = QUrl(object.value(QLatin1String("api_base")).toString());
    profile.home = phone::Region{object.value(QLatin1String("home")).toString(QStringLiteral("US"))};
    profile.sender = phone::fromWire(object.value(QLatin1String("sender")).toString());
    return profile;
}

Result<bool, Failure> writeProfile(const ProfileFolder &folder, const Profile &profile) {
    const QJsonObject object{{QStringLiteral("version"), formatVersion},
                             {QStringLiteral("id"), profile.id},
                             {QStringLiteral("name"), profile.name},
                             {QStringLiteral("api_base"), profile.apiBase.toString()},
                             {QStringLiteral("home"), profile.home.code},
                             {QStringLiteral("sender"), profile.sender.wire()},
                             {QStringLiteral("relay"), relayToJson(profile.relay)}};
    QSaveFile file(profileFile(folder));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson()) < 0 || !file.commit())
        return failed(unwritable(folder, file.errorString()));
    return true;
}

Result<std::unique_ptr<QLockFile>, Failure> lockFolder(const ProfileFolder &folder) {
    const bool fresh = !QFileInfo::exists(folder.path);
    if (!QDir().mkpath(folder.path))
        return failed(unwritable(folder, ProfileWords::tr("the folder cannot be made.")));
    if (fresh)
        QFile::setPermissions(folder.path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto lock = std::make_unique<QLockFile>(QDir(folder.path).filePath(QStringLiteral("lock")));
    // A console may be open for weeks; only a process that is gone makes its lock stale.
    lock->setStaleLockTime(0);
    if (lock->tryLock(0))
        return lock;
    if (lock->error() != QLockFile::LockFailedError)
        return failed(unwritable(folder, ProfileWords::tr("the lock file cannot be made.")));
    qint64 process = 0;
    QString host, program;
    if (!lock->getLockInfo(&process, &host, &program))
        process = 0;
    return failed(Failure{
        ProfileWords::tr("Another console (process %1) has %2 open.").arg(process).arg(folder.path),
        ProfileWords::tr("Use that window, or start this one with another folder: longcode --profile DIR.")});
}

} // namespace longcode::desk
