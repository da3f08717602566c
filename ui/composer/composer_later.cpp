#include "base/when_finished.h"
#include "composer/composer.h"
#include "composer/composer_edit.h"
#include "composer/later.h"
#include "composer/quiet_notice.h"
#include "composer/send_later_dialog.h"
#include "composer/undo_bar.h"
#include "style/banner.h"

#include <QTimeZone>

// What happens to a text between the button and its leaving: taking it back, and sending it later.
namespace longcode::composer {

namespace {

std::optional<QByteArray> zoneOfContact(const desk::Conversation &conversation) {
    return conversation.zone.isEmpty() ? std::nullopt : std::optional(conversation.zone);
}

} // namespace

void Composer::accepted(desk::ConversationId id, const QString &written, const QDateTime &at,
                        desk::MessageRow row) {
    if (at.isValid()) {
        if (m_conversation && m_conversation->id == id)
            showScheduled({id, row, written}, at);
        Q_EMIT scheduled(id, row);
        return;
    }
    hold(id, row);
    Q_EMIT sent(id, row);
}

void Composer::hold(desk::ConversationId id, desk::MessageRow row) {
    const std::chrono::seconds window = m_outbox.undoWindow();
    if (window.count() <= 0)
        return;
    m_held[id] = {row, m_clock.now().addSecs(window.count())};
    showHeld();
}

void Composer::showHeld() {
    const auto held = m_conversation ? m_held.constFind(m_conversation->id) : m_held.cend();
    if (held == m_held.cend()) {
        m_undo->stop();
        enableActions();
        return;
    }
    m_undo->countDown(held->until);
    enableActions();
}

void Composer::undoSend() {
    if (m_conversation && m_held.contains(m_conversation->id))
        takeBack(m_conversation->id, m_held.value(m_conversation->id).row);
}

void Composer::takeBack(desk::ConversationId id, desk::MessageRow row) {
    if (m_held.contains(id) && m_held.value(id).row == row)
        m_held.remove(id);
    showHeld();
    whenFinished(m_outbox.takeBack(row), this, [this, id](const Result<QString, desk::SendProblem> &answer) {
        if (!answer) {
            if (m_conversation && m_conversation->id == id)
                refuse(answer.error().sentence);
            return;
        }
        const QString since = writtenIn(id);
        // The outbox may have made it the draft already.
        putBack(id, *answer, since == *answer ? QString() : since);
    });
}

/// What a person has written in a conversation and not sent.
QString Composer::writtenIn(desk::ConversationId id) const {
    if (m_conversation && m_conversation->id == id)
        return text();
    const auto pending = m_pending.constFind(id);
    return pending == m_pending.cend() ? m_outbox.draft(id) : pending->typedSince;
}

void Composer::sendLater() {
    if (!m_schedule || !m_conversation || isOptedOut() || m_mode != ComposerMode::Reply)
        return;
    const QString written = text();
    if (!isReady(written))
        return;
    auto *dialog =
        new SendLaterDialog(*m_schedule, m_clock, {*m_conversation, written, {}, m_quiet->kind()}, this);
    connect(dialog, &SendLaterDialog::chosen, this,
            [this, id = m_conversation->id](const QDateTime &at, const QString &chosenText) {
                hand(id, chosenText, at); // whatever is shown by now
            });
    dialog->open();
}

/// By one click, for a moment that was offered.
void Composer::scheduleFor(const QDateTime &at) {
    const QString written = text();
    if (!m_schedule || !m_conversation || !isReady(written))
        return;
    if (m_schedule->obstacle(at))
        sendLater();
    else
        hand(m_conversation->id, written, at);
}

void Composer::showScheduled(const ScheduledText &scheduledText, const QDateTime &at) {
    m_lastScheduled = scheduledText;
    QString words =
        tr("It leaves on %1.").arg(bothClocks(at, zonesOf(*m_conversation).first(), m_clock.now()));
    if (m_schedule->wouldBeKeptHere(at))
        words += u' ' + tr("Until Telnyx takes it, it is kept on this computer: Longcode must be running.");
    m_scheduledBar->setText(words);
    m_scheduledBar->show();
    showParts();
}

/// The text comes back when it is certain that it will not be sent.
void Composer::unschedule() {
    m_scheduledBar->hide();
    const std::optional<ScheduledText> last = std::exchange(m_lastScheduled, std::nullopt);
    if (!last)
        return;
    whenFinished(m_schedule->cancel(last->row), this,
                 [this, last = *last](const Result<bool, Failure> &answer) {
                     if (answer)
                         putBack(last.conversation, last.text, writtenIn(last.conversation));
                     else if (m_conversation && m_conversation->id == last.conversation)
                         refuse(answer.error());
                 });
}

void Composer::showQuiet() {
    rules::QuietVerdict verdict;
    const QDateTime now = m_clock.now();
    if (m_conversation)
        verdict = rules::quietAt(m_conversation->peer, now, zoneOfContact(*m_conversation), m_quiet->kind());
    if (!m_schedule)
        verdict.nextAllowed = {}; // then there is nothing to offer
    m_quiet->say(verdict, now);
    showParts();
}

} // namespace longcode::composer
