#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace longcode::desk {
class AccountSetup;
}

namespace longcode::settings {

class KeyStep;
class RelayStep;
class SenderStep;
class SetupStep;

/// Connecting an account in three steps: key, relay, sender. Nothing is kept before the last one. Enter goes
/// on, Escape goes back. The setup outlives it. UI thread.
class ConnectPage : public QWidget {
    Q_OBJECT
public:
    explicit ConnectPage(desk::AccountSetup &setup, QWidget *parent = nullptr);

    /// Back to an empty first step; what was typed is forgotten.
    void restart();

Q_SIGNALS:
    /// The account is saved and can be opened.
    void connected();
    /// A person went back from the first step.
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] SetupStep &current() const;
    void showStep(int step);
    void next();
    void back();
    void stepPassed();
    void showBusy(bool busy);

    KeyStep *m_key;
    RelayStep *m_relay;
    SenderStep *m_sender;
    QStackedWidget *m_steps;
    QLabel *m_where;
    QProgressBar *m_busy;
    QPushButton *m_back;
    QPushButton *m_next;
};

} // namespace longcode::settings
