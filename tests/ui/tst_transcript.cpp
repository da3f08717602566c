#include "support/fake_inbox.h"
#include "support/fake_transcripts.h"
#include "transcript/transcript_export.h"
#include "transcript/transcript_job.h"
#include "transcript/transcript_painter.h"
#include "ui/gui_test.h"

#include <QBuffer>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QPdfWriter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace longcode;
using namespace longcode::transcript;
using namespace longcode::tests;

namespace {

constexpr desk::ConversationId maria{1};
const phone::Region home{QStringLiteral("US")};

desk::TranscriptLine line(int number, const QString &text) {
    desk::TranscriptLine one;
    one.direction = number % 2 ? desk::Direction::Outbound : desk::Direction::Inbound;
    one.at = sampleNow().addSecs(number * 600);
    one.text = text;
    one.state = number % 2 ? QStringLiteral("Delivered") : QString();
    return one;
}

/// The pages that a PDF file says it has.
int pagesIn(const QByteArray &pdf) {
    const qsizetype at = pdf.indexOf("/Count ");
    return at < 0 ? 0 : pdf.mid(at + 7, 8).simplified().split(' ').first().toInt();
}

QByteArray contentOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Conversations as PDF and on the printer, and the way to the other formats.
class TestTranscript : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void writesAPdf();
    void longConversationsTakeManyPages();
    void oneTextMayBeLongerThanAPage();
    void cancellingLeavesTheOldFile();
    void placeThatCannotBeWrittenIsSaid();
    void failureOfTheStoreIsSaid();
    void otherFormatsGoToTheDesk_data();
    void otherFormatsGoToTheDesk();
    void dialogOffersThreeFormats();
    void pageFollowsTheCountry();
    void markupIsText();

private:
    QTemporaryDir m_folder;
};

void TestTranscript::writesAPdf() {
    FakeTranscripts transcripts;
    const QString path = m_folder.filePath(QStringLiteral("four.pdf"));
    auto *job = new TranscriptJob(transcripts, maria, home, this);
    const QSignalSpy done(job, &TranscriptJob::finished);
    job->toPdf(path);
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done.first().first().toLongLong(), qint64(4));
    const QByteArray pdf = contentOf(path);
    QVERIFY(pdf.startsWith("%PDF-"));
    QCOMPARE(pagesIn(pdf), 1);
}

void TestTranscript::longConversationsTakeManyPages() {
    FakeTranscripts transcripts;
    transcripts.shown.clear();
    for (int i = 0; i < 600; ++i)
        transcripts.shown.append(line(i, QStringLiteral("Text %1 👍🏽 with a little more to say.").arg(i)));
    transcripts.shownHead.messages = 600;
    const QString path = m_folder.filePath(QStringLiteral("many.pdf"));
    auto *job = new TranscriptJob(transcripts, maria, home, this);
    QList<qint64> steps;
    connect(job, &TranscriptJob::progress, this, [&](qint64 drawn, qint64 all) {
        QCOMPARE(all, qint64(600));
        steps.append(drawn);
    });
    const QSignalSpy done(job, &TranscriptJob::finished);
    job->toPdf(path);
    QTRY_COMPARE(done.size(), 1);
    QVERIFY(std::is_sorted(steps.cbegin(), steps.cend()));
    QCOMPARE(steps.constLast(), qint64(600));
    const int pages = done.first().last().toInt();
    QVERIFY2(pages > 10, qPrintable(QString::number(pages)));
    QCOMPARE(pagesIn(contentOf(path)), pages);
}

void TestTranscript::oneTextMayBeLongerThanAPage() {
    FakeTranscripts transcripts;
    transcripts.shown = {line(0, QStringLiteral("A line of words.\n").repeated(200))};
    transcripts.shownHead.messages = 1;
    auto *job = new TranscriptJob(transcripts, maria, home, this);
    const QSignalSpy done(job, &TranscriptJob::finished);
    job->toPdf(m_folder.filePath(QStringLiteral("long.pdf")));
    QTRY_COMPARE(done.size(), 1);
    QVERIFY(done.first().last().toInt() >= 3);
}

void TestTranscript::cancellingLeavesTheOldFile() {
    const QString path = m_folder.filePath(QStringLiteral("old.pdf"));
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    FakeTranscripts transcripts;
    auto *job = new TranscriptJob(transcripts, maria, home, this);
    const QSignalSpy done(job, &TranscriptJob::finished);
    const QSignalSpy over(job, &TranscriptJob::over);
    job->toPdf(path);
    job->cancel();
    QCOMPARE(over.size(), 1);
    QPointer<TranscriptJob> gone(job);
    QTRY_VERIFY(!gone);
    QCOMPARE(done.size(), 0);
    QCOMPARE(contentOf(path), QByteArray("old"));
}

