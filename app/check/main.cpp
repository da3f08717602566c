#include "base/program.h"
#include "check/text_check.h"

#include <cstdio>

namespace longcode::check {

namespace {

ProgramDescription description() {
    return {
        QStringLiteral("longcode-check"),
        QStringLiteral(
            "Says what texts cost, for people who prepare them elsewhere.\n\n"
            "  text   Reads one JSON string per line on stdin and prints one JSON object per line:\n"
            "         encoding, units, segments, units_per_segment, forcing (index in UTF-16 units and\n"
            "         code point of what forces UCS-2) and text. A line that is no JSON string gets an\n"
            "         object with error, and the exit code is 1."),
        {{QStringLiteral("sender"), QStringLiteral("KIND"),
          QStringLiteral("long_code, toll_free, short_code or alphanumeric."), QStringLiteral("long_code")},
         {QStringLiteral("smart"),
          {},
          QStringLiteral("Apply smart encoding first; all members tell of the text after it.")}},
        QStringLiteral("text")};
}

int refuse(const QString &why) {
    printError(description().name, why + QStringLiteral(" Try --help."));
    return 2;
}

int run(const ProgramArguments &arguments) {
    const QStringList words = arguments.positional();
    if (words.isEmpty())
        return refuse(QStringLiteral("say what to check: text."));
    if (words.front() != QLatin1String("text"))
        return refuse(QStringLiteral("cannot check “%1”, only: text.").arg(words.front()));
    if (words.size() > 1)
        return refuse(QStringLiteral("takes no argument “%1”; texts come on stdin.").arg(words[1]));
    const QString kind = arguments.value(QStringLiteral("sender"));
    const auto sender = senderKindOf(kind);
    if (!sender)
        return refuse(
            QStringLiteral("--sender is long_code, toll_free, short_code or alphanumeric, not “%1”.")
                .arg(kind));
    return checkTexts({*sender, arguments.has(QStringLiteral("smart"))});
}

} // namespace

} // namespace longcode::check

int main(int argc, char **argv) {
    using namespace longcode;
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    int exitCode = 0;
    const auto arguments = startProgram(check::description(), words, exitCode);
    return arguments ? check::run(*arguments) : exitCode;
}
