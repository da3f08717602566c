#include "relay/commands/command.h"

#include "relay/commands/open_store.h"
#include "relay/forward/forward_ledger.h"

namespace longcode::relay {

namespace {

constexpr int pageLetters = 500;

int cannot(const ForwardLedger &ledger) {
    return refuse(1, QStringLiteral("The forwards' letters cannot be used: %1.").arg(ledger.error()));
}

int listOne(ForwardLedger &ledger, const QString &name) {
    const auto counts = ledger.counts(name);
    const auto cursor = ledger.cursor(name);
    if (!counts || !cursor)
        return cannot(ledger);
    say(QStringLiteral("%1\tpassed on up to %2\t%3 waiting\t%4 given up")
            .arg(name)
            .arg(qMax<qint64>(*cursor, 0))
            .arg(counts->waiting)
            .arg(counts->dead));
    qint64 after = 0;
    for (;;) {
        const auto page = ledger.dead(name, after, pageLetters);
        if (!page)
            return cannot(ledger);
        for (const Letter &letter : *page)
            say(QStringLiteral("%1\t%2\t%3 tries\t%4")
                    .arg(name)
                    .arg(letter.seq)
                    .arg(letter.attempts)
                    .arg(letter.reason));
        if (page->size() < pageLetters)
            return 0;
        after = page->last().seq;
    }
}

int listAll(ForwardLedger &ledger) {
    const auto names = ledger.forwards();
    if (!names)
        return cannot(ledger);
    for (const QString &name : *names) {
        if (const int failure = listOne(ledger, name); failure != 0)
            return failure;
    }
    return 0;
}

} // namespace

int runForward(const Command &command) {
    const QString verb = command.words.value(1);
    const bool retry = verb == QStringLiteral("retry");
    if ((!retry && verb != QStringLiteral("list")) || command.words.size() > 3 ||
        (retry && command.words.size() != 3) || command.options.store.isEmpty())
        return refuseUsage(QStringLiteral("forward list [NAME] | forward retry NAME, with --store …"));
    const auto tool = OpenStore::open(command.options, OpenStore::MustExist);
    if (!tool)
        return refuse(1, tool.error());
    ForwardLedger ledger(tool->address());
    if (!retry)
        return command.words.size() == 3 ? listOne(ledger, command.words[2]) : listAll(ledger);
    const auto count = ledger.retryDead(command.words[2], QDateTime::currentDateTimeUtc());
    if (!count)
        return cannot(ledger);
    say(QStringLiteral("%1 entries wait again for forward “%2”; a running relay passes them on.")
            .arg(*count)
            .arg(command.words[2]));
    return 0;
}

} // namespace longcode::relay
