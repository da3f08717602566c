#include "settings/key_step.h"

#include "base/when_finished.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace longcode::settings {

KeyStep::KeyStep(desk::AccountSetup &setup, QWidget *parent)
    : SetupStep(tr("API key"),
                tr("Create a key in the Telnyx portal under “API keys” and paste it here. It is tried with "
                   "one call "
                   "that only reads, then kept in this computer's keychain and nowhere else."),
                parent)
    , m_setup(setup)
    , m_field(new QLineEdit(this)) {
    setObjectName(QStringLiteral("keyStep"));
    auto *label = new QLabel(tr("API &key"), this);
    label->setBuddy(m_field);
    m_field->setObjectName(QStringLiteral("apiKeyField"));
    m_field->setAccessibleName(tr("API key"));
    m_field->setEchoMode(QLineEdit::Password);
    m_field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
    m_field->setPlaceholderText(tr("KEY…"));
    column().addWidget(label);
    column().addWidget(m_field);
    connect(m_field, &QLineEdit::textEdited, this, &KeyStep::clearProblem);
    setFocusProxy(m_field);
}

void KeyStep::submit() {
    if (isBusy())
        return;
    const QString key = m_field->text().trimmed();
    if (key.isEmpty()) {
        refuse({tr("The API key is missing."), tr("Paste it from the portal.")}, m_field);
        return;
    }
    for (const QChar c : key) {
        if (c.unicode() > 0x7e || c.unicode() < 0x21) {
            refuse({tr("This is not an API key: it has spaces or characters that no key has."),
                    tr("Copy the key once more, by itself.")},
                   m_field);
            return;
        }
    }
    const int question = ask();
    whenFinished(m_setup.checkKey(key), this,
                 [this, question, key](const Result<QList<desk::Sender>, Failure> &answer) {
                     if (answered(question))
                         learned(answer, key);
                 });
}

void KeyStep::learned(const Result<QList<desk::Sender>, Failure> &answer, const QString &key) {
    if (!answer) {
        refuse(answer.error(), m_field);
        return;
    }
    if (answer->isEmpty()) {
        refuse({tr("The key is right, but this account has no number with messaging."),
                tr("Assign a number to a messaging profile in the portal, then try again.")},
               m_field);
        return;
    }
    m_key = key;
    m_senders = *answer;
    Q_EMIT passed();
}

void KeyStep::forget() {
    abandon();
    m_field->clear();
    m_key.clear();
    m_senders.clear();
}

} // namespace longcode::settings
