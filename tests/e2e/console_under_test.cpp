#include "e2e/console_under_test.h"

#include "support/scratch.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTest>
#include <QUuid>

#include <csignal>

namespace longcode::tests {

namespace {

QJsonObject on(const char *what, const QString &object) {
    return {{QStringLiteral("do"), QLatin1String(what)}, {QStringLiteral("object"), object}};
}

bool ok(const QJsonObject &answer) {
    return answer[QStringLiteral("ok")].toBool();
}

} // namespace

ConsoleUnderTest::ConsoleUnderTest() {
    m_server.listen(QStringLiteral("longcode-driver-") + QUuid::createUuid().toString(QUuid::Id128).left(12));
}

ConsoleUnderTest::~ConsoleUnderTest() {
    kill();
}

bool ConsoleUnderTest::start(const QString &profile, const QStringList &arguments) {
    kill();
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("QT_QPA_GENERIC_PLUGINS"), QStringLiteral("longcodedriver"));
    environment.insert(QStringLiteral("QT_PLUGIN_PATH"), QStringLiteral(LONGCODE_DRIVER_PLUGINS));
    environment.insert(QStringLiteral("LONGCODE_DRIVER"), m_server.fullServerName());
    m_process->setProcessEnvironment(environment);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->start(program("longcode"), QStringList{QStringLiteral("--profile"), profile} + arguments);
    if (!m_server.waitForNewConnection(30000)) {
        m_why = QStringLiteral("no driver: ") + QString::fromUtf8(m_process->readAll());
        return false;
    }
    m_driver.reset(m_server.nextPendingConnection());
    return true;
}

void ConsoleUnderTest::kill() {
    m_driver.reset();
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished(10000);
    m_process.reset();
}

bool ConsoleUnderTest::quit() {
    m_process->terminate();
    const bool left = m_process->waitForFinished(10000) && m_process->exitStatus() == QProcess::NormalExit &&
                      m_process->exitCode() == 0;
    if (!left)
        m_why = QString::fromUtf8(m_process->readAll());
    return left;
}

bool ConsoleUnderTest::isRunning() const {
    return m_process && m_process->state() == QProcess::Running;
}

qint64 ConsoleUnderTest::processId() const {
    return m_process ? m_process->processId() : 0;
}

QJsonObject ConsoleUnderTest::order(const QJsonObject &order) {
    if (!m_driver || m_driver->state() != QLocalSocket::ConnectedState)
        return {};
    m_driver->write(QJsonDocument(order).toJson(QJsonDocument::Compact) + '\n');
    QElapsedTimer elapsed;
    elapsed.start();
    while (!m_driver->canReadLine() && elapsed.elapsed() < 20000) {
        if (!m_driver->waitForReadyRead(20000))
            return {};
    }
    return QJsonDocument::fromJson(m_driver->readLine()).object();
}

QString ConsoleUnderTest::text(const QString &object) {
    return order(on("look", object))[QStringLiteral("text")].toString();
}

bool ConsoleUnderTest::isVisible(const QString &object) {
    return order(on("look", object))[QStringLiteral("visible")].toBool();
}

bool ConsoleUnderTest::isEnabled(const QString &object) {
    return order(on("look", object))[QStringLiteral("enabled")].toBool();
}

bool ConsoleUnderTest::type(const QString &object, const QString &text) {
    QJsonObject typing = on("type", object);
    typing[QStringLiteral("text")] = text;
    return ok(order(typing));
}

bool ConsoleUnderTest::press(const QString &object, const QString &keys) {
    QJsonObject pressing = on("press", object);
    pressing[QStringLiteral("keys")] = keys;
    return ok(order(pressing));
}

bool ConsoleUnderTest::click(const QString &object) {
    return ok(order(on("click", object)));
}

bool ConsoleUnderTest::select(const QString &object, int row) {
    QJsonObject selecting = on("select", object);
    selecting[QStringLiteral("row")] = row;
    return ok(order(selecting));
}

QStringList ConsoleUnderTest::rows(const QString &object) {
    QStringList texts;
    const QJsonArray rows = order(on("rows", object))[QStringLiteral("rows")].toArray();
    for (const QJsonValue &row : rows)
        texts.append(row.toString());
    return texts;
}

bool ConsoleUnderTest::grab(const QString &file, int width, int height) {
    return ok(order({{QStringLiteral("do"), QStringLiteral("grab")},
                     {QStringLiteral("object"), QStringLiteral("mainWindow")},
                     {QStringLiteral("file"), file},
                     {QStringLiteral("width"), width},
                     {QStringLiteral("height"), height}}));
}

bool ConsoleUnderTest::eventually(const std::function<bool()> &holds, int timeoutMs) {
    return QTest::qWaitFor(holds, timeoutMs);
}

bool ConsoleUnderTest::showsRow(const QString &object, const QStringList &parts, int timeoutMs) {
    return eventually(
        [&] {
            const QStringList all = rows(object);
            return std::any_of(all.begin(), all.end(), [&](const QString &row) {
                return std::all_of(parts.begin(), parts.end(),
                                   [&](const QString &part) { return row.contains(part); });
            });
        },
        timeoutMs);
}

} // namespace longcode::tests
