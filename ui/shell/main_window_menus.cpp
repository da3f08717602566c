#include "composer/composer.h"
#include "palette/command_palette.h"
#include "people/people_page.h"
#include "schedule/schedule_page.h"
#include "settings/preferences.h"
#include "shell/about.h"
#include "shell/inbox_page.h"
#include "shell/main_window.h"
#include "shell/shortcuts_dialog.h"
#include "transcript/transcript_export.h"

#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>

// The window's menus, one builder each.
namespace longcode::shell {

namespace {

/// An entry that does to the field with the keyboard what its own keys do.
void addFieldAction(QMenu *menu, const QString &text, QKeySequence::StandardKey key, const char *slot) {
    auto *action = menu->addAction(text);
    action->setObjectName(QLatin1String(slot) + QStringLiteral("Action"));
    // Fields claim these keys themselves; a shortcut here would take them away from others.
    action->setText(text + u'\t' + QKeySequence(key).toString(QKeySequence::NativeText));
    QObject::connect(action, &QAction::triggered, menu, [slot, menu] {
        // The window's own memory: from the palette, the field gets the keyboard back only later.
        QWidget *field = menu->parentWidget()->window()->focusWidget();
        const QByteArray signature = QByteArray(slot) + "()";
        if (field && field->metaObject()->indexOfMethod(signature.constData()) >= 0)
            QMetaObject::invokeMethod(field, slot);
    });
}

QString withKey(const QString &text, const QKeySequence &key) {
    return text + u'\t' + key.toString(QKeySequence::NativeText);
}

const QKeySequence searchKey(Qt::CTRL | Qt::SHIFT | Qt::Key_F);

/// The inbox page's own buttons have these keys while it is shown; elsewhere the menu has them.
void lend(QAction *action, const QString &text, const QKeySequence &key, bool toPage) {
    action->setShortcut(toPage ? QKeySequence() : key);
    action->setText(toPage ? withKey(text, key) : text);
}

} // namespace

QAction *MainWindow::addWindowAction(QMenu *menu, const QString &text, const QKeySequence &key,
                                     const QString &objectName) {
    QAction *action = menu->addAction(text);
    action->setObjectName(objectName);
    action->setShortcut(key);
    return action;
}

QAction *MainWindow::addConsoleAction(QMenu *menu, const QString &text, const QKeySequence &key,
                                      const QString &objectName) {
    QAction *action = addWindowAction(menu, text, key, objectName);
    m_consoleActions.append(action);
    return action;
}

void MainWindow::buildMenus() {
    buildFileMenu();
    buildEditMenu();
    buildConversationMenu();
    buildContactsMenu();
    buildViewMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu() {
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    m_newConversation = addConsoleAction(menu, tr("&New conversation…"), QKeySequence::New,
                                         QStringLiteral("newConversationAction"));
    connect(m_newConversation, &QAction::triggered, this, &MainWindow::beginConversation);
    menu->addSeparator();
    QAction *exported =
        addConsoleAction(menu, tr("&Export conversation…"), QKeySequence(Qt::CTRL | Qt::Key_S),
                         QStringLiteral("exportConversationAction"));
    connect(exported, &QAction::triggered, this, [this] { m_export->ask(m_inbox->current()); });
    QAction *print = addConsoleAction(menu, tr("&Print conversation…"), QKeySequence(Qt::CTRL | Qt::Key_P),
                                      QStringLiteral("printConversationAction"));
    connect(print, &QAction::triggered, this, [this] { m_export->print(m_inbox->current()); });
    m_shownActions = {exported, print};
    menu->addSeparator();
    QAction *quit =
        addWindowAction(menu, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), QStringLiteral("quitAction"));
    quit->setMenuRole(QAction::QuitRole);
    connect(quit, &QAction::triggered, this, &MainWindow::quit);
}

void MainWindow::buildEditMenu() {
    QMenu *menu = menuBar()->addMenu(tr("&Edit"));
    addFieldAction(menu, tr("&Undo"), QKeySequence::Undo, "undo");
    addFieldAction(menu, tr("&Redo"), QKeySequence::Redo, "redo");
    menu->addSeparator();
    addFieldAction(menu, tr("Cu&t"), QKeySequence::Cut, "cut");
    addFieldAction(menu, tr("&Copy"), QKeySequence::Copy, "copy");
    addFieldAction(menu, tr("&Paste"), QKeySequence::Paste, "paste");
    addFieldAction(menu, tr("Select &all"), QKeySequence::SelectAll, "selectAll");
    menu->addSeparator();
    m_search = addConsoleAction(menu, tr("&Search"), searchKey, QStringLiteral("searchAction"));
    connect(m_search, &QAction::triggered, this, [this] {
        showPage(Page::Inbox);
        m_inbox->focusSearch();
    });
    QAction *contact = addConsoleAction(menu, tr("C&ontact of this customer…"),
                                        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K),
                                        QStringLiteral("customerContactAction"));
    connect(contact, &QAction::triggered, this, [this] {
        if (const auto shown = m_console->inbox().conversation(m_inbox->current()))
            editContact(shown->peer);
    });
    m_shownActions.append(contact);
}

