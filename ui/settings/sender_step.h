#pragma once

#include "settings/setup_step.h"

class QLineEdit;
class QListWidget;

namespace longcode::settings {

/// Lists the account's numbers to choose the usual sender, names the account, and saves all. UI thread.
class SenderStep : public SetupStep {
    Q_OBJECT
public:
    explicit SenderStep(desk::AccountSetup &setup, QWidget *parent = nullptr);

    void setSenders(const QList<desk::Sender> &senders);
    /// Key and relay; name, sender and home are filled in by this step.
    void setDraft(const desk::AccountDraft &draft) { m_draft = draft; }
    void submit() override;
    void forget();

private:
    desk::AccountSetup &m_setup;
    desk::AccountDraft m_draft;
    QList<desk::Sender> m_senders;
    QListWidget *m_list;
    QLineEdit *m_name;
};

} // namespace longcode::settings
