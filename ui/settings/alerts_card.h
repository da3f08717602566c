#pragma once

#include "desk/account.h"
#include "desk/alerts.h"

#include <QPointer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace longcode::settings {

class Preferences;

/// How loudly texts to each of our numbers are told, and whether the console stays in the tray. UI thread.
class AlertsCard final : public QWidget {
    Q_OBJECT
public:
    explicit AlertsCard(Preferences &preferences, QWidget *parent = nullptr);

    /// Null: no console is open. Both must be taken away before they die.
    void setAlerts(desk::Alerts *alerts, desk::Account *account);

private:
    void showRules();
    void addRule(const desk::Sender &sender, int place);
    QCheckBox *addChoice(QVBoxLayout *column, const QString &text, const QString &objectName, bool on,
                         bool desk::AlertRule::*which, const phone::Address &own);

    desk::Alerts *m_alerts = nullptr;
    desk::Account *m_account = nullptr;
    QVBoxLayout *m_column = nullptr;
    QWidget *m_rules = nullptr; ///< made anew when the senders change
    QLabel *m_none = nullptr;
};

} // namespace longcode::settings
