#include "composer/canned_popup.h"
#include "composer/composer.h"
#include "composer/composer_edit.h"
#include "composer/emoji_picker.h"
#include "composer/note_editor.h"
#include "composer/sender_change.h"
#include "style/banner.h"
#include "team/send_guard_bar.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QEvent>
#include <QLocale>

#include <algorithm>

// What the composer does for a team: notes, canned replies, presence, and the question before a send.
namespace longcode::composer {

namespace {

/// The same thing to ask about. Of somebody who is typing or has claimed it, the moment says nothing new.
bool isSameFact(const desk::AnswerQuestion &a, const desk::AnswerQuestion &b) {
    if (!a.key.isEmpty() && !b.key.isEmpty())
        return a.reason == b.reason && a.key == b.key;
    return a.reason == b.reason && a.name == b.name &&
           (a.reason != desk::AnswerReason::Answered || a.when == b.when);
}

} // namespace

void Composer::setMode(ComposerMode mode) {
    m_mode = mode;
    m_modes->button(int(mode))->setChecked(true);
    if (mode == ComposerMode::Note)
        dropQuestion();
    showParts();
}

bool Composer::mustAsk() {
    const desk::ConversationId id = m_conversation->id;
    forgetWhatIsOver();
    const std::optional<desk::AnswerQuestion> question = m_team.answerCheck(id);
    if (!question)
        return false;
    const QList<desk::AnswerQuestion> asked = m_asked.value(id);
    const bool known = std::any_of(asked.cbegin(), asked.cend(), [&](const desk::AnswerQuestion &earlier) {
        return isSameFact(earlier, *question);
    });
    if (known)
        return false;
    m_question = question;
    m_guard->ask(*question);
    return true;
}

/// Somebody who has stopped typing, or has let the conversation go, may be asked about again.
void Composer::forgetWhatIsOver() {
    const auto asked = m_conversation ? m_asked.find(m_conversation->id) : m_asked.end();
    if (asked == m_asked.end())
        return;
    const QList<desk::Colleague> there = m_team.colleagues(m_conversation->id);
    asked->removeIf([&](const desk::AnswerQuestion &question) {
        switch (question.reason) {
        case desk::AnswerReason::Answering:
            return !there.contains({question.name, desk::TeamActivity::Answering});
        case desk::AnswerReason::Claimed:
            return !m_conversation->claim || m_conversation->claim->assignee != question.name;
        case desk::AnswerReason::Answered:
            return false;
        }
        return false;
    });
}

/// A person has seen the question and decided, by a button or by writing on.
void Composer::answerQuestion() {
    if (m_guard->isHidden())
        return;
    if (m_question && m_conversation)
        m_asked[m_conversation->id].append(*m_question);
    m_question.reset();
    const bool hadKeyboard = m_guard->isAncestorOf(window()->focusWidget());
    m_guard->hide();
    if (hadKeyboard)
        focusText();
}

/// The question goes away unanswered, and may be asked again.
void Composer::dropQuestion() {
    m_question.reset();
    m_guard->hide();
}

/// What was opened over the conversation shown goes with it, before another one is.
void Composer::leaveConversation() {
    if (m_cannedPopup)
        m_cannedPopup->dismiss();
    if (m_emojiPicker)
        m_emojiPicker->dismiss();
    m_fill->dismiss();
    m_senderChange->hide();
    m_scheduledBar->hide();
    dropQuestion();
    m_typing = false;
    m_typingPause.stop();
}

void Composer::stopTyping() {
    m_typing = false;
    m_typingPause.stop();
    tellActivity();
}

void Composer::learnCanned() {
    m_hasCanned = !m_team.cannedReplies().isEmpty();
    showParts();
}

void Composer::tellActivity() {
    if (!m_conversation)
        return;
    const bool seen = isVisible() && !window()->isMinimized();
    const desk::TeamActivity activity = !seen ? desk::TeamActivity::None
                                        : m_typing && m_mode == ComposerMode::Reply
                                            ? desk::TeamActivity::Answering
                                            : desk::TeamActivity::Viewing;
    m_team.setActivity(m_conversation->id, activity);
}

void Composer::offerCannedReplies() {
    openCanned(CannedPopup::Opener::Person);
}

void Composer::openCanned(CannedPopup::Opener opener) {
    if (!m_conversation || isOptedOut())
        return;
    setMode(ComposerMode::Reply);
    if (!m_cannedPopup) {
        m_cannedPopup = new CannedPopup(m_team, window());
        connect(m_cannedPopup, &CannedPopup::chosen, this, &Composer::insertCanned);
        connect(m_cannedPopup, &CannedPopup::left, this,
                [this](const QString &typed) { m_edit->textCursor().insertText(typed); });
    }
    m_fill->dismiss();
    m_cannedPopup->open(m_field, m_terms, cannedValues(), opener);
}

desk::CannedValues Composer::cannedValues() const {
    return desk::cannedValues(*m_conversation, m_team.isTeam() ? m_team.name() : QString(), m_clock.now(),
                              QLocale());
}

void Composer::insertCanned(const QString &text) {
    const desk::CannedExpansion expansion = desk::expand(text, cannedValues());
    if (expansion.missing.isEmpty())
        insertText(expansion.text);
    else
        fillIn(text, CannedFill::Purpose::Insert);
}

void Composer::fillIn(const QString &text, CannedFill::Purpose purpose) {
    if (!desk::variablesIn(text).isEmpty())
        m_fill->ask(text, cannedValues(), m_terms, purpose);
}

void Composer::takeFilled(const QString &text, CannedFill::Purpose purpose) {
    if (purpose == CannedFill::Purpose::Replace)
        setText(text);
    else
        insertText(text);
}

void Composer::insertText(const QString &text) {
    m_edit->textCursor().insertText(text);
    m_edit->ensureCursorVisible();
    focusText();
}

void Composer::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    window()->installEventFilter(this);
    tellActivity();
}

void Composer::hideEvent(QHideEvent *event) {
    QWidget::hideEvent(event);
    tellActivity();
}

bool Composer::eventFilter(QObject *watched, QEvent *event) {
    // Who looks elsewhere is not answering, whatever was typed a moment ago.
    if (watched == window() &&
        (event->type() == QEvent::WindowDeactivate || event->type() == QEvent::WindowStateChange))
        stopTyping();
    return QWidget::eventFilter(watched, event);
}

} // namespace longcode::composer
