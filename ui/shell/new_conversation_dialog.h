#pragma once

#include "desk/account.h"
#include "desk/inbox.h"

#include <QDialog>
#include <QTimer>

#include <chrono>

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

    /// As if a person had typed it.
    void setNumber(const phone::Address &number);

    /// An account without numbers says nothing when they are read: after this long there are none.
    void setPatience(std::chrono::milliseconds patience) { m_patience.start(patience); }

Q_SIGNALS:
    /// The conversation exists; the dialog is closed.
    void begun(longcode::desk::ConversationId conversation);

private:
    void build();
    void fillSenders(const phone::Address &usual);
    void showNumber();
    void say(const QString &sentence, bool isProblem);
    void begin();
    [[nodiscard]] QString noSenderWords() const;

    desk::Account &m_account;
    desk::Inbox &m_inbox;
    QLineEdit *m_number;
    QLabel *m_understood;
    QComboBox *m_sender;
    QPushButton *m_begin;
    QTimer m_patience; ///< runs while the numbers may still be on their way
};

} // namespace longcode::shell
