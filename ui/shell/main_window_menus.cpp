#include "settings/preferences.h"
#include "shell/about.h"
#include "shell/inbox_page.h"
#include "shell/main_window.h"

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
    // Fields claim these keys themselves; a shortcut here would take them away from others.
    action->setText(text + u'\t' + QKeySequence(key).toString(QKeySequence::NativeText));
    QObject::connect(action, &QAction::triggered, menu, [slot] {
        QWidget *field = QApplication::focusWidget();
        const QByteArray signature = QByteArray(slot) + "()";
        if (field && field->metaObject()->indexOfMethod(signature.constData()) >= 0)
            QMetaObject::invokeMethod(field, slot);
    });
}

QString withKey(const QString &text, const QKeySequence &key) {
    return text + u'\t' + key.toString(QKeySequence::NativeText);
}

/// The inbox page's own buttons have these keys while it is shown; elsewhere the menu has them.
void lend(QAction *action, const QString &text, const QKeySequence &key, bool toPage) {
    action->setShortcut(toPage ? QKeySequence() : key);
    action->setText(toPage ? withKey(text, key) : text);
}

} // namespace

QAction *MainWindow::addConsoleAction(QMenu *menu, const QString &text, const QKeySequence &key,
                                      const QString &objectName) {
    QAction *action = menu->addAction(text);
    action->setObjectName(objectName);
    action->setShortcut(key);
    m_consoleActions.append(action);
    return action;
}

void MainWindow::buildMenus() {
    buildFileMenu();
    buildEditMenu();
    buildConversationMenu();
    buildViewMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu() {
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    m_newConversation = addConsoleAction(menu, tr("&New conversation…"), QKeySequence::New,
                                         QStringLiteral("newConversationAction"));
    connect(m_newConversation, &QAction::triggered, this, [this] {
        showPage(Page::Inbox);
        m_inbox->beginConversation();
    });
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"));
    quit->setObjectName(QStringLiteral("quitAction"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
    connect(quit, &QAction::triggered, this, [this] {
        close();
        QCoreApplication::quit();
    });
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
    m_search = addConsoleAction(menu, tr("&Search"), QKeySequence(Qt::CTRL | Qt::Key_K),
                                QStringLiteral("searchAction"));
    connect(m_search, &QAction::triggered, this, [this] {
        showPage(Page::Inbox);
        m_inbox->focusSearch();
    });
    QAction *rename =
        addConsoleAction(menu, tr("Na&me the customer"), QKeySequence(), QStringLiteral("renameAction"));
    connect(rename, &QAction::triggered, this, [this] {
        showPage(Page::Inbox);
        m_inbox->rename();
    });
}

/// The inbox page's own actions, looked up each time: they belong to the open console.
void MainWindow::buildConversationMenu() {
    QMenu *menu = menuBar()->addMenu(tr("&Conversation"));
    menu->setObjectName(QStringLiteral("conversationBarMenu"));
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        if (m_inbox && m_inbox->isVisible())
            menu->addActions(m_inbox->conversationActions());
        else
            menu->addAction(tr("Open the inbox first"))->setEnabled(false);
    });
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
    const auto add = [&](const QString &text, settings::Appearance appearance, const QString &objectName) {
        QAction *action = menu->addAction(text);
        action->setObjectName(objectName);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(m_preferences.appearance() == appearance);
        connect(action, &QAction::triggered, this,
                [this, appearance] { m_preferences.setAppearance(appearance); });
        connect(
            &m_preferences, &settings::Preferences::appearanceChanged, action,
            [action, appearance](settings::Appearance chosen) { action->setChecked(chosen == appearance); });
    };
    add(tr("&Like the system"), settings::Appearance::System, QStringLiteral("themeSystemAction"));
    add(tr("L&ight"), settings::Appearance::Light, QStringLiteral("themeLightAction"));
    add(tr("&Dark"), settings::Appearance::Dark, QStringLiteral("themeDarkAction"));
}

void MainWindow::buildHelpMenu() {
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    QAction *about = menu->addAction(tr("&About Longcode"));
    about->setObjectName(QStringLiteral("aboutAction"));
    about->setMenuRole(QAction::AboutRole);
    connect(about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::updateActions() {
    const bool open = m_console != nullptr;
    const bool inboxShown = open && m_inbox->isVisibleTo(this);
    for (QAction *action : std::as_const(m_consoleActions))
        action->setEnabled(open);
    lend(m_newConversation, tr("&New conversation…"), QKeySequence::New, inboxShown);
    lend(m_search, tr("&Search"), QKeySequence(Qt::CTRL | Qt::Key_K), inboxShown);
    for (const QString &name : {QStringLiteral("nextPaneAction"), QStringLiteral("previousPaneAction")})
        findChild<QAction *>(name)->setEnabled(inboxShown);
    m_details->setEnabled(inboxShown);
    m_details->setChecked(open && m_inbox->detailsShown());
}

void MainWindow::showAbout() {
    (new AboutDialog(this))->open();
}

} // namespace longcode::shell
