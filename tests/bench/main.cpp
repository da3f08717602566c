#include "base/program.h"
#include "bench/bench.h"

#include <algorithm>

namespace longcode::bench {

namespace {

ProgramDescription description() {
    return {QStringLiteral("longcode-bench"),
            QStringLiteral("Measures Longcode and prints one JSON line per figure."),
            {{QStringLiteral("only"), QStringLiteral("NAME"),
              QStringLiteral("Run this bench alone; may be given more than once.")},
             {QStringLiteral("list"), {}, QStringLiteral("Print the names of the benches and leave.")}},
            {}};
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
    const QStringList only = arguments.values(QStringLiteral("only"));
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
        Bench bench(entry.name, argc, argv);
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
