#pragma once

#include "desk/account.h"
#include "desk/team.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace longcode::desk {
class Alerts;
class Backups;
class Outbox;
} // namespace longcode::desk

namespace longcode::settings {

class AlertsCard;
class BackupsCard;
class CannedCard;
class Preferences;

/// Appearance, the key that sends, what is known about the open account, and the team's canned replies. UI
/// thread.
class SettingsPage : public QWidget {
    Q_OBJECT
public:
    explicit SettingsPage(Preferences &preferences, QWidget *parent = nullptr);

    /// The account and the team that are shown; null: none is open. They must be taken away before they die.
    void setAccount(desk::Account *account, desk::Team *team);
    /// The same of how texts are told of, sent, and backed up.
    void setDesk(desk::Alerts *alerts, desk::Outbox *outbox, desk::Backups *backups = nullptr);

private:
    QWidget *buildAppearance();
    QWidget *buildWriting();
    QWidget *buildAccount();
    QWidget *buildAlphabet();
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
    QCheckBox *m_alphabet = nullptr;
    QVBoxLayout *m_writing = nullptr;
    QWidget *m_undo = nullptr; ///< while a console is open
    AlertsCard *m_alertsCard = nullptr;
    BackupsCard *m_backupsCard = nullptr;
    CannedCard *m_cannedCard = nullptr;
};

/// "Connected", "Lost: …": a relay's condition in words.
[[nodiscard]] QString relayInWords(const desk::RelayStatus &relay);

} // namespace longcode::settings
