#include "base/when_finished.h"
#include "composer/composer.h"
#include "inbox/contact_panel.h"
#include "inbox/conversation_header.h"
#include "inbox/conversation_list_pane.h"
#include "inbox/conversation_view.h"
#include "inbox/conversation_words.h"
#include "inbox/reading_pane.h"
#include "settings/page_parts.h"
#include "shell/inbox_page.h"
#include "style/banner.h"
#include "style/plain_text.h"

#include <QAction>
#include <QGuiApplication>
#include <QStackedWidget>

// Opening conversations, and what is done with single messages.
namespace longcode::shell {

inbox::ConversationView &InboxPage::view() {
    return m_reading->view();
}

void InboxPage::connectReading() {
    using inbox::ConversationView;
    connect(&view(), &ConversationView::editAndResendRequested, this, &InboxPage::editAndResend);
    connect(&view(), &ConversationView::sendAgainRequested, this, &InboxPage::sendAgain);
    connect(&view(), &ConversationView::lookUpRequested, this, &InboxPage::lookUp);
    connect(&view(), &ConversationView::cancelScheduledRequested, this, &InboxPage::cancelScheduled);
    connect(&view(), &ConversationView::takeBackRequested, this, &InboxPage::takeBack);
    connect(&view(), &ConversationView::settingsRequested, this, &InboxPage::settingsRequested);
    connect(&view(), &ConversationView::senderChangeRequested, this, [this](const desk::Message &message) {
        if (message.conversation.isValid() && message.conversation != m_current)
            openConversation(message.conversation);
        m_composer->chooseSender();
    });
    connect(&view(), &ConversationView::settlementChosen, this,
            [this](desk::MessageRow row, desk::Settlement settlement) {
                m_console.outbox().settle(row, settlement);
            });
    connect(m_reading, &inbox::ReadingPane::replyRequested, m_composer, &composer::Composer::focusText);
    connect(m_list, &inbox::ConversationListPane::replyRequested, m_composer, &composer::Composer::focusText);
}

void InboxPage::openConversation(desk::ConversationId id) {
    const std::optional<desk::Conversation> conversation = m_console.inbox().conversation(id);
    if (!conversation)
        return;
    showConversation(*conversation);
    m_reading->open(id);
    m_composer->focusText();
}

/// Whoever clicks wants to answer; whoever walks with the arrows wants to go on.
void InboxPage::chooseConversation(desk::ConversationId id) {
    const std::optional<desk::Conversation> conversation = m_console.inbox().conversation(id);
    if (!conversation)
        return;
    showConversation(*conversation);
    m_reading->open(id);
    if (QGuiApplication::mouseButtons() == Qt::LeftButton)
        m_composer->focusText();
}

void InboxPage::openMessage(desk::ConversationId id, desk::MessageRow message) {
    const std::optional<desk::Conversation> conversation = m_console.inbox().conversation(id);
    if (!conversation)
        return;
    if (!(id == m_current))
        showConversation(*conversation);
    m_reading->openAt(id, message);
}

void InboxPage::showConversation(const desk::Conversation &conversation) {
    m_current = conversation.id;
    m_list->select(conversation.id);
    m_header->show(conversation.id);
    m_composer->open(conversation);
    m_details->show(conversation.id);
    m_middle->setCurrentIndex(1);
    m_noteAction->setEnabled(true);
    Q_EMIT conversationShown(conversation.id);
}

void InboxPage::say(const QString &words) {
    m_refusal->setText(words);
    m_refusal->show();
}

void InboxPage::complain(const Failure &why) {
    say(settings::inOneLine(why));
}

void InboxPage::editAndResend(const desk::Message &message) {
    // The person may be reading somebody else by now, and may have begun to write.
    addToAnswer(message.conversation.isValid() ? message.conversation : m_current, message.text);
}

void InboxPage::addToAnswer(desk::ConversationId id, const QString &text) {
    if (id != m_current)
        openConversation(id);
    const bool shown = id == m_current;
    const QString there = shown ? m_composer->text() : m_console.outbox().draft(id);
    // A send that failed may have put it there.
    const bool stands = there == text || there.endsWith(u'\n' + text);
    const QString both = stands ? there : there.isEmpty() ? text : there + u'\n' + text;
    if (shown) {
        m_composer->setText(both);
        return;
    }
    m_console.outbox().keepDraft(id, both);
    say(tr("Your answer was not sent, and its conversation cannot be shown now. It is kept as the draft "
           "there."));
}

void InboxPage::sendAgain(const desk::Message &message) {
    m_console.outbox().settle(message.row, desk::Settlement::SendAgain);
}

void InboxPage::lookUp(desk::MessageRow message) {
    const desk::ConversationId id = m_current;
    whenFinished(m_console.diagnoses().lookUp(message), this,
                 [this, id](const Result<QString, Failure> &found) {
                     const QString words = found ? *found : settings::inOneLine(found.error());
                     const auto conversation = m_console.inbox().conversation(id);
                     if (id == m_current || !conversation)
                         say(words);
                     else
                         say(tr("%1: %2", "customer, and what became of a text")
                                 .arg(style::isolated(inbox::displayName(*conversation,
                                                                         m_console.account().homeRegion())),
                                      words));
                 });
}

void InboxPage::cancelScheduled(desk::MessageRow message) {
    whenFinished(m_console.schedule().cancel(message), this, [this](const Result<bool, Failure> &cancelled) {
        if (!cancelled)
            complain(cancelled.error());
    });
}

void InboxPage::takeBack(const desk::Message &message) {
    m_composer->takeBack(message.conversation.isValid() ? message.conversation : m_current, message.row);
}

} // namespace longcode::shell
