#include "inbox/conversation_header.h"

#include "inbox/assign_button.h"
#include "inbox/conversation_words.h"
#include "style/avatar.h"
#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/icons.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include <utility>

namespace longcode::inbox {

namespace {
constexpr int headerAvatarExtent = 38;
constexpr int headerHeight = 57;
constexpr int longestName = 200;
/// Below this the buttons have no room for words beside the name.
constexpr int widthForWords = 560;
} // namespace

ConversationHeader::ConversationHeader(desk::Inbox &inbox, desk::Account &account, desk::Team &team,
                                       QWidget *parent)
    : Panel(style::Fill::Surface, parent)
    , m_inbox(inbox)
    , m_account(account)
    , m_team(team)
    , m_avatar(new style::Avatar(headerAvatarExtent, this))
    , m_assign(new AssignButton(inbox, team, this))
    , m_closing(new QAction(this)) {
    setObjectName(QStringLiteral("conversationHeader"));
    setEdges(Qt::BottomEdge);
    setMinimumHeight(headerHeight);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    makeButtons();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 14, 9);
    row->setSpacing(12);
    row->addWidget(m_avatar);
    row->addWidget(makeNames(), 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QWidget *button : std::initializer_list<QWidget *>{m_assign, m_close, m_details, m_more})
        buttons->addWidget(button);
    row->addLayout(buttons);
    connect(&m_inbox, &desk::Inbox::conversationChanged, this, [this](desk::ConversationId id) {
        if (id == m_id)
            refresh();
    });
    refresh();
}

QWidget *ConversationHeader::makeNames() {
    auto *names = new QWidget(this);
    auto *column = new QVBoxLayout(names);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_nameStack = new QStackedWidget(names);
    m_nameStack->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_name = new style::ElidedLabel(m_nameStack);
    m_name->setTextSize(style::TextSize::Title, style::TextWeight::Strong);
    m_name->setObjectName(QStringLiteral("conversationName"));
    m_nameEdit = new QLineEdit(m_nameStack);
    m_nameEdit->setObjectName(QStringLiteral("conversationNameEdit"));
    m_nameEdit->setAccessibleName(tr("Name of the customer"));
    m_nameEdit->setPlaceholderText(tr("Name of the customer"));
    m_nameEdit->setMaxLength(longestName);
    m_nameEdit->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_nameEdit->installEventFilter(this);
    connect(m_nameEdit, &QLineEdit::returnPressed, this, [this] { endRename(true); });
    m_nameStack->addWidget(m_name);
    m_nameStack->addWidget(m_nameEdit);
    m_route = new style::ElidedLabel(style::TextSize::Small, style::TextTone::Muted, names);
    m_route->setObjectName(QStringLiteral("conversationRoute"));
    column->addStretch(1);
    column->addWidget(m_nameStack);
    column->addWidget(m_route);
    column->addStretch(1);
    return names;
}

void ConversationHeader::makeCloseButton() {
    m_closing->setObjectName(QStringLiteral("closeConversationAction"));
    m_closing->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    connect(m_closing, &QAction::triggered, this, &ConversationHeader::toggleClosed);
    addAction(m_closing); // the key works without the menu
    addAction(m_assign->claimAction());
    m_close = new QPushButton(this);
    m_close->setObjectName(QStringLiteral("closeConversation"));
    m_close->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_close, &QPushButton::clicked, this, &ConversationHeader::toggleClosed);
}

void ConversationHeader::toggleClosed() {
    if (const auto conversation = m_inbox.conversation(m_id))
        m_team.setClosed(m_id, !conversation->closed);
}

void ConversationHeader::showClosed(const desk::Conversation &conversation) {
    const QString words = conversation.closed ? tr("Reopen conversation") : tr("Close conversation");
    const QString key = m_closing->shortcut().toString(QKeySequence::NativeText);
    m_closing->setText(words);
    m_closing->setIcon(style::icon(conversation.closed ? style::IconName::Refresh : style::IconName::Check));
    m_close->setIcon(m_closing->icon());
    m_close->setAccessibleName(words);
    m_close->setToolTip(conversation.closed ? tr("It is closed; bring it back into the list (%1)").arg(key)
                                            : tr("It is done; take it out of the open ones (%1)").arg(key));
    fitButtons();
}

