#pragma once

#include "settings/setup_step.h"

class QFormLayout;
class QLineEdit;
class QRadioButton;

namespace longcode::settings {

/// Asks where the relay is: one to start here, or one that runs somewhere. UI thread.
class RelayStep : public SetupStep {
    Q_OBJECT
public:
    explicit RelayStep(desk::AccountSetup &setup, QWidget *parent = nullptr);

    void submit() override;
    [[nodiscard]] const desk::RelayChoice &choice() const { return m_choice; }
    void forget();

private:
    QWidget *buildHere();
    QWidget *buildElsewhere();
    void showChoice();
    /// Nothing, after a sentence, when a field is wrong.
    [[nodiscard]] std::optional<desk::RelayChoice> readHere();
    [[nodiscard]] std::optional<desk::RelayChoice> readElsewhere();

    desk::AccountSetup &m_setup;
    desk::RelayChoice m_choice;
    QRadioButton *m_here;
    QRadioButton *m_elsewhere;
    QWidget *m_hereFields;
    QWidget *m_elsewhereFields;
    QLineEdit *m_publicKey = nullptr;
    QLineEdit *m_listen = nullptr;
    QLineEdit *m_publicUrl = nullptr;
    QLineEdit *m_address = nullptr;
    QLineEdit *m_token = nullptr;
};

} // namespace longcode::settings
