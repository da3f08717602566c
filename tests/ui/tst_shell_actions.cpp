#include "composer/composer.h"
#include "palette/command_palette.h"
#include "people/people_page.h"
#include "shell/attention.h"
#include "shell/inbox_page.h"
#include "shell/launch.h"
#include "support/window_test.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::shell;
using namespace longcode::tests;

namespace {

class KeptNotices final : public notify::Notices {
public:
    void show(const notify::Notice &notice) override { shown.append(notice); }
    void close(desk::ConversationId id) override { closed.append(id); }
    QList<notify::Notice> shown;
    QList<desk::ConversationId> closed;
};

} // namespace

/// Everything the window can do is found by menu, key and palette; and what the desktop has to do with it.
class TestShellActions : public QObject, private WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everyActionHasNameWordsAndKey();
    void noTwoShareAKey_data();
    void noTwoShareAKey();
    void keysOfTheListWorkInTheList();
    void paletteListsEveryAction();
    void paletteByKeyGoesToAConversation();
    void paletteRemembersWhatWasUsed();
    void shortcutsAreListed();
    void pagesByKey();
    void contactIsTexted();
    void exportNeedsAConversation();
    void quickReplyThatNeedsTheWindow();
    void quickReplyIsNeverLost();
    void cannedRepliesFollowTheComposer();
    void contactIsEditedFromThePanel();
    void whatIsOnScreenIsTold();
    void unreadReachesTheTray();
    void damagedStoreOffersTheBackup();

private:
    [[nodiscard]] QList<QAction *> menuActions();
};

void TestShellActions::init() {
    failOnAnyWarning();
    makeWindow();
    m_console->people.setContacts(sampleContacts());
    m_window->showConsole(m_console);
    QVERIFY(showWindow());
    m_window->inboxPage()->openConversation(SampleDesk::maria);
}

void TestShellActions::cleanup() {
    dropWindow();
}

/// Every entry of the menu bar as a person sees it after opening each menu.
QList<QAction *> TestShellActions::menuActions() {
    QList<QAction *> all;
    const std::function<void(QMenu *)> walk = [&](QMenu *menu) {
        Q_EMIT menu->aboutToShow();
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            if (action->menu())
                walk(action->menu());
            else if (!action->isSeparator() && action->isVisible())
                all.append(action);
        }
    };
    const QList<QAction *> bar = m_window->menuBar()->actions();
    for (QAction *menu : bar)
        walk(menu->menu());
    return all;
}

void TestShellActions::everyActionHasNameWordsAndKey() {
    // The kinds of a conversation are the choices of one submenu; a number is copied by Copy where it stands.
    const QStringList withoutKey{QStringLiteral("releaseAction"), QStringLiteral("kindConversationAction"),
                                 QStringLiteral("kindReminderAction"), QStringLiteral("kindPromotionAction"),
                                 QStringLiteral("copyNumber")};
    QStringList wrong;
    const QList<QAction *> actions = menuActions();
    QVERIFY(actions.size() > 40);
    for (const QAction *action : actions) {
        if (!action->isEnabled())
            continue;
        const QString title = palette::titleOf(*action);
        if (action->objectName().isEmpty() || title.isEmpty())
            wrong.append(QStringLiteral("nameless: ") + title + u' ' + action->objectName());
        else if (palette::keysOf(*action).isEmpty() && !withoutKey.contains(action->objectName()))
            wrong.append(QStringLiteral("without key: ") + title + u' ' + action->objectName());
    }
    QCOMPARE(wrong.join(u'\n'), QString());
}

void TestShellActions::noTwoShareAKey_data() {
    QTest::addColumn<Page>("page");
    QTest::newRow("inbox") << Page::Inbox;
    QTest::newRow("contacts") << Page::People;
    QTest::newRow("scheduled") << Page::Scheduled;
    QTest::newRow("settings") << Page::Settings;
}

