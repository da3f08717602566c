#include "base/program.h"
#include "base/stop_signal.h"
#include "relay/commands/check.h"
#include "relay/commands/command.h"
#include "relay/given_options.h"
#include "relay/log/open_log.h"
#include "relay/operate/service_manager.h"
#include "relay/options.h"
#include "relay/relay.h"

#include <QCoreApplication>

using namespace longcode;
using namespace longcode::relay;

namespace {

int fail(const StartFailure &failure) {
    for (const QString &sentence : failure.sentences)
        printError(relayProgram().name, sentence);
    return failure.exitCode;
}

int fail(const QString &sentence) {
    return fail({.exitCode = 1, .sentences = {sentence}});
}

int serve(QCoreApplication &application, RelaySettings settings) {
    const std::optional<int> inherited = inheritedSocket();
    if (inherited) {
        const auto address = addressOf(*inherited);
        if (!address)
            return fail(address.error());
        settings.listen = *address;
        if (const QString wrong = exposureOf(settings); !wrong.isEmpty())
            return fail({.exitCode = 2, .sentences = {wrong}});
    }
    const Journal journal(settings.logLevel, settings.logFormat);
    const auto store = StoreAddress::parse(settings.store);
    if (!store)
        return fail(store.error());
    // Before the log: who may connect is the likelier mistake, and a log is not made for nothing.
    if (const auto tokens = AccessTokens::readFile(settings.tokenFile); !tokens)
        return fail(tokens.error());
    auto log = openLog(*store, Access::Serve, journal);
    if (!log)
        return fail(log.error());
    auto relay = Relay::start(settings, std::move(*log), journal, inherited);
    if (!relay)
        return fail(relay.error());
    QObject::connect(relay->get(), &Relay::drained, &application, &QCoreApplication::quit);
    onStopSignal(application, [&journal, &relay] {
        journal.write(Level::Info, QStringLiteral("Stopping."));
        tellServiceManager("STOPPING=1");
        (*relay)->drain();
    });
    printLine((*relay)->readyLine());
    tellServiceManager("READY=1");
    const int result = QCoreApplication::exec();
    relay->reset();
    return result;
}

int command(GivenOptions given, const ProgramArguments &arguments) {
    Command out{.words = arguments.positional(),
                .options = {},
                .role = arguments.value(QStringLiteral("role")),
                .account = {},
                .forward = {}};
    // For these two, such an option means something else than for a relay.
    if (out.words.first() == QStringLiteral("token"))
        out.account = given.takeFromCommandLine(QStringLiteral("account"));
    if (out.words.first() == QStringLiteral("replay"))
        out.forward = given.takeFromCommandLine(QStringLiteral("forward"));
    const auto values = valuesFrom(given);
    if (!values)
        return fail(values.error());
    out.options = *values;
    return runCommand(out);
}

} // namespace

int main(int argc, char **argv) {
    keepFilesPrivate();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(relayProgram().name);
    int exitCode = 0;
    const auto arguments = startProgram(relayProgram(), QCoreApplication::arguments(), exitCode);
    if (!arguments)
        return exitCode;
    const auto given = GivenOptions::gather(relayOptions(), *arguments);
    if (!given)
        return fail(given.error());
    const QStringList words = arguments->positional();
    const bool check = words == QStringList{QStringLiteral("check")};
    if (!words.isEmpty() && !check)
        return command(*given, *arguments);
    const auto settings = settingsFrom(*given);
    if (!settings)
        return fail(settings.error());
    return check ? runCheck(*settings) : serve(application, *settings);
}
