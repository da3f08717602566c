#include "relay/commands/command.h"

namespace longcode::relay {

int refuse(int exitCode, const QString &sentence) {
    printError(QStringLiteral("longcode-relay"), sentence);
    return exitCode;
}

int refuseUsage(const QString &usage) {
    return refuse(2, QStringLiteral("This is asked as: longcode-relay %1. Try --help.").arg(usage));
}

void say(const QString &line) {
    printLine(line.toUtf8());
}

std::optional<SeqRange> rangeFrom(const QString &text) {
    const qsizetype hyphen = text.indexOf(QLatin1Char('-'));
    bool firstGood = false;
    bool lastGood = false;
    const qint64 first = text.left(hyphen).toLongLong(&firstGood);
    const qint64 last = hyphen < 0 ? first : text.mid(hyphen + 1).toLongLong(&lastGood);
    if (!firstGood || (hyphen >= 0 && !lastGood) || first < 1 || last < first)
        return std::nullopt;
    return SeqRange{first, last};
}

int runCommand(const Command &command) {
    const QString &name = command.words.first();
    if (name == QStringLiteral("token"))
        return runToken(command);
    if (name == QStringLiteral("backup"))
        return runBackup(command);
    if (name == QStringLiteral("export"))
        return runExport(command);
    if (name == QStringLiteral("replay"))
        return runReplay(command);
    if (name == QStringLiteral("forward"))
        return runForward(command);
    return refuse(2, QStringLiteral("There is no command “%1”. Try --help.").arg(name));
}

} // namespace longcode::relay
