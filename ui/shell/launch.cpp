#include "shell/launch.h"

#include "base/when_finished.h"
#include "shell/main_window.h"

namespace longcode::shell {

Launch::Launch(MainWindow &window, Openings openings, QObject *parent)
    : QObject(parent), m_window(window), m_openings(std::move(openings)) {
    connect(&m_window, &MainWindow::tryItRequested, this, &Launch::openSandbox);
    connect(&m_window, &MainWindow::connectRequested, this, &Launch::setUp);
    connect(&m_window, &MainWindow::accountConnected, this, &Launch::openAccount);
    connect(&m_window, &MainWindow::retryRequested, this, [this] {
        if (m_again)
            m_again();
    });
    connect(&m_window, &MainWindow::restoreRequested, this, &Launch::restore);
    connect(&m_window, &MainWindow::setUpRequested, &m_window, &MainWindow::showFirstPage);
}

void Launch::openWhatIsThere() {
    if (m_openings.hasAccount())
        openAccount();
    else
        m_window.showFirstPage();
}

void Launch::openAccount() {
    m_isAccount = true;
    m_again = [this] { openAccount(); };
    m_window.showOpening(tr("Opening your account…"));
    await(m_openings.openAccount());
}

void Launch::openSandbox() {
    m_isAccount = false;
    m_again = [this] { openSandbox(); };
    m_window.showOpening(tr("Starting the practice account…"));
    await(m_openings.openSandbox());
}

void Launch::await(const QFuture<Opened> &opening) {
    const int attempt = ++m_attempt;
    whenFinished(opening, this, [this, attempt](const Opened &outcome) {
        if (attempt != m_attempt)
            return;
        if (!outcome) {
            showFailure(outcome.error());
            Q_EMIT refused(outcome.error());
            return;
        }
        m_window.showConsole(*outcome);
        Q_EMIT opened(*outcome);
    });
}

void Launch::showFailure(const Failure &failure) {
    m_window.showFailure(failure,
                         m_isAccount && m_openings.backupFor ? m_openings.backupFor(failure) : std::nullopt);
}

void Launch::restore(const QString &backupPath) {
    if (!m_openings.restore)
        return;
    const int attempt = ++m_attempt;
    m_window.showOpening(tr("Putting the backup back…"));
    whenFinished(m_openings.restore(backupPath), this,
                 [this, attempt](const Result<QString, Failure> &outcome) {
                     if (attempt != m_attempt)
                         return;
                     if (outcome)
                         openAccount();
                     else
                         showFailure(outcome.error());
                 });
}

void Launch::setUp() {
    ++m_attempt;
    m_window.showConnect(m_openings.makeSetup());
}

} // namespace longcode::shell
