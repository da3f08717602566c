#include "settings/sender_step.h"

#include "base/when_finished.h"
#include "composer/field_frame.h"
#include "composer/sender_button.h"
#include "settings/page_parts.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace longcode::settings {

SenderStep::SenderStep(desk::AccountSetup &setup, QWidget *parent)
    : SetupStep(
          tr("Sender"),
          tr("Which number do you usually text from? You can choose another one in every conversation."),
          parent)
    , m_setup(setup)
    , m_list(plainList(QStringLiteral("senderList"), tr("Numbers of this account"), this))
    , m_name(new QLineEdit(this)) {
    setObjectName(QStringLiteral("senderStep"));
    auto *numbers = new QLabel(tr("&Numbers of this account"), this);
    numbers->setBuddy(m_list);
    auto *name = new QLabel(tr("Na&me of the account, as you call it"), this);
    name->setBuddy(m_name);
    m_name->setObjectName(QStringLiteral("accountNameField"));
    m_name->setAccessibleName(tr("Name of the account"));
    m_name->setText(tr("My account"));
    m_name->setMaxLength(80);
    column().addWidget(numbers);
    column().addWidget(new composer::FieldFrame(m_list, this));
    column().addWidget(name);
    column().addWidget(m_name);
    connect(m_name, &QLineEdit::textEdited, this, &SenderStep::clearProblem);
    setFocusProxy(m_list);
}

void SenderStep::setSenders(const QList<desk::Sender> &senders) {
    m_senders = senders;
    m_list->clear();
    for (const desk::Sender &sender : senders) {
        auto *item = new QListWidgetItem(composer::senderInWords(sender), m_list);
        if (!sender.profileEnabled) {
            item->setText(tr("%1 (profile switched off)").arg(item->text()));
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
        } else if (m_list->currentRow() < 0) {
            m_list->setCurrentItem(item);
        }
    }
}

void SenderStep::submit() {
    if (isBusy())
        return;
    const int row = m_list->currentRow();
    if (row < 0 || !m_senders[row].profileEnabled) {
        refuse({tr("No sender is chosen."), tr("Choose a number from the list.")}, m_list);
        return;
    }
    m_draft.name = m_name->text().trimmed();
    if (m_draft.name.isEmpty()) {
        refuse({tr("The account needs a name."), tr("Any name will do; only you see it.")}, m_name);
        return;
    }
    m_draft.sender = m_senders[row].address;
    m_draft.home = m_draft.sender.region().value_or(phone::Region{QStringLiteral("US")});
    const int question = ask();
    whenFinished(m_setup.save(m_draft), this, [this, question](const Result<bool, Failure> &answer) {
        if (!answered(question))
            return;
        if (!answer)
            refuse(answer.error(), m_list);
        else
            Q_EMIT passed();
    });
}

void SenderStep::forget() {
    abandon();
    m_draft = {};
    setSenders({});
}

} // namespace longcode::settings
