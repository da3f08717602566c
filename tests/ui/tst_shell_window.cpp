#include "composer/composer.h"
#include "inbox/conversation_list_pane.h"
#include "inbox/conversation_view.h"
#include "shell/inbox_page.h"
#include "shell/launch.h"
#include "style/banner.h"
#include "support/window_test.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>

using namespace longcode;
using namespace longcode::shell;
using namespace longcode::tests;

namespace {

/// The ways to a console, answered by hand.
struct FakeOpenings {
    bool account = false;
    int accountOpenings = 0;
    int sandboxOpenings = 0;
    QPromise<Opened> promise;

    QFuture<Opened> begin(int &counter) {
        ++counter;
        promise = QPromise<Opened>();
        promise.start();
        return promise.future();
    }
    void answer(const Opened &outcome) {
        promise.addResult(outcome);
        promise.finish();
    }
    Openings openings() {
        return {.hasAccount = [this] { return account; },
                .openAccount = [this] { return begin(accountOpenings); },
                .openSandbox = [this] { return begin(sandboxOpenings); },
                .makeSetup = [] { return std::make_unique<FakeAccountSetup>(); }};
    }
};

const Failure trouble{QStringLiteral("It did not start."), QStringLiteral("Look into the log.")};

} // namespace

/// The whole window over fakes: from the first page to a conversation, by keys and menus.
class TestShellWindow : public QObject, private WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void beginsWithTheFirstPage();
    void opensAnAccountThatIsThere();
    void failureOffersAnotherTry();
    void connectLeadsToTheAccount();
    void lateConsoleAfterLeavingIsNotShown();
    void titleCountsUnread();
    void choosingAConversationOpensIt();
    void sendGoesToTheOutbox();
    void draftSurvivesSwitching();
    void newConversationByKey();
    void searchAndPagesByKey();
    void f6GoesRoundThePanes();
    void failedMessageIsExplainedAndResent();
    void uncertainMessageIsSettled();
    void optedOutCustomerShowsTheSign();
    void accountTroubleIsSaid();
    void lostRelayIsSaidAfterAWhile();
    void narrowWindowHidesTheDetails();
    void geometryIsRemembered();
    void themeMenuKeepsTheChoice();
    void aboutNamesVersionAndLicences();
    void leavingClosesTheConsole();
    void everyControlHasANameAndSaysWhatItIs();

private:
    void openConsole();
    [[nodiscard]] QString words(const char *label) const { return child<QLabel>(*m_window, label)->text(); }
    void trigger(const char *action) { child<QAction>(*m_window, action)->trigger(); }
    [[nodiscard]] QModelIndex messageIn(desk::MessageState state) const;

    FakeOpenings m_ways;
    std::unique_ptr<Launch> m_launch;
};

void TestShellWindow::init() {
    failOnAnyWarning();
    makeWindow();
    m_ways = FakeOpenings();
    m_launch = std::make_unique<Launch>(*m_window, m_ways.openings());
    QVERIFY(showWindow());
}

void TestShellWindow::cleanup() {
    m_launch.reset();
    dropWindow();
}

void TestShellWindow::openConsole() {
    QTest::mouseClick(child<QPushButton>(*m_window, "tryItButton"), Qt::LeftButton);
    m_ways.answer(std::shared_ptr<desk::Console>(m_console));
    QTRY_VERIFY(m_window->inboxPage());
}

QModelIndex TestShellWindow::messageIn(desk::MessageState state) const {
    const QAbstractItemModel *model = m_window->inboxPage()->view().model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        if (index.data(desk::MessageRole).value<desk::Message>().state == state)
            return index;
    }
    return {};
}

void TestShellWindow::beginsWithTheFirstPage() {
    m_launch->openWhatIsThere();
    QVERIFY(part("firstPage")->isVisible());
    QVERIFY(!part("rail")->isVisible());
    QVERIFY(!child<QAction>(*m_window, "newConversationAction")->isEnabled());
    QTest::mouseClick(child<QPushButton>(*m_window, "tryItButton"), Qt::LeftButton);
    QCOMPARE(m_ways.sandboxOpenings, 1);
    QCOMPARE(words("openingWhat"), QStringLiteral("Starting the practice account…"));
    QVERIFY(part("openingBusy")->isVisible());
    m_ways.answer(std::shared_ptr<desk::Console>(m_console));
    QTRY_VERIFY(part("rail")->isVisible());
    QVERIFY(part("conversationList")->isVisible());
}