/// The inbox page's own actions, looked up each time: they belong to the open console.
void MainWindow::buildConversationMenu() {
    m_conversationMenu = menuBar()->addMenu(tr("&Conversation"));
    m_conversationMenu->setObjectName(QStringLiteral("conversationBarMenu"));
    connect(m_conversationMenu, &QMenu::aboutToShow, this, &MainWindow::fillConversationMenu);
}

void MainWindow::fillConversationMenu() {
    m_conversationMenu->clear();
    if (!m_inbox || !m_inbox->isVisibleTo(this)) {
        m_conversationMenu->addAction(tr("Open the inbox first"))->setEnabled(false);
        return;
    }
    m_conversationMenu->addActions(m_inbox->composer().actions());
    m_conversationMenu->addSeparator();
    m_conversationMenu->addActions(m_inbox->conversationActions());
    m_conversationMenu->addSeparator();
    m_conversationMenu->addActions(m_inbox->listActions());
    m_conversationMenu->addSeparator();
    m_conversationMenu->addActions(m_shownActions);
}

void MainWindow::buildContactsMenu() {
    m_contactsMenu = menuBar()->addMenu(tr("Con&tacts"));
    m_contactsMenu->setObjectName(QStringLiteral("contactsBarMenu"));
    connect(m_contactsMenu, &QMenu::aboutToShow, this, [this] {
        m_contactsMenu->clear();
        if (m_people)
            m_contactsMenu->addActions(m_people->pageActions());
        else
            m_contactsMenu->addAction(tr("Open an account first"))->setEnabled(false);
    });
    connect(m_contactsMenu, &QMenu::triggered, this, [this] { showPage(Page::People); });
}

void MainWindow::addPageAction(QMenu *menu, const QString &text, int key, Page page,
                               const QString &objectName) {
    QAction *action = addConsoleAction(menu, text, QKeySequence(int(Qt::CTRL) | key), objectName);
    connect(action, &QAction::triggered, this, [this, page] { showPage(page); });
}

void MainWindow::buildViewMenu() {
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    addPageAction(menu, tr("&Inbox"), Qt::Key_1, Page::Inbox, QStringLiteral("inboxAction"));
    addPageAction(menu, tr("&Settings"), Qt::Key_2, Page::Settings, QStringLiteral("settingsAction"));
    addPageAction(menu, tr("&Relay"), Qt::Key_3, Page::Relay, QStringLiteral("relayAction"));
    addPageAction(menu, tr("&Contacts"), Qt::Key_4, Page::People, QStringLiteral("peopleAction"));
    addPageAction(menu, tr("Sche&duled texts"), Qt::Key_5, Page::Scheduled,
                  QStringLiteral("scheduledAction"));
    menu->addSeparator();
    QAction *palette = addWindowAction(menu, tr("Co&mmands…"), QKeySequence(Qt::CTRL | Qt::Key_K),
                                       QStringLiteral("paletteAction"));
    connect(palette, &QAction::triggered, this, &MainWindow::showPalette);
    menu->addSeparator();
    m_details = addConsoleAction(menu, tr("&Details of the customer"), QKeySequence(Qt::CTRL | Qt::Key_I),
                                 QStringLiteral("detailsAction"));
    m_details->setCheckable(true);
    connect(m_details, &QAction::triggered, this, [this](bool shown) { m_inbox->showDetails(shown); });
    QAction *next =
        addConsoleAction(menu, tr("&Next pane"), QKeySequence(Qt::Key_F6), QStringLiteral("nextPaneAction"));
    connect(next, &QAction::triggered, this, [this] { m_inbox->focusPane(true); });
    QAction *previous = addConsoleAction(menu, tr("&Previous pane"), QKeySequence(Qt::SHIFT | Qt::Key_F6),
                                         QStringLiteral("previousPaneAction"));
    connect(previous, &QAction::triggered, this, [this] { m_inbox->focusPane(false); });
    menu->addSeparator();
    buildThemeMenu(menu->addMenu(tr("&Theme")));
}