void ConversationHeader::fitButtons() {
    const auto conversation = m_inbox.conversation(m_id);
    const bool closed = conversation && conversation->closed;
    const QString words = closed ? tr("Reopen", "a closed conversation") : tr("Close", "a conversation");
    m_close->setText(width() < widthForWords ? QString() : words);
}

void ConversationHeader::resizeEvent(QResizeEvent *event) {
    Panel::resizeEvent(event);
    fitButtons();
}

QList<QAction *> ConversationHeader::menuActions() const {
    QList<QAction *> all{m_assign->claimAction(), m_closing};
    all.append(m_more->menu()->actions());
    return all;
}

void ConversationHeader::makeButtons() {
    makeCloseButton();
    m_details = new QToolButton(this);
    m_details->setObjectName(QStringLiteral("toggleDetails"));
    m_details->setIcon(style::icon(style::IconName::PanelRight, style::IconTone::Muted));
    m_details->setIconSize({20, 20});
    m_details->setCheckable(true);
    m_details->setChecked(true);
    m_details->setAccessibleName(tr("Details about the customer"));
    m_details->setToolTip(tr("Show or hide the details about the customer"));
    connect(m_details, &QToolButton::toggled, this, &ConversationHeader::detailsToggled);

    m_more = new QToolButton(this);
    m_more->setObjectName(QStringLiteral("conversationMore"));
    m_more->setIcon(style::icon(style::IconName::More, style::IconTone::Muted));
    m_more->setIconSize({20, 20});
    m_more->setAccessibleName(tr("More about this conversation"));
    m_more->setToolTip(tr("Rename, copy the number"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(makeMenu());
}

QMenu *ConversationHeader::makeMenu() {
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("conversationMenu"));
    QAction *rename = menu->addAction(style::icon(style::IconName::Edit), tr("Rename…"));
    rename->setObjectName(QStringLiteral("renameConversation"));
    rename->setShortcut(Qt::Key_F2);
    connect(rename, &QAction::triggered, this, &ConversationHeader::beginRename);
    QAction *copy = menu->addAction(style::icon(style::IconName::Copy), tr("Copy number"));
    copy->setObjectName(QStringLiteral("copyNumber"));
    connect(copy, &QAction::triggered, this, &ConversationHeader::copyNumber);
    addAction(rename); // the key works without opening the menu
    return menu;
}

void ConversationHeader::show(desk::ConversationId id) {
    endRename(false);
    m_id = id;
    refresh();
}

void ConversationHeader::refresh() {
    const auto conversation = m_inbox.conversation(m_id);
    const bool shown = conversation.has_value();
    m_avatar->setVisible(shown);
    m_close->setVisible(shown);
    m_closing->setEnabled(shown);
    m_assign->show(shown ? m_id : desk::ConversationId{});
    m_more->setVisible(shown);
    m_details->setVisible(shown);
    if (!shown) {
        m_name->clear();
        m_route->clear();
        return;
    }
    const QString name = displayName(*conversation, m_account.homeRegion());
    m_avatar->setPerson(name, conversation->peer.wire());
    m_name->setText(name);
    const QString route = routeWords(*conversation);
    m_route->setText(conversation->closed ? tr("Closed · %1", "then number and sender").arg(route) : route);
    showClosed(*conversation);
}

void ConversationHeader::setDetailsShown(bool shown) {
    m_details->setChecked(shown);
}

void ConversationHeader::beginRename() {
    const auto conversation = m_inbox.conversation(m_id);
    if (!conversation)
        return;
    m_renaming = true;
    m_nameEdit->setText(conversation->name);
    m_nameStack->setCurrentWidget(m_nameEdit);
    m_nameEdit->setFocus(Qt::OtherFocusReason);
    m_nameEdit->selectAll();
}

void ConversationHeader::endRename(bool keep) {
    if (!std::exchange(m_renaming, false)) // hiding the field takes its focus, which ends up here again
        return;
    m_nameStack->setCurrentWidget(m_name);
    if (keep)
        m_inbox.rename(m_id, m_nameEdit->text().trimmed());
}

bool ConversationHeader::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_nameEdit) {
        const bool escape =
            event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape;
        if (escape || event->type() == QEvent::FocusOut) {
            endRename(!escape);
            return escape;
        }
    }
    return Panel::eventFilter(watched, event);
}

void ConversationHeader::copyNumber() {
    if (const auto conversation = m_inbox.conversation(m_id))
        QGuiApplication::clipboard()->setText(conversation->peer.wire());
}

} // namespace longcode::inbox
