#include "relay/commands/command.h"

#include "relay/consoles/token_file.h"

#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace longcode::relay {

namespace {

/// Who edits as root must not lock the relay's own user out: the file belongs to whom its folder belongs to.
void giveToFolderOwner(const QString &path) {
#ifdef Q_OS_UNIX
    const QFileInfo folder(QFileInfo(path).absolutePath());
    if (::geteuid() == 0 && folder.ownerId() != 0 &&
        ::chown(path.toLocal8Bit().constData(), folder.ownerId(), folder.groupId()) != 0)
        refuse(1, QStringLiteral(
                      "%1 could not be given to its folder's owner; the relay may not be able to read it.")
                      .arg(path));
#else
    Q_UNUSED(path)
#endif
}

int write(const TokenFile &file, const QString &path) {
    const auto written = file.write();
    if (!written)
        return refuse(1, written.error());
    giveToFolderOwner(path);
    return 0;
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
    if (const int failure = write(file, command.options.tokenFile); failure != 0)
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
    const QString path = command.options.tokenFile;
    auto file = TokenFile::read(path, verb == QStringLiteral("create") ? TokenFile::Missing::Empty
                                                                       : TokenFile::Missing::Refused);
    if (!file)
        return refuse(1, file.error());
    if (verb == QStringLiteral("list"))
        return list(*file);
    if (verb == QStringLiteral("create"))
        return create(command, *file);
    if (!file->revoke(command.words[2]))
        return refuse(1, QStringLiteral("Nobody in %1 is named “%2”.").arg(path, command.words[2]));
    return write(*file, path);
}

} // namespace longcode::relay
