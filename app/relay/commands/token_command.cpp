#include "relay/commands/command.h"

#include "relay/consoles/token_file.h"

#include <QDir>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <grp.h>
#include <unistd.h>
#endif

namespace longcode::relay {

namespace {

/// Who edits as root does so with the rights of the folder's owner, the relay's own user: he must be able to
/// read the file, and what he has put at its place must not be followed with root's rights. The file's name
/// in the folder, which is the working directory then; the path itself where nothing had to be given up.
Result<QString, QString> withOwnersRights(const QString &path) {
#ifdef Q_OS_UNIX
    const QFileInfo file(path);
    const QFileInfo folder(file.absolutePath());
    if (::geteuid() != 0 || folder.ownerId() == 0 || !folder.exists())
        return path;
    // Entered as root: the owner may have no way through the folders above.
    if (!QDir::setCurrent(folder.filePath()) || ::setgroups(0, nullptr) != 0 ||
        ::setegid(folder.groupId()) != 0 || ::seteuid(folder.ownerId()) != 0)
        return failed(QStringLiteral("%1 cannot be edited with the rights of its folder's owner.").arg(path));
    return file.fileName();
#else
    return path;
#endif
}

int write(const TokenFile &file) {
    const auto written = file.write();
    return written ? 0 : refuse(1, written.error());
}

int create(const Command &command, TokenFile &file) {
    const auto role = protocol::roleFromName(command.role);
    if (!role)
        return refuse(2,
                      QStringLiteral("--role takes agent, compliance or admin, not “%1”.").arg(command.role));
    const QByteArray token = TokenFile::newToken();
    const auto added = file.add({.name = command.words[2],
                                 .role = *role,
                                 .account = command.account,
                                 .hash = TokenFile::hashOf(token)});
    if (!added)
        return refuse(2, added.error());
    if (const int failure = write(file); failure != 0)
        return failure;
    printLine(token);
    return 0;
}

int list(const TokenFile &file) {
    for (const TokenGrant &grant : file.grants())
        say(QStringLiteral("%1\t%2\t%3")
                .arg(grant.name, protocol::roleName(grant.role),
                     grant.account.isEmpty() ? QStringLiteral("all accounts") : grant.account));
    return 0;
}

} // namespace

int runToken(const Command &command) {
    const QString usage =
        QStringLiteral("token create NAME | token list | token revoke NAME, with --token-file FILE");
    const QString verb = command.words.value(1);
    const bool named = verb == QStringLiteral("create") || verb == QStringLiteral("revoke");
    if ((!named && verb != QStringLiteral("list")) || command.words.size() != (named ? 3 : 2) ||
        command.options.tokenFile.isEmpty())
        return refuseUsage(usage);
    const auto path = withOwnersRights(command.options.tokenFile);
    if (!path)
        return refuse(1, path.error());
    auto file = TokenFile::read(*path, verb == QStringLiteral("create") ? TokenFile::Missing::Empty
                                                                        : TokenFile::Missing::Refused);
    if (!file)
        return refuse(1, file.error());
    if (verb == QStringLiteral("list"))
        return list(*file);
    if (verb == QStringLiteral("create"))
        return create(command, *file);
    if (!file->revoke(command.words[2]))
        return refuse(
            1,
            QStringLiteral("Nobody in %1 is named “%2”.").arg(command.options.tokenFile, command.words[2]));
    return write(*file);
}

} // namespace longcode::relay
