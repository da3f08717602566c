#pragma once

#include "desk/account.h"
#include "desk/inbox.h"
#include "style/panel.h"

class QPushButton;
class QScrollArea;

namespace longcode::inbox {

class FactList;

/// The right pane: what is known about the customer, whether they may be texted, what we answer from, and the
/// state of the relay.
class ContactPanel final : public style::Panel {
    Q_OBJECT
public:
    /// Both outlive the panel.
    ContactPanel(desk::Inbox &inbox, desk::Account &account, QWidget *parent = nullptr);

    /// An invalid id shows only the relay.
    void show(desk::ConversationId id);
    using QWidget::show;

Q_SIGNALS:
    /// A person wants to change what is known about the customer.
    void editRequested(const longcode::phone::Address &customer);

private:
    void makeFacts();
    void refresh();
    void showContact(const desk::Conversation &conversation);
    void showConsent(const desk::Conversation &conversation);
    void showSender(const desk::Conversation &conversation);

    desk::Inbox &m_inbox;
    desk::Account &m_account;
    desk::ConversationId m_id;
    QPushButton *m_edit;
    QScrollArea *m_scroll;
    FactList *m_facts;
};

} // namespace longcode::inbox