void MainWindow::buildThemeMenu(QMenu *menu) {
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, int key, settings::Appearance appearance,
                         const QString &objectName) {
        QAction *action =
            addWindowAction(menu, text, QKeySequence(int(Qt::CTRL) | int(Qt::SHIFT) | key), objectName);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(m_preferences.appearance() == appearance);
        connect(action, &QAction::triggered, this,
                [this, appearance] { m_preferences.setAppearance(appearance); });
        connect(
            &m_preferences, &settings::Preferences::appearanceChanged, action,
            [action, appearance](settings::Appearance chosen) { action->setChecked(chosen == appearance); });
    };
    add(tr("&Like the system"), Qt::Key_F7, settings::Appearance::System,
        QStringLiteral("themeSystemAction"));
    add(tr("L&ight"), Qt::Key_F8, settings::Appearance::Light, QStringLiteral("themeLightAction"));
    add(tr("&Dark"), Qt::Key_F9, settings::Appearance::Dark, QStringLiteral("themeDarkAction"));
}

void MainWindow::buildHelpMenu() {
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    QAction *keys = addWindowAction(menu, tr("&Keyboard shortcuts"), QKeySequence::HelpContents,
                                    QStringLiteral("shortcutsAction"));
    connect(keys, &QAction::triggered, this, &MainWindow::showShortcuts);
    QAction *about = addWindowAction(menu, tr("&About Longcode"), QKeySequence(Qt::SHIFT | Qt::Key_F1),
                                     QStringLiteral("aboutAction"));
    about->setMenuRole(QAction::AboutRole);
    connect(about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::updateActions() {
    const bool open = m_console != nullptr;
    const bool inboxShown = open && m_inbox->isVisibleTo(this);
    for (QAction *action : std::as_const(m_consoleActions))
        action->setEnabled(open);
    lend(m_newConversation, tr("&New conversation…"), QKeySequence::New, inboxShown);
    lend(m_search, tr("&Search"), searchKey, inboxShown);
    for (QAction *action : std::as_const(m_shownActions))
        action->setEnabled(inboxShown && m_inbox->current().isValid());
    if (!inboxShown)
        m_conversationMenu
            ->clear(); // as long as they stand in it their keys work, and other pages have the same
    for (const QString &name : {QStringLiteral("nextPaneAction"), QStringLiteral("previousPaneAction")})
        findChild<QAction *>(name)->setEnabled(inboxShown);
    m_details->setEnabled(inboxShown);
    m_details->setChecked(open && m_inbox->detailsShown());
}

void MainWindow::showAbout() {
    (new AboutDialog(this))->open();
}

void MainWindow::showShortcuts() {
    (new ShortcutsDialog(commands(), this))->open();
}

QList<palette::Command> MainWindow::commands() {
    QList<palette::CommandGroup> groups;
    const QList<QAction *> bar = menuBar()->actions();
    for (QAction *menu : bar) {
        const QString path = palette::titleOf(*menu);
        if (menu->menu() == m_conversationMenu) {
            if (m_inbox && m_inbox->isVisibleTo(this)) {
                groups.append({path, m_inbox->conversationActions()});
                groups.append({path, m_inbox->composer().actions()});
                groups.append({tr("List"), m_inbox->listActions()});
            }
        } else if (menu->menu() == m_contactsMenu) {
            if (m_people)
                groups.append({path, m_people->pageActions()});
        } else {
            groups.append({path, menu->menu()->actions()});
        }
    }
    if (m_scheduled && m_scheduled->isVisibleTo(this))
        groups.append({tr("Scheduled texts"), m_scheduled->pageActions()});
    return palette::commandsOf(groups);
}

void MainWindow::showPalette() {
    auto *dialog = new palette::CommandPalette(commands(), m_preferences.recentCommands(),
                                               m_console ? &m_console->search() : nullptr, this);
    connect(dialog, &palette::CommandPalette::commandChosen, this, &MainWindow::perform);
    connect(dialog, &palette::CommandPalette::conversationChosen, this, &MainWindow::openConversation);
    dialog->open();
}

void MainWindow::perform(QAction *action) {
    m_preferences.useCommand(action->objectName());
    if (m_people && m_people->pageActions().contains(action))
        showPage(Page::People);
    action->trigger();
}

} // namespace longcode::shell
