#include "shell/inbox_page.h"

#include "composer/composer.h"
#include "inbox/contact_panel.h"
#include "inbox/conversation_header.h"
#include "inbox/conversation_list_pane.h"
#include "inbox/conversation_view.h"
#include "inbox/reading_pane.h"
#include "settings/page_parts.h"
#include "settings/preferences.h"
#include "settings/settings_page.h"
#include "shell/new_conversation_dialog.h"
#include "style/banner.h"
#include "style/console_style.h"
#include "style/panel.h"

#include <QAction>
#include <QApplication>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

namespace longcode::shell {

namespace {

constexpr int listWidth = 320;
constexpr int detailsWidth = 268;
constexpr int smallestConversation = 420;
constexpr int widthForDetails = 1120;
/// A relay that is back within this time was not worth a banner.
constexpr std::chrono::milliseconds relayPatience{2500};

bool isTrouble(desk::RelayCondition condition) {
    return condition == desk::RelayCondition::Lost || condition == desk::RelayCondition::Refused;
}

} // namespace

InboxPage::InboxPage(desk::Console &console, const Clock &clock, settings::Preferences &preferences,
                     QWidget *parent)
    : QWidget(parent)
    , m_console(console)
    , m_preferences(preferences)
    , m_trouble(new style::Banner(style::BannerTone::Danger, this))
    , m_refusal(new style::Banner(style::BannerTone::Warn, this))
    , m_relayTrouble(new style::Banner(style::BannerTone::Warn, this)) {
    setObjectName(QStringLiteral("inboxPage"));
    m_trouble->setObjectName(QStringLiteral("accountTrouble"));
    m_relayTrouble->setObjectName(QStringLiteral("relayTrouble"));
    m_relayTrouble->setIcon(style::IconName::RelayOff);
    QPushButton *reconnect = m_relayTrouble->addAction(tr("Connect again"));
    reconnect->setObjectName(QStringLiteral("relayTroubleReconnect"));
    m_trouble->hide();
    m_relayTrouble->hide();
    m_refusal->setObjectName(QStringLiteral("teamRefusal"));
    QPushButton *seen = m_refusal->addAction(tr("Dismiss"));
    seen->setObjectName(QStringLiteral("teamRefusalDismiss"));
    m_refusal->hide();
    connect(seen, &QPushButton::clicked, m_refusal, &QWidget::hide);
    buildPanes(clock);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_trouble);
    column->addWidget(m_relayTrouble);
    column->addWidget(m_refusal);
    column->addWidget(m_panes, 1);
    connect(reconnect, &QPushButton::clicked, this, [this] { m_console.account().reconnectRelay(); });
    connectPanes();
    connectReading();
    connectTeam();
    addTeamActions();
    relayChanged();
}

InboxPage::~InboxPage() {
    m_preferences.keepPanes(m_panes->saveState());
}

void InboxPage::buildPanes(const Clock &clock) {
    m_panes = new QSplitter(Qt::Horizontal, this);
    m_panes->setObjectName(QStringLiteral("panes"));
    m_panes->setHandleWidth(1);
    m_panes->setChildrenCollapsible(false);
    m_list =
        new inbox::ConversationListPane({m_console.inbox(), m_console.account(), m_console.team(),
                                         m_console.triage(), m_console.search(), m_console.schedule(), clock},
                                        m_panes);
    m_list->setMinimumWidth(240);
    m_list->setMaximumWidth(480);
    m_middle = new QStackedWidget(m_panes);
    m_middle->setMinimumWidth(smallestConversation);
    m_middle->addWidget(buildInvitation());
    m_middle->addWidget(buildConversation(clock));
    m_details = new inbox::ContactPanel(m_console.inbox(), m_console.account(), m_panes);
    m_details->setMinimumWidth(220);
    m_details->setMaximumWidth(420);
    m_panes->setStretchFactor(0, 0);
    m_panes->setStretchFactor(1, 1);
    m_panes->setStretchFactor(2, 0);
    if (!m_panes->restoreState(m_preferences.panes()))
        m_panes->setSizes({listWidth, 2 * listWidth, detailsWidth});
    m_panes->setHandleWidth(1); // a restored state brings its own
}

