#pragma once

#include "base/failure.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace longcode::shell {

/// Stands in for the console while it opens, and says why when it does not. UI thread.
class OpeningPage : public QWidget {
    Q_OBJECT
public:
    explicit OpeningPage(QWidget *parent = nullptr);

    void showBusy(const QString &what);
    void showFailure(const Failure &failure);

Q_SIGNALS:
    void retryRequested();
    void setUpRequested();

private:
    QLabel *m_what;
    QLabel *m_remedy;
    QProgressBar *m_busy;
    QPushButton *m_retry;
    QPushButton *m_setUp;
};

} // namespace longcode::shell
