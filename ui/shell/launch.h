#pragma once

#include "desk/console.h"

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

    MainWindow &m_window;
    Openings m_openings;
    std::function<void()> m_again; ///< what Retry does
    int m_attempt = 0;
};

} // namespace longcode::shell
