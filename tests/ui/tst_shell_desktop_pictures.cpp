#include "notify/tray.h"
#include "palette/command_palette.h"
#include "people/contact_dialog.h"
#include "people/import_wizard.h"
#include "people/merge_dialog.h"
#include "people/people_page.h"
#include "shell/shortcuts_dialog.h"
#include "support/pictures.h"
#include "support/window_test.h"
#include "transcript/transcript_painter.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPainter>
#include <QTemporaryFile>

using namespace longcode;
using namespace longcode::shell;
using namespace longcode::tests;

/// Draws contacts, their dialogs, the palette and the settings in both schemes, for people to look at.
class TestShellDesktopPictures : public QObject, private WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void cleanup() { dropWindow(); }
    void draws_data();
    void draws();
    void drawsTheTrayIcon();
    void drawsATranscript();
};

void TestShellDesktopPictures::draws_data() {
    QTest::addColumn<style::Scheme>("scheme");
    QTest::addColumn<QSize>("size");
    QTest::newRow("light") << style::Scheme::Light << QSize(1440, 900);
    QTest::newRow("dark") << style::Scheme::Dark << QSize(1440, 900);
    QTest::newRow("small") << style::Scheme::Light << QSize(900, 620);
}

void TestShellDesktopPictures::draws() {
    QFETCH(style::Scheme, scheme);
    QFETCH(QSize, size);
    pictureTheme().setScheme(scheme);
    const QString tag = QString::fromLatin1(QTest::currentDataTag()) + u'-';
    makeWindow(size);
    const auto &console = m_console;
    MainWindow &window = *m_window;
    console->people.setContacts(sampleContacts());
    console->sample.account.setSenders(sandboxSenders());
    window.showConsole(console);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.showPage(Page::People);
    auto *page = child<people::PeoplePage>(window, "peoplePage");
    page->openContact(contacts::ContactId(QStringLiteral("contact-1")));
    keepPicture(window, tag + QStringLiteral("people"));
    page->openContact(contacts::ContactId(QStringLiteral("contact-2")));
    keepPicture(window, tag + QStringLiteral("people-long"));
    {
        const contacts::Contact maria = sampleContacts().first();
        people::ContactDialog form(console->people, maria, {QStringLiteral("US")});
        form.setAttribute(Qt::WA_DeleteOnClose, false);
        form.show();
        type(child<QLineEdit>(form, "contactNumberFirst0"), QStringLiteral("12"));
        QTest::keyClick(child<QLineEdit>(form, "contactNumberFirst0"), Qt::Key_Return);
        keepPicture(form, tag + QStringLiteral("contact-form"));
    }
    {
        people::MergeDialog merging(console->people,
                                    {{contacts::ContactId(QStringLiteral("contact-1")),
                                      contacts::ContactId(QStringLiteral("contact-2"))}},
                                    {QStringLiteral("US")});
        merging.setAttribute(Qt::WA_DeleteOnClose, false);
        merging.show();
        keepPicture(merging, tag + QStringLiteral("merge"));
    }
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        people::ImportWizard wizard(console->people, {QStringLiteral("US")});
        wizard.setAttribute(Qt::WA_DeleteOnClose, false);
        wizard.show();
        wizard.setFile(file.fileName());
        keepPicture(wizard, tag + QStringLiteral("import-file"));
        wizard.next();
        console->people.answerPreview(samplePreview());
        keepPicture(wizard, tag + QStringLiteral("import-preview"));
    }
    window.showPage(Page::Settings);
    keepPicture(window, tag + QStringLiteral("settings"));
    window.showPage(Page::Scheduled);
    keepPicture(window, tag + QStringLiteral("scheduled"));
    {
        palette::CommandPalette palette(window.commands(), {}, nullptr, &window);
        palette.setAttribute(Qt::WA_DeleteOnClose, false);
        palette.show();
        keepPicture(palette, tag + QStringLiteral("palette"));
    }
    ShortcutsDialog keys(window.commands());
    keys.setAttribute(Qt::WA_DeleteOnClose, false);
    keys.show();
    keepPicture(keys, tag + QStringLiteral("shortcuts"));
    window.showFailure(
        {QStringLiteral("The file with your conversations is damaged. Longcode has left it as it is."),
         QStringLiteral("Put back the backup of yesterday. What came in later is fetched from the "
                        "relay as far as it keeps it. The damaged file is kept beside it.")},
        StoreBackup{QStringLiteral("/x"), sampleNow().addDays(-1)});
    keepPicture(window, tag + QStringLiteral("failure"));
}

void TestShellDesktopPictures::drawsTheTrayIcon() {
    QPixmap strip(4 * 70, 70);
    strip.fill(Qt::white);
    QPainter painter(&strip);
    int x = 3;
    for (const int unread : {0, 3, 42, 250}) {
        painter.drawPixmap(x, 3, notify::iconWithFigure(unread).pixmap(QSize(64, 64), 1.0));
        x += 70;
    }
    painter.end();
    QDir().mkpath(QStringLiteral(LONGCODE_PICTURE_DIR));
    QVERIFY(strip.save(QStringLiteral(LONGCODE_PICTURE_DIR "/tray.png")));
}

void TestShellDesktopPictures::drawsATranscript() {
    const FakeTranscripts transcripts;
    QList<desk::TranscriptLine> lines = transcripts.shown;
    desk::TranscriptLine mixed;
    mixed.at = sampleNow().addDays(1);
    mixed.text =
        QStringLiteral("Mixed: שלום 👍🏽 and <b>no bold</b>, then \u202Eturned.\nطلبي رقم 4521 لم يصل\n") +
        QStringLiteral("A long paragraph goes on and on. ").repeated(12);
    lines.append(mixed);
    QImage page(827, 1169, QImage::Format_RGB32); // A4 at 100 dots an inch
    page.setDotsPerMeterX(3937);
    page.setDotsPerMeterY(3937);
    page.fill(Qt::white);
    transcript::TranscriptPainter painter(
        page, [] {}, transcripts.head({}), lines, {QStringLiteral("US")}, 1200);
    QVERIFY(painter.begin());
    QVERIFY(!painter.drawFor(60'000));
    QVERIFY(painter.finish());
    QVERIFY(page.save(QStringLiteral(LONGCODE_PICTURE_DIR "/transcript.png")));
}

QTEST_MAIN(TestShellDesktopPictures)
#include "tst_shell_desktop_pictures.moc"
