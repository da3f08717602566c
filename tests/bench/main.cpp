#include "base/program.h"
#include "bench/bench.h"
#include "bench/stores.h"

#include <algorithm>

namespace longcode::bench {

namespace {

ProgramDescription description() {
    return {QStringLiteral("longcode-bench"),
            QStringLiteral("Measures Longcode and prints one JSON line per figure."),
            {{QStringLiteral("only"), QStringLiteral("NAME"),
              QStringLiteral("Run this bench alone; may be given more than once.")},
             {QStringLiteral("list"), {}, QStringLiteral("Print the names of the benches and leave.")},
             {QStringLiteral("store"), QStringLiteral("FILE"),
              QStringLiteral("The store to fill or to measure, …/console.sqlite.")},
             {QStringLiteral("stores"), QStringLiteral("FOLDER"),
              QStringLiteral("Where the stores of three sizes are kept, and made when missing; else they are "
                             "made anew.")},
             {QStringLiteral("conversations"), QStringLiteral("N"),
              QStringLiteral("How many conversations fill makes."), QStringLiteral("10000")},
             {QStringLiteral("messages"), QStringLiteral("N"),
              QStringLiteral("How many messages fill makes; a tenth is in one conversation."),
              QStringLiteral("1000000")}},
            QStringLiteral("[fill | NAME…]"),
            {{QStringLiteral("fill"), QStringLiteral("Make a store full of messages.")},
             {QStringLiteral("NAME…"), QStringLiteral("Run these benches alone.")}}};
}

QString names() {
    QStringList all;
    for (const Entry &entry : entries())
        all.append(entry.name);
    return all.join(QStringLiteral(", "));
}

bool isKnown(const QString &name) {
    const auto all = entries();
    return std::any_of(all.begin(), all.end(), [&name](const Entry &entry) { return entry.name == name; });
}

int run(const ProgramArguments &arguments, int &argc, char **argv) {
    const QStringList only = arguments.values(QStringLiteral("only")) + arguments.positional();
    if (only.value(0) == QStringLiteral("fill"))
        return fill(arguments);
    for (const QString &name : only) {
        if (isKnown(name))
            continue;
        printError(description().name,
                   QStringLiteral("there is no bench “%1”; there is: %2.").arg(name, names()));
        return 2;
    }
    for (const Entry &entry : entries()) {
        if (!only.isEmpty() && !only.contains(entry.name))
            continue;
        Bench bench(entry.name, arguments, argc, argv);
        entry.run(bench);
    }
    return 0;
}

} // namespace

} // namespace longcode::bench

int main(int argc, char **argv) {
    using namespace longcode;
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    int exitCode = 0;
    const auto arguments = startProgram(bench::description(), words, exitCode);
    if (!arguments)
        return exitCode;
    if (arguments->has(QStringLiteral("list"))) {
        for (const bench::Entry &entry : bench::entries())
            printLine(entry.name.toUtf8());
        return 0;
    }
    return bench::run(*arguments, argc, argv);
}
