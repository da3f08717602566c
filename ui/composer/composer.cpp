#include "composer/composer.h"

#include "base/when_finished.h"
#include "composer/composer_edit.h"
#include "composer/emoji_picker.h"
#include "composer/note_editor.h"
#include "composer/quiet_notice.h"
#include "composer/sender_button.h"
#include "composer/sender_change.h"
#include "style/banner.h"
#include "team/presence_line.h"
#include "team/send_guard_bar.h"

#include <QPushButton>

namespace longcode::composer {

Composer::~Composer() {
    // It is the window's child, and must not call or be seen any more.
    if (m_cannedPopup)
        m_cannedPopup->disconnect(this);
    delete m_cannedPopup;
    if (m_emojiPicker)
        m_emojiPicker->disconnect(this);
    delete m_emojiPicker;
}

void Composer::open(const desk::Conversation &conversation) {
    leaveConversation();
    m_conversation = conversation;
    m_refusal = {};
    m_quiet->forgetKind();
    learnTerms();
    learnSpelling();
    const auto pending = m_pending.constFind(conversation.id);
    load(pending == m_pending.cend() ? m_outbox.draft(conversation.id) : pending->typedSince);
    m_edit->setEnabled(true);
    m_note->open(conversation.id);
    m_presence->show(conversation.id);
    setMode(ComposerMode::Reply);
    showSign();
    showHeld();
    showQuiet();
    tellActivity();
}

void Composer::refresh(const desk::Conversation &conversation) {
    if (!m_conversation || !(m_conversation->id == conversation.id)) {
        open(conversation);
        return;
    }
    m_conversation = conversation;
    forgetWhatIsOver();
    learnTerms();
    learnSpelling();
    m_figures = figuresOf(text(), m_terms);
    showFigures();
    showSign();
    showQuiet();
}

void Composer::close() {
    leaveConversation();
    if (m_conversation)
        m_team.setActivity(m_conversation->id, desk::TeamActivity::None);
    m_conversation.reset();
    m_obstacle.reset();
    m_refusal = {};
    load({});
    m_edit->setEnabled(false);
    m_note->open({});
    m_presence->show({});
    setMode(ComposerMode::Reply);
    showSign();
    showHeld();
    showQuiet();
}

void Composer::setSendKey(SendKey key) {
    m_edit->setSendKey(key);
    m_note->setSendKey(key);
    m_send->setToolTip(key == SendKey::Enter ? tr("Enter sends, Shift+Enter begins a new line")
                                             : tr("Ctrl+Enter sends, Enter begins a new line"));
}

QString Composer::text() const {
    return m_edit->toPlainText();
}

void Composer::setText(const QString &text) {
    setMode(ComposerMode::Reply);
    QTextCursor cursor(m_edit->document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    m_edit->moveCursor(QTextCursor::End);
    focusText();
}

void Composer::focusText() {
    if (m_mode == ComposerMode::Note)
        m_note->focusText();
    else
        m_edit->setFocus(Qt::OtherFocusReason);
}

void Composer::load(const QString &text) {
    m_loading = true;
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
    m_loading = false;
}

void Composer::learnTerms() {
    m_sender->setCurrent(m_conversation->own);
    const std::optional<desk::Sender> sender = m_sender->currentSender();
    m_terms.kind = sender ? sender->kind : desk::senderKind(m_conversation->own);
    m_terms.smartEncoding = sender && sender->smartEncoding;
    m_terms.profileName = sender ? sender->profileName : QString();
    m_terms.fullAlphabet = m_account.countsFullAlphabet();
    m_terms.price = m_outbox.priceEstimate(m_conversation->own, m_conversation->peer);
    // What stands in the way of any text, not of this one.
    m_obstacle = m_outbox.obstacle(m_conversation->id, QStringLiteral("x"));
}

void Composer::textChanged() {
    const QString now = text();
    m_figures = figuresOf(now, m_terms);
    if (!m_loading)
        m_refusal = {};
    if (!m_loading && m_conversation) {
        const auto pending = m_pending.find(m_conversation->id);
        if (pending == m_pending.end())
            m_outbox.keepDraft(m_conversation->id, now);
        else
            pending->typedSince = now;
        answerQuestion();
        m_fill->sourceChanged();
        m_scheduledBar->hide();
        m_typing = !now.isEmpty();
        m_typingPause.start();
        tellActivity();
    }
    showTrap();
    showFigures();
}

/// Whether a text may leave; says why not.
bool Composer::isReady(const QString &written) {
    if (const std::optional<desk::SendProblem> problem = m_outbox.obstacle(m_conversation->id, written)) {
        // Too long is said already, and more exactly.
        if (problem->kind != desk::SendProblemKind::TooManySegments || !m_figures.excess)
            refuse(problem->sentence);
        return false;
    }
    if (const std::optional<Failure> left = desk::unexpanded(written)) {
        refuse(*left);
        fillIn(written, CannedFill::Purpose::Replace);
        return false;
    }
    return true;
}

void Composer::send() {
    if (!m_conversation)
        return;
    if (!m_guard->isHidden()) {
        m_guard->takeKeyboard(); // a second click is no answer to the question
        return;
    }
    const QString written = text();
    if (isReady(written) && !mustAsk())
        hand(m_conversation->id, written, {});
}

/// `at`: when it is to leave; invalid: now.
void Composer::hand(desk::ConversationId id, const QString &written, const QDateTime &at) {
    const bool shown = m_conversation && m_conversation->id == id;
    const QString now = writtenIn(id);
    // Written while the person was asked for a time: that stays.
    const QString rest = now == written ? QString() : now;
    Pending &pending = m_pending[id];
    ++pending.sends;
    pending.typedSince = rest;
    const auto future = at.isValid() ? m_schedule->schedule(id, written, at) : m_outbox.send(id, written);
    whenFinished(future, this, [this, id, written, at](const SendAnswer &answer) {
        sendAnswered(id, written, at, answer);
    });
    if (!shown)
        return;
    m_refusal = {};
    dropQuestion();
    load(rest);
    stopTyping();
}

void Composer::sendAnswered(desk::ConversationId id, const QString &written, const QDateTime &at,
                            const SendAnswer &answer) {
    const auto pending = m_pending.find(id);
    const QString since = pending->typedSince;
    if (--pending->sends == 0)
        m_pending.erase(pending);
    if (answer) {
        if (!since.isEmpty() && !m_pending.contains(id))
            m_outbox.keepDraft(id, since);
        accepted(id, written, at, *answer);
        return;
    }
    const bool shown = m_conversation && m_conversation->id == id;
    if (shown)
        dropQuestion(); // nobody has answered it by typing
    putBack(id, written, since);
    if (shown)
        refuse(answer.error().sentence);
}

/// A text that did not leave stands before what was typed since.
void Composer::putBack(desk::ConversationId id, const QString &written, const QString &since) {
    const QString back = since.isEmpty() ? written : written + u'\n' + since;
    if (m_conversation && m_conversation->id == id) {
        setText(back);
        return;
    }
    const auto pending = m_pending.find(id);
    if (pending != m_pending.end())
        pending->typedSince = back; // the next answer must not forget it
    m_outbox.keepDraft(id, back);
}

void Composer::refuse(const Failure &sentence) {
    m_refusal = sentence;
    showProblems();
}

} // namespace longcode::composer
