#include "base/program.h"
#include "base/stop_signal.h"
#include "sandbox/sandbox.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <optional>

namespace {

using namespace longcode;

ProgramDescription description() {
    return {QStringLiteral("longcode-sandbox"),
            QStringLiteral("Plays Telnyx and a few customers, for trying out, training and tests."),
            {{QStringLiteral("listen"), QStringLiteral("ADDR:PORT"),
              QStringLiteral("Where to listen; port 0 takes a free one."), QStringLiteral("127.0.0.1:0")},
             {QStringLiteral("api-key"), QStringLiteral("KEY"),
              QStringLiteral("The key that requests must carry."), QStringLiteral("sandbox-key")},
             {QStringLiteral("signing-key-file"), QStringLiteral("FILE"),
              QStringLiteral("Base64 seed of the key that signs webhooks; made when absent. Without it a new "
                             "key each time.")},
             {QStringLiteral("seed"), QStringLiteral("N"),
              QStringLiteral("Makes ids and delays repeatable. Without it they differ each time.")},
             {QStringLiteral("speed"), QStringLiteral("FACTOR"),
              QStringLiteral("How much faster than life things happen, 0.01 to 1000."), QStringLiteral("1")},
             {QStringLiteral("record-requests"), QStringLiteral("FILE"),
              QStringLiteral("Append every API request to FILE, one JSON object a line.")}}};
}

Result<sandbox::Settings, QString> settingsFrom(const ProgramArguments &arguments) {
    const auto address = parseListenAddress(arguments.value(QStringLiteral("listen")));
    if (!address)
        return failed(QStringLiteral("--listen: ") + address.error());
    sandbox::Settings settings;
    settings.host = address->host.toStdString();
    settings.port = address->port;
    settings.apiKey = arguments.value(QStringLiteral("api-key")).toStdString();
    if (settings.apiKey.empty())
        return failed(QStringLiteral("--api-key: the key must not be empty."));
    bool good = true;
    settings.seed = arguments.has(QStringLiteral("seed"))
                        ? arguments.value(QStringLiteral("seed")).toULongLong(&good)
                        : QRandomGenerator::system()->generate64();
    if (!good)
        return failed(QStringLiteral("--seed: “%1” is not a whole number from 0 on.")
                          .arg(arguments.value(QStringLiteral("seed"))));
    settings.speed = arguments.value(QStringLiteral("speed")).toDouble(&good);
    if (!good || !(settings.speed >= 0.01 && settings.speed <= 1000))
        return failed(QStringLiteral("--speed: “%1” is not a number from 0.01 to 1000.")
                          .arg(arguments.value(QStringLiteral("speed"))));
    settings.recordFile = arguments.value(QStringLiteral("record-requests"));
    return settings;
}

Result<sandbox::SigningKey, QString> keyFrom(const ProgramArguments &arguments) {
    const QString file = arguments.value(QStringLiteral("signing-key-file"));
    return file.isEmpty() ? sandbox::SigningKey::random() : sandbox::SigningKey::fromFile(file);
}

int refuse(const QString &why) {
    printError(description().name, why);
    return 1;
}

} // namespace

int main(int argc, char **argv) {
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("longcode-sandbox"));
    int exitCode = 0;
    const auto arguments = startProgram(description(), QCoreApplication::arguments(), exitCode);
    if (!arguments)
        return exitCode;
    const auto settings = settingsFrom(*arguments);
    if (!settings)
        return refuse(settings.error());
    const auto key = keyFrom(*arguments);
    if (!key)
        return refuse(key.error());
    quitOnStopSignal(application);
    const auto sandbox = sandbox::Sandbox::start(*settings, *key);
    if (!sandbox)
        return refuse(sandbox.error());
    printLine((*sandbox)->readyLine());
    return QCoreApplication::exec();
}