void TestShellActions::noTwoShareAKey() {
    QFETCH(Page, page);
    m_window->showPage(page);
    QHash<QString, const QAction *> taken;
    QStringList twice;
    const QList<QAction *> actions = m_window->findChildren<QAction *>();
    for (const QAction *action : actions) {
        bool isActive = false;
        const QList<QObject *> owners = action->associatedObjects();
        for (const QObject *owner : owners) {
            const auto *widget = qobject_cast<const QWidget *>(owner);
            // Menus of the bar count as the window; other menus work only while they are open.
            isActive =
                isActive || (widget && (widget->inherits("QMenu") ? widget->parent() == m_window->menuBar()
                                                                  : widget->isVisible()));
        }
        if (!isActive || !action->isEnabled() || action->shortcutContext() == Qt::WidgetShortcut)
            continue;
        const QList<QKeySequence> keys = action->shortcuts();
        for (const QKeySequence &key : keys) {
            const QString words = key.toString();
            if (words.isEmpty())
                continue;
            if (taken.contains(words))
                twice.append(words + u' ' + action->objectName() + u' ' + taken[words]->objectName());
            taken.insert(words, action);
        }
    }
    QCOMPARE(twice.join(u'\n'), QString());
}

void TestShellActions::keysOfTheListWorkInTheList() {
    auto *list = child<QListView>(*m_window, "conversationList");
    list->setFocus();
    QTest::keyClick(list, Qt::Key_A, Qt::ControlModifier);
    QSignalSpy read(child<QAction>(*m_window, "listReadAction"), &QAction::triggered);
    QTest::keyClick(list, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(read.size(), 1);
}

void TestShellActions::paletteListsEveryAction() {
    QSet<const QAction *> listed;
    const QList<palette::Command> commands = m_window->commands();
    for (const palette::Command &command : commands)
        listed.insert(command.action);
    QStringList missing;
    const QList<QAction *> actions = menuActions();
    for (const QAction *action : actions) {
        if (action->isEnabled() && !listed.contains(action))
            missing.append(action->objectName() + u' ' + action->text());
    }
    QCOMPARE(missing.join(u'\n'), QString());
}

void TestShellActions::paletteByKeyGoesToAConversation() {
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *palette = child<palette::CommandPalette>(*m_window, "commandPalette");
    QVERIFY(QTest::qWaitForWindowActive(palette));
    auto *field = child<QLineEdit>(*palette, "paletteField");
    QTest::keyClicks(field, QStringLiteral("zznoor"));
    QTRY_COMPARE(m_console->finder.query().text, QStringLiteral("zznoor"));
    m_console->finder.answer({personHit(SampleDesk::noor, QStringLiteral("Noor"), QStringLiteral("+971"),
                                        QStringLiteral("Noor"))});
    QTRY_COMPARE(child<QListView>(*palette, "paletteList")->model()->rowCount(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(m_window->inboxPage()->current().value, SampleDesk::noor.value);
}

void TestShellActions::paletteRemembersWhatWasUsed() {
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *palette = child<palette::CommandPalette>(*m_window, "commandPalette");
    QVERIFY(QTest::qWaitForWindowActive(palette));
    auto *field = child<QLineEdit>(*palette, "paletteField");
    QTest::keyClicks(field, QStringLiteral("dark"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(int(m_preferences->appearance()), int(settings::Appearance::Dark));
    QCOMPARE(m_preferences->recentCommands(), QStringList{QStringLiteral("themeDarkAction")});
}

void TestShellActions::shortcutsAreListed() {
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    auto *dialog = child<QDialog>(*m_window, "shortcutsDialog");
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    QStringList words;
    const QList<QLabel *> labels = dialog->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        words.append(label->text());
    for (const char *expected : {"Ctrl+K", "Ctrl+N", "Ctrl+S", "Ctrl+P", "F6"})
        QVERIFY2(words.contains(QLatin1String(expected)), expected);
}

void TestShellActions::pagesByKey() {
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QVERIFY(part("peoplePage")->isVisible());
    QVERIFY(part("peopleSearch")->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_5, Qt::ControlModifier);
    QVERIFY(!part("peoplePage")->isVisible());
    QVERIFY(child<RailButton>(*m_window, "scheduledPageButton")->isChecked());
}

void TestShellActions::contactIsTexted() {
    m_window->showPage(Page::People);
    child<people::PeoplePage>(*m_window, "peoplePage")
        ->openContact(contacts::ContactId(QStringLiteral("contact-1")));
    QTest::mouseClick(child<QPushButton>(*m_window, "textNumberButton0"), Qt::LeftButton);
    auto *dialog = child<QDialog>(*m_window, "newConversationDialog");
    QCOMPARE(child<QLineEdit>(*dialog, "numberField")->text(), QStringLiteral("+1 212-555-0188"));
}

void TestShellActions::exportNeedsAConversation() {
    QVERIFY(child<QAction>(*m_window, "exportConversationAction")->isEnabled());
    m_window->showPage(Page::Settings);
    QVERIFY(!child<QAction>(*m_window, "exportConversationAction")->isEnabled());
    QVERIFY(!child<QAction>(*m_window, "printConversationAction")->isEnabled());
}

void TestShellActions::quickReplyThatNeedsTheWindow() {
    m_window->showPage(Page::Settings);
    m_console->out.drafts[SampleDesk::noor] = QStringLiteral("begun");
    m_window->answerInWindow(SampleDesk::noor, QStringLiteral("typed in the notice"));
    QCOMPARE(m_window->inboxPage()->current().value, SampleDesk::noor.value);
    QCOMPARE(m_window->inboxPage()->composer().text(), QStringLiteral("begun\ntyped in the notice"));
    QVERIFY(m_console->out.sent.isEmpty());
}

void TestShellActions::quickReplyIsNeverLost() {
    // The other conversation cannot be shown: what is written here stays, and the reply becomes its draft.
    m_window->inboxPage()->composer().setText(QStringLiteral("for Maria"));
    const desk::ConversationId gone{4711};
    m_console->out.drafts[gone] = QStringLiteral("begun");
    m_window->answerInWindow(gone, QStringLiteral("typed in the notice"));
    QCOMPARE(m_window->inboxPage()->current().value, SampleDesk::maria.value);
    QCOMPARE(m_window->inboxPage()->composer().text(), QStringLiteral("for Maria"));
    QCOMPARE(m_console->out.drafts.value(gone), QStringLiteral("begun\ntyped in the notice"));
    QVERIFY(part("teamRefusal")->isVisible());
    // A send that failed has made it the draft already.
    m_console->out.drafts[SampleDesk::noor] = QStringLiteral("On its way.");
    m_window->answerInWindow(SampleDesk::noor, QStringLiteral("On its way."));
    QCOMPARE(m_window->inboxPage()->current().value, SampleDesk::noor.value);
    QCOMPARE(m_window->inboxPage()->composer().text(), QStringLiteral("On its way."));
    // The customer has opted out meanwhile: it waits behind the sign.
    m_window->answerInWindow(SampleDesk::stopped, QStringLiteral("Sorry!"));
    QVERIFY(part("optOutSign")->isVisible());
    QCOMPARE(m_console->out.drafts.value(SampleDesk::stopped), QStringLiteral("Sorry!"));
    QCOMPARE(m_console->out.drafts.value(SampleDesk::maria), QStringLiteral("for Maria"));
}

void TestShellActions::cannedRepliesFollowTheComposer() {
    auto *canned = child<QAction>(*m_window, "cannedAction");
    QVERIFY(canned->isEnabled());
    m_window->inboxPage()->openConversation(SampleDesk::stopped);
    QVERIFY(!canned->isEnabled());
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    QVERIFY(canned->isEnabled());
    m_console->out.problem = desk::SendProblem{desk::SendProblemKind::NoSender, {}};
    m_window->inboxPage()->openConversation(SampleDesk::noor);
    QVERIFY(!canned->isEnabled());
}

void TestShellActions::contactIsEditedFromThePanel() {
    QVERIFY(part("contactPanel")->isVisible());
    QTest::mouseClick(child<QPushButton>(*m_window, "editContactLink"), Qt::LeftButton);
    auto *dialog = child<QDialog>(*m_window, "contactDialog");
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    QCOMPARE(child<QLineEdit>(*dialog, "contactNumberFirst0")->text(), QStringLiteral("+1 212-555-0188"));
}

void TestShellActions::whatIsOnScreenIsTold() {
    const QSignalSpy told(m_window.get(), &MainWindow::onScreenChanged);
    m_window->inboxPage()->openConversation(SampleDesk::noor);
    QTRY_VERIFY(!told.isEmpty());
    QCOMPARE(told.last().first().value<desk::ConversationId>().value, SampleDesk::noor.value);
    m_window->showPage(Page::Settings);
    QVERIFY(!told.last().first().value<desk::ConversationId>().isValid());
}

void TestShellActions::unreadReachesTheTray() {
    notify::Tray tray;
    auto notices = std::make_unique<KeptNotices>();
    KeptNotices *kept = notices.get();
    Attention attention(*m_window, *m_preferences, m_clock, tray, std::move(notices));
    m_window->showConsole(std::make_shared<FakeConsole>());
    auto *console = static_cast<FakeConsole *>(m_window->console());
    console->bells.setUnread(3);
    QVERIFY(tray.icon().toolTip().contains(u'3'));
    console->bells.tell(sampleAlert(SampleDesk::maria, QStringLiteral("Maria"), QStringLiteral("Hi")));
    QCOMPARE(kept->shown.size(), 1);
    Q_EMIT kept->opened(SampleDesk::maria);
    QCOMPARE(m_window->inboxPage()->current().value, SampleDesk::maria.value);
    m_window->showFirstPage();
    QVERIFY(!tray.icon().toolTip().contains(u'3'));
}

void TestShellActions::damagedStoreOffersTheBackup() {
    QPromise<Opened> opening;
    QPromise<Result<QString, Failure>> restoring;
    int openings = 0;
    QStringList restored;
    const QDateTime made(QDate(2026, 11, 23), QTime(3, 15), Qt::UTC);
    Launch launch(*m_window,
                  {.hasAccount = [] { return true; },
                   .openAccount =
                       [&] {
                           ++openings;
                           opening = QPromise<Opened>();
                           opening.start();
                           return opening.future();
                       },
                   .openSandbox = {},
                   .makeSetup = {},
                   .backupFor =
                       [&](const Failure &) {
                           return std::optional<StoreBackup>({QStringLiteral("/profile/backup"), made});
                       },
                   .restore =
                       [&](const QString &path) {
                           restored.append(path);
                           restoring = QPromise<Result<QString, Failure>>();
                           restoring.start();
                           return restoring.future();
                       }});
    launch.openWhatIsThere();
    opening.addResult(Opened(failed(Failure{QStringLiteral("The file is damaged."), QStringLiteral("…")})));
    opening.finish();
    auto *restore = child<QPushButton>(*m_window, "restoreBackupButton");
    QTRY_VERIFY(restore->isVisible());
    QVERIFY(restore->text().contains(QLocale().toString(made.toLocalTime(), QLocale::ShortFormat)));
    QTest::mouseClick(restore, Qt::LeftButton);
    auto *question = child<QMessageBox>(*m_window, "restoreQuestion");
    QVERIFY(restored.isEmpty());
    QTest::mouseClick(child<QPushButton>(*question, "confirmRestoreButton"), Qt::LeftButton);
    QTRY_COMPARE(restored, QStringList{QStringLiteral("/profile/backup")});
    QCOMPARE(openings, 1);
    restoring.addResult(QStringLiteral("/profile/damaged"));
    restoring.finish();
    QTRY_COMPARE(openings, 2);
}

QTEST_MAIN(TestShellActions)
#include "tst_shell_actions.moc"
