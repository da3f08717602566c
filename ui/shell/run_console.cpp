#include "shell/run_console.h"

#include "base/clock.h"
#include "base/stop_signal.h"
#include "desk/backups.h"
#include "desk/secrets.h"
#include "settings/preferences.h"
#include "shell/attention.h"
#include "shell/demo.h"
#include "shell/launch.h"
#include "shell/main_window.h"
#include "style/theme.h"

#include <QApplication>
#include <QDir>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QPromise>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>

#include <chrono>

namespace longcode::shell {

namespace {

constexpr std::chrono::seconds demoLimit{60};
constexpr std::chrono::milliseconds paintTime{300};
constexpr QSize pictureSize(1440, 900); // the offscreen screen is smaller than any real one

enum class Display : quint8 { Present, Missing };

/// Qt ends the process when there is no display, so this is asked before Qt.
Display findDisplay() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(name))
            return Display::Present;
    }
    return Display::Missing;
#else
    return Display::Present;
#endif
}

QtMessageHandler usualHandler = nullptr;

/// The offscreen platform's limits and a missing runtime folder, for which Qt finds another, are not news.
void keepQuietAboutThePlatform(QtMsgType type, const QMessageLogContext &context, const QString &text) {
    if (!text.contains(QStringLiteral("propagateSizeHints")) &&
        !text.contains(QStringLiteral("XDG_RUNTIME_DIR")))
        usualHandler(type, context, text);
}

style::Scheme schemeOf(settings::Appearance appearance) {
    switch (appearance) {
    case settings::Appearance::Light:
        return style::Scheme::Light;
    case settings::Appearance::Dark:
        return style::Scheme::Dark;
    case settings::Appearance::System:
        break;
    }
    return style::Scheme::System;
}

/// Where this console's things are. `--sandbox` without `--profile` gets a folder of its own, so that
/// practice never mixes with an account.
struct Folders {
    desk::ProfileFolder account;
    desk::ProfileFolder sandbox;
};

Folders foldersOf(const ProgramArguments &arguments) {
    const QString given = arguments.value(QStringLiteral("profile"));
    const QString base = given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                         : QDir(given).absolutePath();
    const bool all = !given.isEmpty() && arguments.has(QStringLiteral("sandbox"));
    return {{base}, {all ? base : base + QStringLiteral("/practice")}};
}

/// Everything a running console consists of, in the order in which it must be built and taken down.
class Assembly {
public:
    Assembly(QApplication &application, Folders folders)
        : m_folders(std::move(folders))
        , m_preferences(m_folders.account)
        , m_theme(application, schemeOf(m_preferences.appearance()))
        , m_secrets(desk::makeKeychain())
        , m_window(m_clock, m_preferences)
        , m_attention(m_window, m_preferences, m_clock, m_tray, makeNotices(m_tray))
        , m_launch(m_window, openings()) {
        QObject::connect(
            &m_preferences, &settings::Preferences::appearanceChanged, &m_theme,
            [this](settings::Appearance appearance) { m_theme.setScheme(schemeOf(appearance)); });
    }

    MainWindow &window() { return m_window; }
    Launch &launch() { return m_launch; }
    const Clock &clock() const { return m_clock; }

private:
    Openings openings() {
        return {.hasAccount = [this] { return desk::hasAccount(m_folders.account); },
                .openAccount = [this] { return desk::openAccount(m_folders.account, services()); },
                .openSandbox =
                    [this] {
                        return desk::openSandbox(m_folders.sandbox, QCoreApplication::applicationDirPath(),
                                                 services());
                    },
                .makeSetup = [this] { return desk::makeAccountSetup(m_folders.account, services()); },
                .backupFor = [this](const Failure &failure) { return backupFor(failure); },
                .restore = [this](const QString &path) { return restore(path); }};
    }

    [[nodiscard]] std::optional<StoreBackup> backupFor(const Failure &failure) const {
        const auto backup = desk::backupNamedIn(failure, m_folders.account.path);
        return backup ? std::optional(StoreBackup{backup->path, backup->at}) : std::nullopt;
    }

    /// Copies the whole file, so not on this thread.
    [[nodiscard]] QFuture<Result<QString, Failure>> restore(const QString &path) const {
        const auto promise = std::make_shared<QPromise<Result<QString, Failure>>>();
        promise->start();
        QThread *copying = QThread::create([promise, path, folder = m_folders.account.path] {
            promise->addResult(desk::restoreBackup(folder, path));
            promise->finish();
        });
        QObject::connect(copying, &QThread::finished, copying, &QObject::deleteLater);
        copying->start();
        return promise->future();
    }

