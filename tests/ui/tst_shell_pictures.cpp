#include "composer/composer.h"
#include "inbox/conversation_view.h"
#include "shell/inbox_page.h"
#include "shell/new_conversation_dialog.h"
#include "support/pictures.h"
#include "support/window_test.h"

using namespace longcode;
using namespace longcode::shell;
using namespace longcode::tests;

/// Draws the window in both schemes and sizes, for people to look at. Checks that each scheme reaches the
/// pixels and that nothing is wider than the window. The pictures land in pictures/ of the build folder.
class TestShellPictures : public QObject, private WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void cleanup() { dropWindow(); }
    void draws_data();
    void draws();
    void drawsPagesWithoutConsole_data();
    void drawsPagesWithoutConsole();
};

namespace {

const QString typed = QStringLiteral(
    "Hi Maria, it’s on the truck. You’ll get a tracking link from “Acme Shipping” this afternoon.");

} // namespace

void TestShellPictures::draws_data() {
    QTest::addColumn<style::Scheme>("scheme");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<qint64>("conversation");
    QTest::addColumn<QString>("text");
    const QSize large(1440, 900);
    const QSize small(1024, 700);
    const qint64 maria = SampleDesk::maria.value;
    QTest::newRow("main-light") << style::Scheme::Light << large << maria << typed;
    QTest::newRow("main-dark") << style::Scheme::Dark << large << maria << typed;
    QTest::newRow("main-light-small") << style::Scheme::Light << small << maria << typed;
    QTest::newRow("main-dark-small") << style::Scheme::Dark << small << maria << typed;
    QTest::newRow("long-names") << style::Scheme::Light << small << SampleDesk::longNames.value
                                << QStringLiteral("Привет! 👍🏽 Ваш заказ уже в пути.");
    QTest::newRow("arabic") << style::Scheme::Dark << small << SampleDesk::noor.value
                            << QStringLiteral("شكرا جزيلا، وصل الطلب اليوم 🎉");
    QTest::newRow("too-long") << style::Scheme::Light << large << maria
                              << QStringLiteral("Too long. ").repeated(160);
    QTest::newRow("opted-out") << style::Scheme::Dark << large << SampleDesk::stopped.value << QString();
    QTest::newRow("empty") << style::Scheme::Light << small << qint64(0) << QString();
}

void TestShellPictures::draws() {
    QFETCH(style::Scheme, scheme);
    QFETCH(QSize, size);
    QFETCH(qint64, conversation);
    QFETCH(QString, text);
    pictureTheme().setScheme(scheme);
    makeWindow(size);
    const auto &console = m_console;
    MainWindow &window = *m_window;
    window.showConsole(console);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    if (conversation > 0) {
        window.inboxPage()->openConversation(desk::ConversationId{conversation});
        window.inboxPage()->composer().setText(text);
    }
    QTRY_COMPARE(window.size(), size);
    keepPicture(window, QString::fromLatin1(QTest::currentDataTag()));
    const QColor corner = window.grab().toImage().pixelColor(3, size.height() - 3);
    QCOMPARE(corner.lightness() < 128, scheme == style::Scheme::Dark);
}

void TestShellPictures::drawsPagesWithoutConsole_data() {
    QTest::addColumn<style::Scheme>("scheme");
    QTest::newRow("light") << style::Scheme::Light;
    QTest::newRow("dark") << style::Scheme::Dark;
}

void TestShellPictures::drawsPagesWithoutConsole() {
    QFETCH(style::Scheme, scheme);
    pictureTheme().setScheme(scheme);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    makeWindow(QSize(1024, 700));
    MainWindow &window = *m_window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    keepPicture(window, QStringLiteral("first-") + tag);
    auto setup = std::make_unique<FakeAccountSetup>();
    FakeAccountSetup &answers = *setup;
    window.showConnect(std::move(setup));
    keepPicture(window, QStringLiteral("connect-key-") + tag);
    QTest::keyClicks(child<QWidget>(window, "apiKeyField"), QStringLiteral("KEY0123"));
    QTest::keyClick(child<QWidget>(window, "apiKeyField"), Qt::Key_Return);
    answers.answerKey(sandboxSenders());
    QTRY_VERIFY(child<QWidget>(window, "publicKeyField")->isVisible());
    QTest::keyClick(child<QWidget>(window, "publicKeyField"), Qt::Key_Return);
    keepPicture(window, QStringLiteral("connect-relay-") + tag);
    window.showFailure({QStringLiteral("longcode-sandbox could not be started."),
                        QStringLiteral("Build it, or install the package again, then try once more.")});
    keepPicture(window, QStringLiteral("failure-") + tag);
    window.showConsole(std::make_shared<FakeConsole>());
    window.showPage(Page::Settings);
    keepPicture(window, QStringLiteral("settings-") + tag);
    FakeConsole console;
    NewConversationDialog dialog(console.account(), console.inbox(), {});
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QTest::keyClicks(child<QWidget>(dialog, "numberField"), QStringLiteral("(312) 555-0123"));
    keepPicture(dialog, QStringLiteral("new-conversation-") + tag);
}

QTEST_MAIN(TestShellPictures)
#include "tst_shell_pictures.moc"
