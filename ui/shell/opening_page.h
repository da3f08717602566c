#pragma once

#include "base/failure.h"

#include <QDateTime>
#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace longcode::shell {

/// A copy of the store that can be put back.
struct StoreBackup {
    QString path;
    QDateTime at; ///< when it was made
    friend bool operator==(const StoreBackup &, const StoreBackup &) = default;
};

/// Stands in for the console while it opens, and says why when it does not. UI thread.
class OpeningPage : public QWidget {
    Q_OBJECT
public:
    explicit OpeningPage(QWidget *parent = nullptr);

    void showBusy(const QString &what);
    /// `backup`: offered, when putting it back can help.
    void showFailure(const Failure &failure, const std::optional<StoreBackup> &backup = std::nullopt);

Q_SIGNALS:
    void retryRequested();
    void setUpRequested();
    /// A person has confirmed it.
    void restoreRequested(const QString &backupPath);

private:
    void askAboutBackup();

    StoreBackup m_backup;
    QLabel *m_what;
    QLabel *m_remedy;
    QProgressBar *m_busy;
    QPushButton *m_retry;
    QPushButton *m_setUp;
    QPushButton *m_restore;
};

} // namespace longcode::shell
