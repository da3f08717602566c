#include "composer/composer.h"
#include "health/relay_page.h"
#include "inbox/conversation_view.h"
#include "shell/inbox_page.h"
#include "support/pictures.h"
#include "support/window_test.h"
#include "ui/team_sample.h"

#include <QPlainTextEdit>

using namespace longcode;
using namespace longcode::tests;

/// Draws a team's conversation, the question before a send, the canned replies and the relay's page in both
/// schemes and sizes, for people to look at. The pictures land in pictures/ of the build folder.
class TestTeamPictures : public QObject, private WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void cleanup() { dropWindow(); }
    void draws_data();
    void draws();

private:
    void prepare(const QString &scene, FakeConsole &console, shell::MainWindow &window);
    void prepareRelay(const QString &scene, FakeConsole &console, shell::MainWindow &window);
};

namespace {

void sayNotes(FakeConsole &console, desk::ConversationId id) {
    console.crew.addNote(
        id, QStringLiteral("Card was declined once, retried OK. @Anna-Lena Müller, safe to ship?"),
        {QStringLiteral("Anna-Lena Müller")});
    desk::Message note;
    note.row = desk::MessageRow{200'000};
    note.conversation = id;
    note.direction = desk::Direction::Note;
    note.state = desk::MessageState::Received;
    note.author = QStringLiteral("نور");
    note.text = QStringLiteral("نعم، يمكن الشحن اليوم.");
    note.at = sampleNow();
    console.sample.inbox.openModel()->append(note);
    desk::Message answer = note;
    answer.row = desk::MessageRow{200'001};
    answer.direction = desk::Direction::Outbound;
    answer.state = desk::MessageState::Delivered;
    answer.author = QStringLiteral("Anna");
    answer.text = QStringLiteral("It left this morning, you get it today.");
    answer.segments = 1;
    console.sample.inbox.openModel()->append(answer);
}

} // namespace

void TestTeamPictures::draws_data() {
    QTest::addColumn<QString>("scene");
    QTest::addColumn<style::Scheme>("scheme");
    QTest::addColumn<QSize>("size");
    const QSize large(1440, 900);
    const QSize small(1024, 700);
    for (const char *scene : {"team", "note", "guard", "canned", "long-names", "relay-well", "relay-trouble",
                              "relay-own", "relay-agent", "settings-team"}) {
        const QString name = QString::fromLatin1(scene);
        QTest::newRow(qPrintable(QString(name + QStringLiteral("-light"))))
            << name << style::Scheme::Light << large;
        QTest::newRow(qPrintable(QString(name + QStringLiteral("-dark-small"))))
            << name << style::Scheme::Dark << small;
    }
}

void TestTeamPictures::prepare(const QString &scene, FakeConsole &console, shell::MainWindow &window) {
    shell::InboxPage &page = *window.inboxPage();
    const bool longNames = scene == QStringLiteral("long-names");
    const desk::ConversationId id = longNames ? desk::ConversationId{2} : SampleDesk::maria;
    page.openConversation(id);
    sayNotes(console, id);
    page.view().scrollToNewest();
    console.crew.setColleagues(id, {{QStringLiteral("Anna"), desk::TeamActivity::Answering},
                                    {QStringLiteral("نور"), desk::TeamActivity::Viewing}});
    Q_EMIT console.crew.mentioned(SampleDesk::longNames, desk::MessageRow{1});
    if (scene == QStringLiteral("note")) {
        page.toggleNote();
        child<QPlainTextEdit>(window, "noteEdit")
            ->insertPlainText(QStringLiteral("Ask @Anna-Lena Müller what she thinks"));
        return;
    }
    if (scene == QStringLiteral("canned")) {
        page.offerCannedReplies();
        return;
    }
    page.composer().setText(QStringLiteral("Hi Maria, it is on the truck."));
    if (scene == QStringLiteral("guard")) {
        console.crew.question = annasAnswer(12);
        page.composer().send();
    }
}

void TestTeamPictures::prepareRelay(const QString &scene, FakeConsole &console, shell::MainWindow &window) {
    const QString here = sampleFigures().publicUrl;
    console.health.receiver = here;
    console.health.setFigures(sampleFigures());
    console.health.setWebhooks(
        {{QStringLiteral("p1"), QStringLiteral("Sales"), here, true},
         {QStringLiteral("p2"), QStringLiteral("دعم العملاء في الشرق الأوسط وشمال أفريقيا"),
          QStringLiteral(
              "https://hooks.zapier.com/hooks/catch/1234567/abcdefg/with/a/very/long/path/that/goes/on"),
          false},
         {QStringLiteral("p3"), QStringLiteral("New"), QString(), false}});
    if (scene == QStringLiteral("relay-trouble")) {
        console.health.setGaps(
            {{12, 40, sampleNow(), sampleNow().addSecs(-3600),
              QStringLiteral("The relay had dropped them before this console came back.")}});
        console.health.setSilence(Failure{
            QStringLiteral("Three messages were accepted over 20 minutes ago, and no report has come."),
            QStringLiteral("Check below where the profiles report, and test the way from Telnyx.")});
    }
    if (scene == QStringLiteral("relay-agent"))
        console.crew.setMembers(QStringLiteral("Anna"), {{QStringLiteral("Anna"), desk::TeamRole::Agent},
                                                         {QStringLiteral("Dana"), desk::TeamRole::Admin}});
    if (scene == QStringLiteral("relay-own")) {
        desk::RelayFigures local = sampleFigures();
        local.publicUrl.clear();
        local.forwards.clear();
        console.health.receiver.clear();
        console.health.setFigures(local);
        console.health.setOwnRelay(QStringLiteral("127.0.0.1:8420"));
    }
    window.showPage(scene == QStringLiteral("settings-team") ? shell::Page::Settings : shell::Page::Relay);
}

void TestTeamPictures::draws() {
    QFETCH(QString, scene);
    QFETCH(style::Scheme, scheme);
    QFETCH(QSize, size);
    pictureTheme().setScheme(scheme);
    makeWindow(size);
    const auto &console = m_console;
    shell::MainWindow &window = *m_window;
    makeTeam(*console);
    window.showConsole(console);
    QVERIFY(showWindow());
    const bool page =
        scene.startsWith(QStringLiteral("relay")) || scene.startsWith(QStringLiteral("settings"));
    if (page)
        prepareRelay(scene, *console, window);
    else
        prepare(scene, *console, window);
    QTRY_COMPARE(window.size(), size);
    keepPicture(window, QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(window.grab().toImage().pixelColor(3, size.height() - 3).lightness() < 128,
             scheme == style::Scheme::Dark);
}

QTEST_MAIN(TestTeamPictures)
#include "tst_team_pictures.moc"
