#pragma once

#include "desk/account.h"
#include "desk/inbox.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace longcode::shell {

/// Asks whom to text and from which number, and begins the conversation. Says live how the number is
/// understood; a problem stands at the field, in a sentence. Account and inbox outlive it. UI thread.
class NewConversationDialog : public QDialog {
    Q_OBJECT
public:
    /// `usual`: the sender that is preselected, if the account has it.
    NewConversationDialog(desk::Account &account, desk::Inbox &inbox, const phone::Address &usual,
                          QWidget *parent = nullptr);

Q_SIGNALS:
    /// The conversation exists; the dialog is closed.
    void begun(longcode::desk::ConversationId conversation);

private:
    void build();
    void fillSenders(const phone::Address &usual);
    void showNumber();
    void say(const QString &sentence, bool isProblem);
    void begin();

    desk::Account &m_account;
    desk::Inbox &m_inbox;
    QLineEdit *m_number;
    QLabel *m_understood;
    QComboBox *m_sender;
    QPushButton *m_begin;
};

} // namespace longcode::shell