QWidget *InboxPage::buildConversation(const Clock &clock) {
    auto *conversation = new QWidget(m_middle);
    m_header =
        new inbox::ConversationHeader(m_console.inbox(), m_console.account(), m_console.team(), conversation);
    m_reading = new inbox::ReadingPane({m_console.inbox(), m_console.search(), m_console.diagnoses(), clock},
                                       conversation);
    m_composer = new composer::Composer({m_console.outbox(), m_console.account(), m_console.team(), clock,
                                         m_preferences.habits(), &m_console.schedule(), &m_console.optOuts()},
                                        conversation);
    m_composer->setSendKey(m_preferences.sendKey());
    auto *column = new QVBoxLayout(conversation);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_reading, 1);
    column->addWidget(m_composer);
    return conversation;
}

QWidget *InboxPage::buildInvitation() {
    auto *invitation = new style::Panel(style::Fill::Window, m_middle);
    invitation->setObjectName(QStringLiteral("invitation"));
    auto *column = new QVBoxLayout(invitation);
    QLabel *words = settings::mutedText(tr("Choose a conversation, or begin a new one."), invitation);
    words->setAlignment(Qt::AlignCenter);
    auto *begin = new QPushButton(tr("New conversation"), invitation);
    begin->setObjectName(QStringLiteral("newConversationButton"));
    style::setButtonKind(begin, style::ButtonKind::Primary);
    column->addStretch(2);
    column->addWidget(words);
    column->addSpacing(8);
    column->addWidget(begin, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(begin, &QPushButton::clicked, this, &InboxPage::beginConversation);
    return invitation;
}

void InboxPage::connectPanes() {
    connect(m_list, &inbox::ConversationListPane::conversationChosen, this, &InboxPage::chooseConversation);
    connect(m_list, &inbox::ConversationListPane::messageChosen, this, &InboxPage::openMessage);
    connect(m_list, &inbox::ConversationListPane::searchedChanged, m_reading,
            &inbox::ReadingPane::setListSearch);
    connect(m_list, &inbox::ConversationListPane::newConversationRequested, this,
            &InboxPage::beginConversation);
    connect(m_header, &inbox::ConversationHeader::detailsToggled, this, &InboxPage::showDetails);
    connect(m_details, &inbox::ContactPanel::editRequested, this, &InboxPage::contactRequested);
    connect(m_composer, &composer::Composer::sent, this, [this](desk::ConversationId id, desk::MessageRow) {
        if (id == m_current)
            view().scrollToNewest();
    });
    connect(&m_console.inbox(), &desk::Inbox::conversationChanged, this, &InboxPage::conversationChanged);
    connect(&m_console.inbox(), &desk::Inbox::received, this, [this] { QApplication::alert(window()); });
    connect(&m_console.outbox(), &desk::Outbox::troubleChanged, this, &InboxPage::showTrouble);
    connect(&m_console.account(), &desk::Account::relayChanged, this, &InboxPage::relayChanged);
    connect(&m_preferences, &settings::Preferences::sendKeyChanged, m_composer,
            &composer::Composer::setSendKey);
    m_relayTimer.setSingleShot(true);
    m_relayTimer.setInterval(relayPatience);
    connect(&m_relayTimer, &QTimer::timeout, this, &InboxPage::showRelayTrouble);
}

void InboxPage::connectTeam() {
    desk::Team &team = m_console.team();
    connect(&team, &desk::Team::membersChanged, this, &InboxPage::showReader);
    connect(&team, &desk::Team::refused, this, [this](const Failure &why) {
        m_refusal->setText(settings::inOneLine(why));
        m_refusal->show();
    });
    connect(&team, &desk::Team::mentioned, this, [this](desk::ConversationId id) {
        const bool seen = id == m_current && m_reading->isVisible() && isActiveWindow();
        if (!seen)
            m_list->markMentioned(id);
        QApplication::alert(window());
    });
    connect(m_composer, &composer::Composer::noteWritten, this, [this](desk::ConversationId id) {
        if (id == m_current)
            view().scrollToNewest();
    });
    showReader();
}

void InboxPage::showReader() {
    view().setReader({m_console.team().name(), m_console.team().isTeam()});
}

void InboxPage::addTeamActions() {
    m_noteAction = new QAction(tr("Write a note"), this);
    m_noteAction->setObjectName(QStringLiteral("noteAction"));
    m_noteAction->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    connect(m_noteAction, &QAction::triggered, this, &InboxPage::toggleNote);
    m_cannedAction = new QAction(tr("Canned replies…"), this);
    m_cannedAction->setObjectName(QStringLiteral("cannedAction"));
    m_cannedAction->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Slash));
    connect(m_cannedAction, &QAction::triggered, this, &InboxPage::offerCannedReplies);
    for (QAction *action : {m_noteAction, m_cannedAction}) {
        action->setEnabled(false);
        addAction(action); // the keys work without a menu
    }
    connect(m_composer, &composer::Composer::takesReplyChanged, m_cannedAction, &QAction::setEnabled);
}