    desk::Services services() { return {.network = m_network, .clock = m_clock, .secrets = *m_secrets}; }

    Folders m_folders;
    SystemClock m_clock;
    QNetworkAccessManager m_network;
    settings::Preferences m_preferences;
    style::Theme m_theme;
    std::unique_ptr<desk::SecretStore> m_secrets;
    MainWindow m_window;
    notify::Tray m_tray;
    Attention m_attention;
    Launch m_launch;
};

int runDemo(Assembly &console, const QString &folder) {
    Demo demo(console.window(), console.clock(), [](const QString &line) { printLine(line.toUtf8()); });
    const auto leave = [](const QString &problem) {
        printError(QStringLiteral("longcode"), problem);
        QCoreApplication::exit(1);
    };
    QObject::connect(&console.launch(), &Launch::opened, &demo, &Demo::start);
    QObject::connect(&console.launch(), &Launch::refused, &demo,
                     [leave](const Failure &failure) { leave(failure.what + u' ' + failure.remedy); });
    QObject::connect(&demo, &Demo::finished, &demo,
                     [&console, &demo, folder, leave](const std::optional<QString> &problem) {
                         if (problem) {
                             leave(*problem);
                             return;
                         }
                         QTimer::singleShot(paintTime, &demo, [&console, folder, leave] {
                             const QString path = folder + QStringLiteral("/conversation.png");
                             if (!console.window().grab().save(path)) {
                                 leave(
                                     QStringLiteral("The screenshot could not be written to %1.").arg(path));
                                 return;
                             }
                             printLine("Screenshot: " + path.toUtf8());
                             QCoreApplication::exit(0);
                         });
                     });
    demo.setLimit(demoLimit);
    console.window().resize(pictureSize);
    console.window().show();
    console.launch().openSandbox();
    return QCoreApplication::exec();
}

} // namespace

ProgramDescription consoleProgram() {
    return {
        .name = QStringLiteral("longcode"),
        .summary =
            QStringLiteral("A desktop console for business texting.\nWithout a display, --sandbox runs a "
                           "conversation offscreen and prints it."),
        .options = {
            {QStringLiteral("profile"), QStringLiteral("DIR"),
             QStringLiteral("Keep everything of one profile in DIR, instead of the platform's data folder.")},
            {QStringLiteral("sandbox"),
             {},
             QStringLiteral("Open a practice account on this computer: sandbox and relay are started.")}}};
}

int runConsole(const ProgramArguments &arguments, int &argc, char **argv) {
    const QString name = QStringLiteral("longcode");
    const bool sandbox = arguments.has(QStringLiteral("sandbox"));
    const bool demo = findDisplay() == Display::Missing;
    if (demo && !sandbox) {
        printError(name, QStringLiteral(
                             "There is no display to show the window on. Start it in a desktop session, or "
                             "try “longcode --sandbox”, which runs a conversation without one."));
        return 2;
    }
    if (demo)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    // What was asked and answered is of interest when looking for a fault; QT_LOGGING_RULES brings it back.
    QLoggingCategory::setFilterRules(QStringLiteral("longcode.*.info=false"));
    usualHandler = qInstallMessageHandler(keepQuietAboutThePlatform);
    QCoreApplication::setOrganizationName(QStringLiteral("Longcode"));
    QCoreApplication::setApplicationName(name);
    QCoreApplication::setApplicationVersion(programVersion());
    QApplication application(argc, argv);
    const Folders folders = foldersOf(arguments);
    const QString used = sandbox ? folders.sandbox.path : folders.account.path;
    if (!QDir().mkpath(used)) {
        printError(name,
                   QStringLiteral("The profile folder %1 cannot be made. Choose another one with --profile.")
                       .arg(used));
        return 1;
    }
    if (sandbox && desk::hasAccount(folders.sandbox)) {
        printError(
            name,
            QStringLiteral("The profile folder %1 holds a real account. Choose another one for the sandbox.")
                .arg(used));
        return 2;
    }
    Assembly console(application, folders);
    // Also while the window would stay in the tray when it is closed.
    onStopSignal(application, [&console] { console.window().quit(); });
    if (demo)
        return runDemo(console, folders.sandbox.path);
    console.window().show();
    if (sandbox)
        console.launch().openSandbox();
    else
        console.launch().openWhatIsThere();
    return QApplication::exec();
}

} // namespace longcode::shell
