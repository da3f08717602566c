#include "composer/composer_edit.h"
#include "composer/sender_button.h"
#include "composer/spelling_setting.h"
#include "composer/undo_setting.h"
#include "desk/canned.h"
#include "schedule/schedule_page.h"
#include "support/pictures.h"
#include "ui/composer_parts.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QMainWindow>
#include <QMenu>
#include <QVBoxLayout>

using namespace longcode;
using namespace longcode::composer;
using namespace longcode::tests;

/// Draws what the composer and the list of scheduled texts can look like, in both schemes, narrow and wide,
/// for people to look at. The pictures land in pictures/ of the build folder.
class TestComposerPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }
    void init() { failOnAnyWarning(); }
    void draws_data();
    void draws();
};

namespace {

/// A window with a composer at its foot, over fakes.
struct Stage {
    explicit Stage(const QString &name) {
        team.setCannedReplies(desk::starterReplies());
        auto *middle = new QWidget;
        auto *column = new QVBoxLayout(middle);
        column->setContentsMargins(0, 0, 0, 0);
        composer = new Composer(parts.whole(), middle);
        column->addStretch(1);
        column->addWidget(composer);
        window.setCentralWidget(middle);
        composer->open(newYorker(1, name));
    }

    ComposerParts parts;
    QMainWindow window;
    FakeTeam &team = parts.team;
    Composer *composer = nullptr;
};

QDialog *openDialog(QWidget &window) {
    return window.findChild<QDialog *>(QStringLiteral("sendLaterDialog"));
}

void prepare(const QString &scene, Stage &stage) {
    Composer &composer = *stage.composer;
    composer.setText(QStringLiteral("Hi Maria, it is on the truck. Yuo get a trackng link this afternoon. "));
    if (scene == QStringLiteral("undo")) {
        stage.parts.outbox.undo = std::chrono::seconds(5);
        composer.send();
    } else if (scene == QStringLiteral("canned")) {
        composer.offerCannedReplies();
    } else if (scene == QStringLiteral("fill")) {
        composer.setText(desk::starterReplies().at(1).text);
        composer.send();
    } else if (scene == QStringLiteral("emoji")) {
        composer.offerEmoji();
    } else if (scene == QStringLiteral("quiet")) {
        stage.parts.clock.advance(std::chrono::hours(14));
        composer.setText(QStringLiteral("Reply YES to confirm or CANCEL to cancel the visit."));
        child<QAction>(composer, "kindPromotionAction")->trigger();
    } else if (scene == QStringLiteral("sender")) {
        auto *button = child<SenderButton>(composer, "senderButton");
        Q_EMIT button->menu()->aboutToShow();
        button->menu()->actions().at(1)->trigger();
    } else if (scene == QStringLiteral("long")) {
        composer.setText(QString(40, u'x').append(u' ').repeated(32));
    } else if (scene == QStringLiteral("sign") || scene == QStringLiteral("sign-toll-free")) {
        stage.parts.optOuts.setBlock(desk::ConversationId{1},
                                     sampleBlock(scene == QStringLiteral("sign") ? desk::BlockKind::Keyword
                                                                                 : desk::BlockKind::TollFree,
                                                 stage.parts.clock.now()));
    } else if (scene == QStringLiteral("scheduled")) {
        composer.sendLater();
        QTest::mouseClick(child<QWidget>(*openDialog(stage.window), "laterConfirm"), Qt::LeftButton);
    } else if (scene == QStringLiteral("later")) {
        composer.sendLater();
    }
}

void drawPage(const QString &name, const QSize &size, bool suppressed) {
    const ManualClock clock;
    FakeSchedule schedule(clock.now());
    FakeOptOuts optOuts;
    QList<desk::ScheduledSend> sends = sampleScheduledSends(clock.now());
    sends[1].name = QStringLiteral("شركة التوصيل السريع للشرق الأوسط وشمال أفريقيا");
    sends[1].text = QStringLiteral("طلبك في الطريق إليك ويصل بعد ظهر اليوم.");
    sends[2].name = QStringLiteral("Wilhelmina-Friederike von Hohenzollern-Sigmaringen zu Adelebsen");
    schedule.set(sends);
    desk::SuppressedSend send;
    send.at = clock.now();
    send.peer = phone::fromWire(QStringLiteral("+12125550188"));
    send.own = phone::fromWire(QStringLiteral("+14155550100"));
    send.text = QStringLiteral("Your order is ready to be picked up.");
    send.reason = QStringLiteral("Maria Keller answered “STOP” on 3/5/26.");
    optOuts.setSuppressed({send, send});
    schedule::SchedulePage page(schedule, optOuts, clock);
    page.setAutoFillBackground(true);
    page.resize(size);
    if (suppressed)
        page.showSuppressed();
    page.show();
    page.focusList();
    keepPicture(page, name);
}

void drawSettings(const QString &name) {
    FakeOutbox outbox;
    Habits habits{QString()};
    QWidget card;
    card.setAutoFillBackground(true);
    auto *column = new QVBoxLayout(&card);
    column->addWidget(new UndoSetting(outbox, &card));
    column->addWidget(new SpellingSetting(habits, &card));
    card.resize(600, 160);
    card.show();
    keepPicture(card, name);
}

} // namespace

void TestComposerPictures::draws_data() {
    QTest::addColumn<QString>("scene");
    QTest::addColumn<style::Scheme>("scheme");
    QTest::addColumn<QSize>("size");
    for (const char *scene : {"plain", "undo", "canned", "fill", "emoji", "quiet", "sender", "long", "sign",
                              "sign-toll-free", "scheduled", "later", "page", "held-back", "settings"}) {
        const QString name = QString::fromLatin1(scene);
        QTest::newRow(qPrintable(name + QStringLiteral("-light")))
            << name << style::Scheme::Light << QSize(900, 560);
        QTest::newRow(qPrintable(name + QStringLiteral("-dark-narrow")))
            << name << style::Scheme::Dark << QSize(560, 520);
    }
}

void TestComposerPictures::draws() {
    QFETCH(QString, scene);
    QFETCH(style::Scheme, scheme);
    QFETCH(QSize, size);
    pictureTheme().setScheme(scheme);
    const QString name = QStringLiteral("composer-") + QString::fromUtf8(QTest::currentDataTag());
    if (scene == QStringLiteral("page") || scene == QStringLiteral("held-back")) {
        drawPage(name, size, scene != QStringLiteral("page"));
        return;
    }
    if (scene == QStringLiteral("settings")) {
        drawSettings(name);
        return;
    }
    const bool narrow = size.width() < 600;
    Stage stage(narrow ? QStringLiteral("شركة التوصيل السريع للشرق الأوسط وشمال أفريقيا")
                       : QStringLiteral("Maria Keller"));
    stage.window.resize(size);
    stage.window.show();
    stage.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&stage.window));
    prepare(scene, stage);
    if (scene == QStringLiteral("plain"))
        QTRY_VERIFY(!child<ComposerEdit>(stage.window, "composerEdit")->extraSelections().isEmpty());
    if (scene == QStringLiteral("later"))
        keepPicture(*openDialog(stage.window), name);
    else
        keepPicture(stage.window, name);
}

QTEST_MAIN(TestComposerPictures)
#include "tst_composer_pictures.moc"