QList<QAction *> InboxPage::conversationActions() const {
    QList<QAction *> all = m_header->menuActions();
    all.insert(2, m_noteAction);
    all.insert(3, m_cannedAction);
    return all + m_reading->actions();
}

QList<QAction *> InboxPage::listActions() const {
    return m_list->actions();
}

void InboxPage::toggleNote() {
    if (!m_current.isValid())
        return;
    const bool note = m_composer->mode() == composer::ComposerMode::Note;
    m_composer->setMode(note ? composer::ComposerMode::Reply : composer::ComposerMode::Note);
    m_composer->focusText();
}

void InboxPage::offerCannedReplies() {
    if (m_current.isValid())
        m_composer->offerCannedReplies();
}

void InboxPage::conversationChanged(desk::ConversationId id) {
    if (!(id == m_current))
        return;
    if (const std::optional<desk::Conversation> conversation = m_console.inbox().conversation(id))
        m_composer->refresh(*conversation);
}

void InboxPage::beginConversation() {
    phone::Address usual;
    if (const auto conversation = m_console.inbox().conversation(m_current))
        usual = conversation->own;
    auto *dialog = new NewConversationDialog(m_console.account(), m_console.inbox(), usual, this);
    connect(dialog, &NewConversationDialog::begun, this, &InboxPage::openConversation);
    dialog->open();
}

void InboxPage::showTrouble(const Failure &trouble) {
    m_trouble->setText(settings::inOneLine(trouble));
    m_trouble->setVisible(!trouble.what.isEmpty());
}

void InboxPage::relayChanged() {
    if (!isTrouble(m_console.account().relay().condition)) {
        m_relayTimer.stop();
        m_relayTrouble->hide();
    } else if (m_relayTrouble->isVisible()) {
        showRelayTrouble();
    } else if (!m_relayTimer.isActive()) {
        m_relayTimer.start();
    }
}

void InboxPage::showRelayTrouble() {
    m_relayTrouble->setText(tr("The relay is not heard, so replies and deliveries show up later. %1")
                                .arg(settings::relayInWords(m_console.account().relay())));
    m_relayTrouble->show();
}

void InboxPage::focusSearch() {
    m_list->focusSearch();
}

void InboxPage::rename() {
    if (m_current.isValid())
        m_header->beginRename();
}

void InboxPage::focusPane(bool forward) {
    QList<QWidget *> panes;
    for (QWidget *pane : std::initializer_list<QWidget *>{m_list, m_reading, m_composer, m_details}) {
        if (pane->isVisible())
            panes.append(pane);
    }
    qsizetype at = forward ? -1 : 0;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (panes[i] == QApplication::focusWidget() || panes[i]->isAncestorOf(QApplication::focusWidget()))
            at = i;
    }
    QWidget *next = panes[(at + (forward ? 1 : panes.size() - 1)) % panes.size()];
    if (next == m_composer)
        m_composer->focusText();
    else if (next == m_list)
        m_list->focusList();
    else if (next == m_details && m_details->focusPolicy() == Qt::NoFocus)
        m_details->findChild<QWidget *>(QStringLiteral("contactFacts"))->setFocus(Qt::ShortcutFocusReason);
    else
        next->setFocus(Qt::ShortcutFocusReason);
}

void InboxPage::showDetails(bool shown) {
    m_detailsChosen = true;
    applyDetails(shown);
}

bool InboxPage::detailsShown() const {
    return !m_details->isHidden();
}

void InboxPage::applyDetails(bool shown) {
    if (shown == detailsShown())
        return;
    m_details->setVisible(shown);
    const QSignalBlocker quiet(m_header);
    m_header->setDetailsShown(shown);
    Q_EMIT detailsShownChanged(shown);
}

void InboxPage::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    if (!m_detailsChosen)
        applyDetails(width() >= widthForDetails);
}

} // namespace longcode::shell