void TestShellWindow::opensAnAccountThatIsThere() {
    m_ways.account = true;
    m_launch->openWhatIsThere();
    QCOMPARE(m_ways.accountOpenings, 1);
    QCOMPARE(words("openingWhat"), QStringLiteral("Opening your account…"));
    m_ways.answer(std::shared_ptr<desk::Console>(m_console));
    QTRY_VERIFY(m_window->inboxPage());
}

void TestShellWindow::failureOffersAnotherTry() {
    QTest::mouseClick(child<QPushButton>(*m_window, "tryItButton"), Qt::LeftButton);
    m_ways.answer(failed(trouble));
    QTRY_COMPARE(words("openingWhat"), trouble.what);
    QCOMPARE(words("openingRemedy"), trouble.remedy);
    QVERIFY(!part("openingBusy")->isVisible());
    QTest::mouseClick(child<QPushButton>(*m_window, "retryButton"), Qt::LeftButton);
    QCOMPARE(m_ways.sandboxOpenings, 2);
    m_ways.answer(failed(trouble));
    QTRY_VERIFY(part("setUpButton")->isVisible());
    QTest::mouseClick(child<QPushButton>(*m_window, "setUpButton"), Qt::LeftButton);
    QVERIFY(part("firstPage")->isVisible());
}

void TestShellWindow::connectLeadsToTheAccount() {
    QTest::mouseClick(child<QPushButton>(*m_window, "connectButton"), Qt::LeftButton);
    QVERIFY(part("connectPage")->isVisible());
    QVERIFY(child<QLineEdit>(*m_window, "apiKeyField")->hasFocus());
    Q_EMIT m_window->accountConnected();
    QCOMPARE(m_ways.accountOpenings, 1);
}

void TestShellWindow::lateConsoleAfterLeavingIsNotShown() {
    QTest::mouseClick(child<QPushButton>(*m_window, "tryItButton"), Qt::LeftButton);
    Q_EMIT m_window->connectRequested();
    m_ways.answer(std::shared_ptr<desk::Console>(m_console));
    bool turned = false;
    QTimer::singleShot(0, this, [&] { QTimer::singleShot(0, this, [&] { turned = true; }); });
    QTRY_VERIFY(turned);
    QVERIFY(part("connectPage")->isVisible());
    QVERIFY(!m_window->inboxPage());
}

void TestShellWindow::titleCountsUnread() {
    QCOMPARE(m_window->windowTitle(), QStringLiteral("Longcode"));
    openConsole();
    QCOMPARE(m_window->windowTitle(), QStringLiteral("(2) Sandbox – Longcode"));
    QCOMPARE(child<RailButton>(*m_window, "inboxPageButton")->badge(), 2);
    m_console->sample.inbox.markRead(SampleDesk::longNames);
    QTRY_COMPARE(m_window->windowTitle(), QStringLiteral("(1) Sandbox – Longcode"));
}

void TestShellWindow::choosingAConversationOpensIt() {
    openConsole();
    QVERIFY(part("invitation")->isVisible());
    auto *list = child<QListView>(*m_window, "conversationList");
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(0, 0)).center());
    QTRY_VERIFY(part("conversationView")->isVisible());
    QCOMPARE(m_window->inboxPage()->current().value, SampleDesk::maria.value);
    QVERIFY(part("composerEdit")->hasFocus());
}

void TestShellWindow::sendGoesToTheOutbox() {
    openConsole();
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    QTest::keyClicks(part("composerEdit"), QStringLiteral("On its way."));
    QTest::keyClick(part("composerEdit"), Qt::Key_Return);
    QCOMPARE(m_console->out.sent.size(), 1);
    QCOMPARE(m_console->out.sent.first().first.value, SampleDesk::maria.value);
    QCOMPARE(m_console->out.sent.first().second, QStringLiteral("On its way."));
}

