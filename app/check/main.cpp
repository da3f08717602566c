#include "base/program.h"
#include "check/filing_check.h"
#include "check/text_check.h"

#include <cstdio>

namespace longcode::check {

namespace {

ProgramDescription description() {
    return {
        QStringLiteral("longcode-check"),
        QStringLiteral(
            "Says what texts cost and what reviewers will object to, for people who prepare both "
            "elsewhere.\n\n"
            "  text      Reads one JSON string per line on stdin and prints one JSON object per line:\n"
            "            encoding, units, segments, units_per_segment, forcing (index in UTF-16 units and\n"
            "            code point of what forces UCS-2) and text. A line that is no JSON string gets an\n"
            "            object with error, and the exit code is 1.\n\n"
            "  campaign, brand, tollfree\n"
            "            Reads filings in the API's field names from files, or from stdin (\"-\" or no "
            "file):\n"
            "            an object with brand, campaign or tollfree inside, or the bare filing; a list of\n"
            "            them; or one a line. A campaign is compared with the brand beside it. Prints one "
            "JSON\n"
            "            object per filing: name and findings, each with rule, severity (error, warning,\n"
            "            note), field, message, source and fix (null, or words, field and value). The exit\n"
            "            code is 1 when a filing has an error, 2 when something could not be read."),
        {{QStringLiteral("sender"), QStringLiteral("KIND"),
          QStringLiteral("text: long_code, toll_free, short_code or alphanumeric."),
          QStringLiteral("long_code")},
         {QStringLiteral("smart"),
          {},
          QStringLiteral("text: apply smart encoding first; all members tell of the text after it.")}},
        QStringLiteral("text|campaign|brand|tollfree [FILE…]")};
}

int refuse(const QString &why) {
    printError(description().name, why + QStringLiteral(" Try --help."));
    return 2;
}

int runText(const ProgramArguments &arguments) {
    const QStringList words = arguments.positional();
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

int run(const ProgramArguments &arguments) {
    const QStringList words = arguments.positional();
    if (words.isEmpty())
        return refuse(QStringLiteral("say what to check: text, campaign, brand or tollfree."));
    if (words.front() == QLatin1String("text"))
        return runText(arguments);
    if (const auto kind = filingKindOf(words.front()))
        return checkFilings(*kind, words.mid(1));
    return refuse(
        QStringLiteral("cannot check “%1”, only: text, campaign, brand, tollfree.").arg(words.front()));
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
