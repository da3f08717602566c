#pragma once

#include "desk/account.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace longcode::settings {

class Preferences;

/// Appearance, the key that sends, and what is known about the open account. UI thread.
class SettingsPage : public QWidget {
    Q_OBJECT
public:
    explicit SettingsPage(Preferences &preferences, QWidget *parent = nullptr);

    /// The account whose senders and relay are shown; null: none is open. It must be taken away before it
    /// dies.
    void setAccount(desk::Account *account);

private:
    QWidget *buildAppearance();
    QWidget *buildAccount();
    void showAccount();

    Preferences &m_preferences;
    desk::Account *m_account = nullptr;
    QComboBox *m_appearance = nullptr;
    QComboBox *m_sendKey = nullptr;
    QWidget *m_accountCard = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_relay = nullptr;
    QLabel *m_publicUrl = nullptr;
    QListWidget *m_senders = nullptr;
};

/// "Connected", "Lost: …": a relay's condition in words.
[[nodiscard]] QString relayInWords(const desk::RelayStatus &relay);

} // namespace longcode::settings
