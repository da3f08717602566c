#include "shell/demo.h"

#include "base/when_finished.h"
#include "composer/composer.h"
#include "shell/inbox_page.h"
#include "shell/main_window.h"

#include <QAbstractItemModel>

namespace longcode::shell {

namespace {

/// Maya Torres of the sandbox, who asks back when she is greeted.
const QString customer = QStringLiteral("+14155550111");
const QString customerName = QStringLiteral("Maya Torres");
const QString greeting = QStringLiteral("Hello Maya, this is Acme. Your order 4521 ships today.");

} // namespace

Demo::Demo(MainWindow &window, const Clock &clock, Print print, QObject *parent)
    : QObject(parent), m_window(window), m_clock(clock), m_print(std::move(print)) {
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { end(howFar()); });
}

void Demo::start(const std::shared_ptr<desk::Console> &console) {
    m_console = console;
    connect(&m_console->account(), &desk::Account::sendersChanged, this, &Demo::beginWhenThereIsASender);
    beginWhenThereIsASender();
}

void Demo::beginWhenThereIsASender() {
    const QList<desk::Sender> senders = m_console->account().senders();
    if (m_begun || senders.isEmpty())
        return;
    m_begun = true;
    whenFinished(m_console->inbox().begin(phone::fromWire(customer), senders.first().address), this,
                 [this](const Result<desk::ConversationId, Failure> &answer) {
                     if (answer)
                         write(*answer);
                     else
                         end(answer.error().what);
                 });
}

void Demo::write(desk::ConversationId conversation) {
    m_console->inbox().rename(conversation, customerName);
    InboxPage &page = *m_window.inboxPage();
    page.openConversation(conversation);
    m_messages = m_console->inbox().openMessages(conversation);
    connect(m_messages.get(), &QAbstractItemModel::rowsInserted, this, &Demo::looked);
    connect(m_messages.get(), &QAbstractItemModel::dataChanged, this, &Demo::looked);
    connect(m_messages.get(), &QAbstractItemModel::modelReset, this, &Demo::looked);
    composer::Composer &composer = page.composer();
    connect(&composer, &composer::Composer::sent, this, [this](desk::ConversationId, desk::MessageRow row) {
        m_sent = row;
        looked();
    });
    composer.setText(greeting);
    const composer::Figures &figures = composer.figures();
    say(tr("You write to %1: “%2”").arg(phone::fromWire(customer).international(), greeting));
    say(tr("    %1, %2, %3").arg(figures.segments, figures.detail, figures.cost));
    composer.send();
}

void Demo::looked() {
    if (!m_sent.isValid() || m_over)
        return;
    bool after = false;
    for (int row = 0; row < m_messages->rowCount() && !m_over; ++row) {
        const auto message = m_messages->index(row, 0).data(desk::MessageRole).value<desk::Message>();
        after = after || message.row == m_sent;
        if (after)
            told(message);
    }
}

void Demo::told(const desk::Message &message) {
    if (message.row == m_sent && (!m_toldText || message.state != m_state)) {
        m_toldText = true;
        m_state = message.state;
        say(QStringLiteral("    ") + desk::stateInWords(message.state));
        if (message.failure)
            end(tr("The message was not delivered: %1").arg(message.failure->what));
    } else if (message.direction == desk::Direction::Inbound && !m_answered) {
        m_answered = true;
        say(tr("%1 answers: “%2”").arg(phone::fromWire(customer).international(), message.text));
    }
    if (m_answered && m_state == desk::MessageState::Delivered)
        end(std::nullopt);
}

void Demo::say(const QString &line) {
    m_print(m_clock.now().toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz")) + QStringLiteral("  ") +
            line);
}

QString Demo::howFar() const {
    if (!m_begun)
        return tr("The sandbox told no number to send from in time.");
    if (!m_sent.isValid())
        return tr("The message could not be written down in time.");
    if (m_state != desk::MessageState::Delivered)
        return tr("The message was not delivered in time; its last state was “%1”.")
            .arg(desk::stateInWords(m_state));
    return tr("The message was delivered, but no answer came in time.");
}

void Demo::end(const std::optional<QString> &problem) {
    if (m_over)
        return;
    m_over = true;
    m_limit.stop();
    Q_EMIT finished(problem);
}

} // namespace longcode::shell
