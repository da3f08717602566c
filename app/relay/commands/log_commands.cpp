#include "relay/commands/command.h"

#include "relay/commands/entry_line.h"
#include "relay/commands/open_store.h"
#include "relay/commands/replayer.h"
#include "relay/forward/forward_ledger.h"
#include "relay/log/log_connection.h"
#include "relay/log/open_log.h"

#include <QFile>

#include <algorithm>

namespace longcode::relay {

namespace {

constexpr int pageEntries = 256;
/// Of exported lines: the body, escaped, and what proves it.
constexpr qint64 longestLine = 8 << 20;

bool isSqlite(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(15) == "SQLite format 3";
}

/// Another relay's log, of this version or an older one. The sentence of what is wrong; empty: read to its
/// end.
QString replayLog(const QString &path, Replayer &replayer) {
    auto connection = LogConnection::open(StoreAddress::sqliteFile(path));
    if (!connection)
        return connection.error() % QLatin1Char('.');
    LogConnection &source = **connection;
    const bool older = source.value(QStringLiteral("PRAGMA user_version")).toInt() < 2;
    const QString sql =
        QStringLiteral(
            "SELECT seq, received_at, intent, signature, timestamp, body, %1 FROM event WHERE seq > ? "
            "%2 ORDER BY seq LIMIT ?")
            .arg(older ? QStringLiteral("''") : QStringLiteral("account"),
                 older ? QString() : QStringLiteral("AND kind = 0"));
    qint64 after = 0;
    for (;;) {
        const auto rows = source.query(sql, {after, qint64(pageEntries)});
        if (!rows)
            return QStringLiteral("it is no relay's log (%1).").arg(source.error());
        for (const LogConnection::Values &row : *rows)
            replayer.take({.seq = row[0].toLongLong(),
                           .receivedAt = QDateTime::fromMSecsSinceEpoch(row[1].toLongLong(), Qt::UTC),
                           .intent = row[2].toString(),
                           .account = row[6].toString(),
                           .signature = row[3].toString().toLatin1(),
                           .timestamp = row[4].toString().toLatin1(),
                           .body = row[5].toByteArray()});
        if (rows->isEmpty())
            return {};
        after = rows->last().first().toLongLong();
    }
}

QString replayLines(const QString &path, Replayer &replayer) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return file.errorString() % QLatin1Char('.');
    for (int number = 1; !file.atEnd(); ++number) {
        const QByteArray line = file.readLine(longestLine).trimmed();
        if (line.isEmpty())
            continue;
        auto entry = entryFromLine(line);
        if (entry)
            replayer.take(std::move(*entry));
        else
            replayer.refuse(QStringLiteral("line %1: %2").arg(number).arg(entry.error()));
    }
    return {};
}

int report(const ReplayCounts &counts) {
    say(QStringLiteral("added: %1").arg(counts.added));
    say(QStringLiteral("already there: %1").arg(counts.known));
    qint64 refused = 0;
    for (const qint64 count : counts.refused)
        refused += count;
    say(QStringLiteral("refused: %1").arg(refused));
    for (auto it = counts.refused.begin(); it != counts.refused.end(); ++it)
        say(QStringLiteral("  %1 because %2").arg(it.value()).arg(it.key()));
    if (counts.failed > 0)
        return refuse(
            1, QStringLiteral("%1 could not be written to the log. What is there already stays; try again.")
                   .arg(counts.failed));
    return refused > 0 ? 1 : 0;
}

int replayFile(const Command &command, const QString &path) {
    if (command.options.accounts.isEmpty())
        return refuse(2, QStringLiteral(
                             "replay needs --public-key (or --account): only what is signed is taken over."));
    if (!QFile::exists(path))
        return refuse(1, QStringLiteral("There is no file %1.").arg(path));
    const auto store = OpenStore::open(command.options, OpenStore::MayBeCreated);
    if (!store)
        return refuse(1, store.error());
    Replayer replayer(store->log(), command.options.accounts);
    const QString wrong = isSqlite(path) ? replayLog(path, replayer) : replayLines(path, replayer);
    const ReplayCounts counts = replayer.finish();
    store->log().stop();
    const int result = report(counts);
    return wrong.isEmpty() ? result
                           : refuse(1, QStringLiteral("%1 cannot be read further: %2").arg(path, wrong));
}

int replayRange(const Command &command, const SeqRange &range) {
    const auto store = OpenStore::open(command.options, OpenStore::MustExist);
    if (!store)
        return refuse(1, store.error());
    ForwardLedger ledger(store->address());
    const auto cursor = ledger.cursor(command.forward);
    if (cursor && *cursor < 0)
        return refuse(
            1, QStringLiteral("No relay has passed anything on to a forward “%1” yet.").arg(command.forward));
    const auto count =
        ledger.putRange(command.forward, range.first, range.last, QDateTime::currentDateTimeUtc());
    if (!cursor || !count)
        return refuse(1, QStringLiteral("The range cannot be written down: %1.").arg(ledger.error()));
    say(QStringLiteral("%1 webhooks of %2-%3 wait for forward “%4”; a running relay passes them on.")
            .arg(*count)
            .arg(range.first)
            .arg(range.last)
            .arg(command.forward));
    return 0;
}

} // namespace

int runReplay(const Command &command) {
    if (command.words.size() != 2 || command.options.store.isEmpty())
        return refuseUsage(
            QStringLiteral("replay FILE --public-key … | replay FIRST-LAST --forward NAME, with --store …"));
    if (command.forward.isEmpty())
        return replayFile(command, command.words[1]);
    const auto range = rangeFrom(command.words[1]);
    if (!range)
        return refuse(2, QStringLiteral("“%1” is not a range like 120-180.").arg(command.words[1]));
    return replayRange(command, *range);
}

int runExport(const Command &command) {
    const auto range = rangeFrom(command.words.value(1));
    if (command.words.size() != 2 || !range || command.options.store.isEmpty())
        return refuseUsage(QStringLiteral("export FIRST-LAST --store …"));
    const auto store = OpenStore::open(command.options, OpenStore::MustExist);
    if (!store)
        return refuse(1, store.error());
    for (qint64 after = range->first - 1; after < range->last;) {
        const auto page = store->readSigned({.after = after, .count = pageEntries});
        if (!page)
            return refuse(1, QStringLiteral("The log cannot be read."));
        for (const SignedEntry &entry : *page) {
            if (entry.seq <= range->last)
                printLine(entryLine(entry));
        }
        if (page->isEmpty())
            break;
        after = page->last().seq;
    }
    store->log().stop();
    return 0;
}

int runBackup(const Command &command) {
    if (command.words.size() != 2 || command.options.store.isEmpty())
        return refuseUsage(QStringLiteral("backup FILE --store …"));
    const auto address = StoreAddress::parse(command.options.store);
    if (!address)
        return refuse(2, address.error());
    const auto head = backUpLog(*address, command.words[1]);
    if (!head)
        return refuse(1, head.error());
    say(QStringLiteral("%1 holds the log up to entry %2.").arg(command.words[1]).arg(*head));
    return 0;
}

} // namespace longcode::relay
