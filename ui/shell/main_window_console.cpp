#include "base/when_finished.h"
#include "composer/composer.h"
#include "health/relay_page.h"
#include "health/relay_words.h"
#include "people/contact_dialog.h"
#include "people/people_page.h"
#include "schedule/schedule_page.h"
#include "settings/settings_page.h"
#include "shell/inbox_page.h"
#include "shell/main_window.h"
#include "shell/new_conversation_dialog.h"
#include "transcript/transcript_export.h"

#include <QStackedWidget>

// The window while a console is open: its pages, and what they say to each other.
namespace longcode::shell {

void MainWindow::showConsole(std::shared_ptr<desk::Console> console) {
    leaveConsole();
    m_console = std::move(console);
    buildConsolePages();
    connectConsole();
    connectPages();
    m_stack->setCurrentWidget(m_workspace);
    showPage(Page::Inbox);
    showTitle();
    showRelayState();
    showScheduled();
    Q_EMIT consoleOpened(*m_console);
}

void MainWindow::buildConsolePages() {
    m_inbox = new InboxPage(*m_console, m_clock, m_preferences, m_pages);
    m_people = new people::PeoplePage(m_console->addressBook(), m_console->account(), m_clock, m_pages);
    m_scheduled = new schedule::SchedulePage(m_console->schedule(), m_console->optOuts(), m_clock, m_pages);
    m_scheduled->setInbox(&m_console->inbox());
    m_relay = new health::RelayPage(*m_console, m_clock, m_pages);
    int place = 0;
    for (QWidget *page : std::initializer_list<QWidget *>{m_inbox, m_people, m_scheduled, m_relay})
        m_pages->insertWidget(place++, page);
    m_export = new transcript::TranscriptExport(m_console->transcripts(), m_console->account(), *this);
    m_settings->setAccount(&m_console->account(), &m_console->team());
    m_settings->setDesk(&m_console->alerts(), &m_console->outbox(), &m_console->backups());
}

void MainWindow::connectConsole() {
    connect(&m_console->inbox(), &desk::Inbox::countsChanged, this, &MainWindow::showTitle);
    connect(&m_console->account(), &desk::Account::relayChanged, this, &MainWindow::showRelayState);
    connect(&m_console->schedule(), &desk::Schedule::countChanged, this, &MainWindow::showScheduled);
    for (const auto change : {&desk::RelayHealth::figuresChanged, &desk::RelayHealth::gapsChanged,
                              &desk::RelayHealth::silenceChanged})
        connect(&m_console->relayHealth(), change, this, &MainWindow::showRelayState);
}

void MainWindow::connectPages() {
    connect(m_inbox, &InboxPage::detailsShownChanged, this, &MainWindow::updateActions);
    connect(m_inbox, &InboxPage::conversationShown, this, [this] {
        updateActions();
        tellOnScreen();
    });
    connect(m_inbox, &InboxPage::settingsRequested, this, [this] { showPage(Page::Settings); });
    connect(m_inbox, &InboxPage::contactRequested, this, &MainWindow::editContact);
    connect(m_people, &people::PeoplePage::textRequested, this, &MainWindow::startConversation);
    connect(m_scheduled, &schedule::SchedulePage::openConversationRequested, this,
            &MainWindow::openConversation);
}

void MainWindow::leaveConsole() {
    if (!m_console)
        return;
    Q_EMIT consoleAboutToClose();
    // The pages first: they hold references into the console.
    delete std::exchange(m_export, nullptr);
    delete std::exchange(m_inbox, nullptr);
    delete std::exchange(m_people, nullptr);
    delete std::exchange(m_scheduled, nullptr);
    delete std::exchange(m_relay, nullptr);
    m_settings->setDesk(nullptr, nullptr);
    m_settings->setAccount(nullptr, nullptr);
    for (QObject *part : std::initializer_list<QObject *>{&m_console->inbox(), &m_console->account(),
                                                          &m_console->schedule(), &m_console->relayHealth()})
        disconnect(part, nullptr, this, nullptr);
    m_console->close();
    m_console.reset();
    showTitle();
}

void MainWindow::showRelayState() {
    m_rail->setRelayState(health::stateOf(m_console->account().relay(), m_console->relayHealth()));
}

void MainWindow::showScheduled() {
    m_rail->setScheduled(m_console->schedule().sends().rowCount());
}

void MainWindow::tellOnScreen() {
    const bool shown = m_inbox && isActiveWindow() && !isMinimized() && m_inbox->isVisible();
    Q_EMIT onScreenChanged(shown ? m_inbox->current() : desk::ConversationId());
}

void MainWindow::openConversation(desk::ConversationId id) {
    comeForward();
    if (!m_console || !id.isValid())
        return;
    showPage(Page::Inbox);
    m_inbox->openConversation(id);
}

void MainWindow::answerInWindow(desk::ConversationId id, const QString &text) {
    openConversation(id);
    if (m_inbox)
        m_inbox->addToAnswer(id, text);
}

void MainWindow::beginConversation() {
    comeForward();
    if (!m_console)
        return;
    showPage(Page::Inbox);
    m_inbox->beginConversation();
}

void MainWindow::startConversation(const phone::Address &number) {
    const QList<desk::Sender> senders = m_console->account().senders();
    QList<desk::Sender> usable;
    for (const desk::Sender &sender : senders) {
        if (sender.profileEnabled)
            usable.append(sender);
    }
    if (usable.size() == 1) {
        whenFinished(m_console->inbox().begin(number, usable.first().address), m_inbox,
                     [this](const Result<desk::ConversationId, Failure> &answer) {
                         if (answer)
                             openConversation(*answer);
                     });
        return;
    }
    auto *dialog = new NewConversationDialog(m_console->account(), m_console->inbox(), {}, this);
    dialog->setNumber(number);
    connect(dialog, &NewConversationDialog::begun, this, &MainWindow::openConversation);
    dialog->open();
}

void MainWindow::editContact(const phone::Address &number) {
    const auto shown = m_console->inbox().conversation(m_inbox->current());
    const QString name = shown && shown->peer == number ? shown->name : QString();
    auto *dialog = new people::ContactDialog(m_console->addressBook(),
                                             people::contactFor(m_console->addressBook(), number, name),
                                             m_console->account().homeRegion(), this);
    dialog->open();
}

} // namespace longcode::shell
