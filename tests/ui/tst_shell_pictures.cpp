#include "composer/composer.h"
#include "inbox/conversation_view.h"
#include "settings/preferences.h"
#include "shell/inbox_page.h"
#include "shell/main_window.h"
#include "shell/new_conversation_dialog.h"
#include "style/theme.h"
#include "support/fake_desk.h"
#include "ui/gui_test.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>

using namespace longcode;
using namespace longcode::shell;
using namespace longcode::tests;

namespace {

class SampleClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return sampleNow(); }
};

} // namespace

/// Draws the window in both schemes and sizes, for people to look at. Checks that each scheme reaches the
/// pixels and that nothing is wider than the window. The pictures land in pictures/ of the build folder.
class TestShellPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void draws_data();
    void draws();
    void drawsPagesWithoutConsole_data();
    void drawsPagesWithoutConsole();
};

namespace {

const QString typed = QStringLiteral(
    "Hi Maria, it’s on the truck. You’ll get a tracking link from “Acme Shipping” this afternoon.");

void save(QWidget &window, const QString &name) {
    QTest::qWait(60); // layouts settle over a few turns of the event loop
    QDir().mkpath(QStringLiteral(LONGCODE_PICTURE_DIR));
    const QPixmap picture = window.grab();
    QVERIFY(picture.save(QStringLiteral(LONGCODE_PICTURE_DIR "/%1.png").arg(name)));
}

style::Theme &theme() {
    static style::Theme one(*qApp, style::Scheme::Light);
    return one;
}

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
    theme().setScheme(scheme);
    const QTemporaryDir folder;
    SampleClock clock;
    settings::Preferences preferences({folder.path()});
    auto console = std::make_shared<FakeConsole>();
    MainWindow window(clock, preferences);
    window.resize(size);
    window.showConsole(console);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    if (conversation > 0) {
        window.inboxPage()->openConversation(desk::ConversationId{conversation});
        window.inboxPage()->composer().setText(text);
    }
    QTRY_COMPARE(window.size(), size);
    save(window, QString::fromLatin1(QTest::currentDataTag()));
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
    theme().setScheme(scheme);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    const QTemporaryDir folder;
    SampleClock clock;
    settings::Preferences preferences({folder.path()});
    MainWindow window(clock, preferences);
    window.resize(1024, 700);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    save(window, QStringLiteral("first-") + tag);
    auto setup = std::make_unique<FakeAccountSetup>();
    FakeAccountSetup &answers = *setup;
    window.showConnect(std::move(setup));
    save(window, QStringLiteral("connect-key-") + tag);
    QTest::keyClicks(child<QWidget>(window, "apiKeyField"), QStringLiteral("KEY0123"));
    QTest::keyClick(child<QWidget>(window, "apiKeyField"), Qt::Key_Return);
    answers.answerKey(sandboxSenders());
    QTRY_VERIFY(child<QWidget>(window, "publicKeyField")->isVisible());
    QTest::keyClick(child<QWidget>(window, "publicKeyField"), Qt::Key_Return);
    save(window, QStringLiteral("connect-relay-") + tag);
    window.showFailure({QStringLiteral("longcode-sandbox could not be started."),
                        QStringLiteral("Build it, or install the package again, then try once more.")});
    save(window, QStringLiteral("failure-") + tag);
    window.showConsole(std::make_shared<FakeConsole>());
    window.showPage(Page::Settings);
    save(window, QStringLiteral("settings-") + tag);
    FakeConsole console;
    NewConversationDialog dialog(console.account(), console.inbox(), {});
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QTest::keyClicks(child<QWidget>(dialog, "numberField"), QStringLiteral("(312) 555-0123"));
    save(dialog, QStringLiteral("new-conversation-") + tag);
}

QTEST_MAIN(TestShellPictures)
#include "tst_shell_pictures.moc"
