#include "base/program.h"
#include "base/stop_signal.h"
#include "relay/options.h"
#include "relay/relay.h"
#include "relay/log/sqlite_log.h"

#include <QCoreApplication>

using namespace longcode;
using namespace longcode::relay;

namespace {

int fail(int exitCode, const QString &sentence) {
    printError(relayProgram().name, sentence);
    return exitCode;
}

int serve(QCoreApplication &application, const RelayOptions &options) {
    const Journal journal(options.settings.logLevel);
    auto log = SqliteLog::open(options.storePath, journal);
    if (!log)
        return fail(1, log.error());
    auto relay = Relay::start(options.settings, std::move(*log), journal);
    if (!relay)
        return fail(1, relay.error());
    quitOnStopSignal(application);
    printLine((*relay)->readyLine());
    const int result = QCoreApplication::exec();
    journal.write(Level::Info, QStringLiteral("Stopping."));
    relay->reset();
    return result;
}

} // namespace

int main(int argc, char **argv) {
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(relayProgram().name);
    int exitCode = 0;
    const auto arguments = startProgram(relayProgram(), QCoreApplication::arguments(), exitCode);
    if (!arguments)
        return exitCode;
    const auto options = optionsFrom(*arguments);
    if (!options)
        return fail(options.error().exitCode, options.error().sentence);
    return serve(application, *options);
}