void TestShellWindow::draftSurvivesSwitching() {
    openConsole();
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    QTest::keyClicks(part("composerEdit"), QStringLiteral("half"));
    m_window->inboxPage()->openConversation(SampleDesk::noor);
    QCOMPARE(m_window->inboxPage()->composer().text(), QString());
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    QCOMPARE(m_window->inboxPage()->composer().text(), QStringLiteral("half"));
}

void TestShellWindow::newConversationByKey() {
    openConsole();
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    // A button's shortcut clicks it a moment later.
    QTRY_VERIFY(m_window->findChild<QDialog *>(QStringLiteral("newConversationDialog")));
    auto *dialog = child<QDialog>(*m_window, "newConversationDialog");
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    auto *number = child<QLineEdit>(*dialog, "numberField");
    QTest::keyClicks(number, QStringLiteral("(212) 555-0188"));
    QTest::keyClick(number, Qt::Key_Return);
    QTRY_COMPARE(m_window->inboxPage()->current().value, SampleDesk::maria.value);
}

void TestShellWindow::searchAndPagesByKey() {
    openConsole();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(part("settingsPage")->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(part("conversationSearch")->isVisible());
    QVERIFY(part("conversationSearch")->hasFocus());
    QTest::mouseClick(child<RailButton>(*m_window, "settingsPageButton"), Qt::LeftButton);
    QVERIFY(part("settingsPage")->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(part("inboxPage")->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(part("conversationSearch")->hasFocus());
}

void TestShellWindow::f6GoesRoundThePanes() {
    openConsole();
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    QVERIFY(part("composerEdit")->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(part("contactPanel")->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(part("conversationList")->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(part("conversationView")->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(part("composerEdit")->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(part("conversationView")->hasFocus());
}

void TestShellWindow::failedMessageIsExplainedAndResent() {
    openConsole();
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    const QModelIndex failedMessage = messageIn(desk::MessageState::Failed);
    QVERIFY(failedMessage.isValid());
    inbox::ConversationView &view = m_window->inboxPage()->view();
    view.perform(inbox::MessageAction::Explain, failedMessage);
    auto *dialog = child<QDialog>(*m_window, "messageDialog");
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    dialog->close();
    view.perform(inbox::MessageAction::EditAndResend, failedMessage);
    QCOMPARE(m_window->inboxPage()->composer().text(), QStringLiteral("Track it here: https://sho.rt/x1"));
    QVERIFY(m_console->out.sent.isEmpty());
}

void TestShellWindow::uncertainMessageIsSettled() {
    openConsole();
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    const QModelIndex doubtful = messageIn(desk::MessageState::Uncertain);
    QVERIFY(doubtful.isValid());
    m_window->inboxPage()->view().perform(inbox::MessageAction::CountAsSent, doubtful);
    QCOMPARE(m_console->out.settled.size(), 1);
    QCOMPARE(m_console->out.settled.first().first,
             doubtful.data(desk::MessageRole).value<desk::Message>().row);
    QVERIFY(m_console->out.settled.first().second == desk::Settlement::CountAsSent);
}

void TestShellWindow::optedOutCustomerShowsTheSign() {
    openConsole();
    m_window->inboxPage()->openConversation(SampleDesk::stopped);
    QVERIFY(part("optOutSign")->isVisible());
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    QVERIFY(!part("optOutSign")->isVisible());
}

void TestShellWindow::accountTroubleIsSaid() {
    openConsole();
    QVERIFY(!part("accountTrouble")->isVisible());
    Q_EMIT m_console->out.troubleChanged(
        {QStringLiteral("The key was refused."), QStringLiteral("Check it.")});
    QVERIFY(part("accountTrouble")->isVisible());
    QCOMPARE(child<style::Banner>(*m_window, "accountTrouble")->text(),
             QStringLiteral("The key was refused. Check it."));
    Q_EMIT m_console->out.troubleChanged({});
    QVERIFY(!part("accountTrouble")->isVisible());
}

void TestShellWindow::lostRelayIsSaidAfterAWhile() {
    openConsole();
    desk::RelayStatus lost;
    lost.condition = desk::RelayCondition::Lost;
    lost.trouble = trouble;
    m_console->sample.account.setRelay(lost);
    QVERIFY(!part("relayTrouble")->isVisible());
    QTRY_VERIFY(part("relayTrouble")->isVisible());
    QCOMPARE(
        child<style::Banner>(*m_window, "relayTrouble")->text(),
        QStringLiteral(
            "The relay is not heard, so replies and deliveries show up later. Connection lost. It did not "
            "start. Look into the log."));
    QTest::mouseClick(child<QPushButton>(*m_window, "relayTroubleReconnect"), Qt::LeftButton);
    QCOMPARE(m_console->sample.account.reconnects, 1);
    lost.condition = desk::RelayCondition::Connected;
    m_console->sample.account.setRelay(lost);
    QVERIFY(!part("relayTrouble")->isVisible());
}

void TestShellWindow::narrowWindowHidesTheDetails() {
    openConsole();
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    QVERIFY(part("contactPanel")->isVisible());
    m_window->resize(1024, 700);
    QTRY_VERIFY(!part("contactPanel")->isVisible());
    QCOMPARE(m_window->size(), QSize(1024, 700));
    QVERIFY(!child<QAction>(*m_window, "detailsAction")->isChecked());
    trigger("detailsAction");
    QVERIFY(part("contactPanel")->isVisible());
    QCOMPARE(m_window->size(), QSize(1024, 700));
    trigger("detailsAction");
    QVERIFY(!part("contactPanel")->isVisible());
}

void TestShellWindow::geometryIsRemembered() {
    m_window->resize(1100, 760);
    m_window->close();
    MainWindow again(m_clock, *m_preferences);
    QCOMPARE(again.size(), QSize(1100, 760));
}

void TestShellWindow::themeMenuKeepsTheChoice() {
    QVERIFY(child<QAction>(*m_window, "themeSystemAction")->isChecked());
    trigger("themeDarkAction");
    QCOMPARE(int(m_preferences->appearance()), int(settings::Appearance::Dark));
    m_preferences->setAppearance(settings::Appearance::Light);
    QVERIFY(child<QAction>(*m_window, "themeLightAction")->isChecked());
}

void TestShellWindow::aboutNamesVersionAndLicences() {
    trigger("aboutAction");
    auto *dialog = child<QDialog>(*m_window, "aboutDialog");
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    const QString text = child<QLabel>(*dialog, "aboutText")->text();
    for (const char *expected : {"Qt", "LGPL-3.0", "libphonenumber", "SQLite"})
        QVERIFY2(text.contains(QLatin1String(expected)), expected);
    dialog->close();
}

void TestShellWindow::leavingClosesTheConsole() {
    openConsole();
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    m_window->showFirstPage();
    QVERIFY(m_console->closed);
    QVERIFY(!m_window->inboxPage());
    QCOMPARE(m_window->windowTitle(), QStringLiteral("Longcode"));
}

void TestShellWindow::everyControlHasANameAndSaysWhatItIs() {
    openConsole();
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    QStringList nameless;
    const QList<QWidget *> widgets = m_window->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const bool interactive = widget->inherits("QAbstractButton") || widget->inherits("QLineEdit") ||
                                 widget->inherits("QPlainTextEdit") ||
                                 widget->inherits("QAbstractItemView") || widget->inherits("QComboBox");
        // A combo box has a list and a field of its own making.
        const bool qtsOwn = widget->objectName().startsWith(QStringLiteral("qt_")) ||
                            QByteArray(widget->metaObject()->className()).startsWith("QComboBoxListView") ||
                            QByteArray(widget->metaObject()->className()) == "QLineEditIconButton";
        if (interactive && !qtsOwn && widget->focusPolicy() != Qt::NoFocus && widget->objectName().isEmpty())
            nameless.append(QLatin1String(widget->metaObject()->className()));
    }
    QCOMPARE(nameless, QStringList());
}

QTEST_MAIN(TestShellWindow)
#include "tst_shell_window.moc"
