#pragma once

#include "desk/console.h"
#include "shell/opening_page.h"

#include <QObject>

#include <functional>
#include <memory>

namespace longcode::shell {

class MainWindow;

using Opened = Result<std::shared_ptr<desk::Console>, Failure>;

/// The ways to a console, as `main` provides them.
struct Openings {
    std::function<bool()> hasAccount;
    std::function<QFuture<Opened>()> openAccount;
    std::function<QFuture<Opened>()> openSandbox;
    std::function<std::unique_ptr<desk::AccountSetup>()> makeSetup;
    /// The backup that mends this failure of the account, if there is one; may be empty.
    std::function<std::optional<StoreBackup>(const Failure &)> backupFor{};
    /// Puts it back; may take seconds.
    std::function<QFuture<Result<QString, Failure>>(const QString &backupPath)> restore{};
};

/// Brings the window from its start to an open console: the account, the sandbox, or setting one up. The
/// window outlives it. UI thread.
class Launch : public QObject {
    Q_OBJECT
public:
    Launch(MainWindow &window, Openings openings, QObject *parent = nullptr);

    /// The folder's account when it has one, else the first page.
    void openWhatIsThere();
    void openSandbox();

Q_SIGNALS:
    /// The window shows it already.
    void opened(const std::shared_ptr<longcode::desk::Console> &console);
    void refused(const longcode::Failure &failure);

private:
    void openAccount();
    void await(const QFuture<Opened> &opening);
    void setUp();
    void restore(const QString &backupPath);
    void showFailure(const Failure &failure);

    MainWindow &m_window;
    Openings m_openings;
    std::function<void()> m_again; ///< what Retry does
    bool m_isAccount = false;      ///< and not the sandbox: what is being opened
    int m_attempt = 0;
};

} // namespace longcode::shell