void TestTranscript::placeThatCannotBeWrittenIsSaid() {
    FakeTranscripts transcripts;
    auto *job = new TranscriptJob(transcripts, maria, home, this);
    const QSignalSpy failed(job, &TranscriptJob::failed);
    job->toPdf(m_folder.filePath(QStringLiteral("no/such/folder/x.pdf")));
    QCOMPARE(failed.size(), 1);
    QVERIFY(!failed.first().first().value<Failure>().what.isEmpty());
}

namespace {

class BrokenTranscripts final : public desk::Transcripts {
public:
    QFuture<Result<qint64, Failure>> write(desk::ConversationId, const QString &,
                                           desk::TranscriptFormat) override {
        return QtFuture::makeReadyFuture(Result<qint64, Failure>(failed(why())));
    }
    QFuture<Result<QList<desk::TranscriptLine>, Failure>> lines(desk::ConversationId, qint64) override {
        return QtFuture::makeReadyFuture(Result<QList<desk::TranscriptLine>, Failure>(failed(why())));
    }
    [[nodiscard]] desk::TranscriptHead head(desk::ConversationId) const override { return {}; }
    static Failure why() {
        return {QStringLiteral("The store cannot be <b>read</b>."), QStringLiteral("Try again.")};
    }
};

} // namespace

void TestTranscript::failureOfTheStoreIsSaid() {
    BrokenTranscripts transcripts;
    FakeAccount account;
    QWidget window;
    TranscriptExport out(transcripts, account, window);
    const QSignalSpy said(&out, &TranscriptExport::said);
    out.write(maria, m_folder.filePath(QStringLiteral("x.pdf")), PaperFormat::Pdf);
    QTRY_COMPARE(said.size(), 1);
    QCOMPARE(said.first().first().toString(), QStringLiteral("The store cannot be <b>read</b>. Try again."));
    QCOMPARE(child<QMessageBox>(window, "transcriptSaid")->textFormat(), Qt::PlainText);
    QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("x.pdf"))));
}

void TestTranscript::otherFormatsGoToTheDesk_data() {
    QTest::addColumn<PaperFormat>("format");
    QTest::addColumn<desk::TranscriptFormat>("asked");
    QTest::newRow("json") << PaperFormat::Json << desk::TranscriptFormat::Json;
    QTest::newRow("csv") << PaperFormat::Csv << desk::TranscriptFormat::Csv;
}

void TestTranscript::otherFormatsGoToTheDesk() {
    QFETCH(PaperFormat, format);
    QFETCH(desk::TranscriptFormat, asked);
    FakeTranscripts transcripts;
    FakeAccount account;
    QWidget window;
    TranscriptExport out(transcripts, account, window);
    const QSignalSpy said(&out, &TranscriptExport::said);
    out.write(maria, QStringLiteral("/tmp/x"), format);
    QTRY_COMPARE(said.size(), 1);
    QCOMPARE(transcripts.written.size(), 1);
    QVERIFY(transcripts.written.first().format == asked);
    QVERIFY(said.first().first().toString().startsWith(QStringLiteral("4 messages were written to")));
}

void TestTranscript::dialogOffersThreeFormats() {
    FakeTranscripts transcripts;
    transcripts.shownHead.name = QStringLiteral("../Ma<ria>: Keller?");
    FakeAccount account;
    QWidget window;
    window.show();
    TranscriptExport out(transcripts, account, window);
    out.ask(maria);
    auto *dialog = child<QFileDialog>(window, "exportDialog");
    QCOMPARE(dialog->nameFilters().size(), 3);
    QVERIFY(dialog->selectedFiles().first().endsWith(QStringLiteral("/Maria Keller.pdf")));
    delete dialog;
}

void TestTranscript::pageFollowsTheCountry() {
    QCOMPARE(usualPage(QLocale(QLocale::English, QLocale::UnitedStates)).id(), QPageSize::Letter);
    QCOMPARE(usualPage(QLocale(QLocale::German, QLocale::Germany)).id(), QPageSize::A4);
}

void TestTranscript::markupIsText() {
    // A page of what would be a picture and a line as markup is as long as its characters are.
    const auto pagesOf = [](const QString &text) {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        QPdfWriter device(&buffer);
        device.setResolution(150);
        TranscriptPainter painter(device, [&] { device.newPage(); }, {}, {line(0, text)}, home);
        if (!painter.begin())
            return 0;
        while (painter.drawFor(1000))
            ;
        const int pages = painter.pages();
        return painter.finish() ? pages : 0;
    };
    const QString markup = QStringLiteral("<br><img src=\"http://127.0.0.1/x.png\">&amp;");
    const QString harmless = QStringLiteral("(br)(img src=.http---127.0.0.1-x.png.)+amp-");
    QCOMPARE(pagesOf(markup.repeated(400)), pagesOf(harmless.repeated(400)));
}

QTEST_MAIN(TestTranscript)
#include "tst_transcript.moc"
