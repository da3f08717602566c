#pragma once

#include "settings/setup_step.h"

class QLineEdit;

namespace longcode::settings {

/// Asks for the API key and tries it with one read-only call. The key stays in the field and in the draft; it
/// is never shown, logged or put into a sentence. UI thread.
class KeyStep : public SetupStep {
    Q_OBJECT
public:
    explicit KeyStep(desk::AccountSetup &setup, QWidget *parent = nullptr);

    void submit() override;
    /// The key that was accepted, and what its account may send from.
    [[nodiscard]] const QString &key() const { return m_key; }
    [[nodiscard]] const QList<desk::Sender> &senders() const { return m_senders; }
    void forget();

private:
    void learned(const Result<QList<desk::Sender>, Failure> &answer, const QString &key);

    desk::AccountSetup &m_setup;
    QLineEdit *m_field;
    QString m_key;
    QList<desk::Sender> m_senders;
};

} // namespace longcode::settings
