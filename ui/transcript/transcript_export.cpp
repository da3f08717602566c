#include "transcript/transcript_export.h"

#include "base/when_finished.h"
#include "settings/page_parts.h"
#include "style/plain_text.h"
#include "transcript/transcript_job.h"
#include "transcript/transcript_painter.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QPageLayout>
#include <QPrintDialog>
#include <QPrinter>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace longcode::transcript {

namespace {

constexpr int patience = 400; // milliseconds until a progress dialog is worth its room
constexpr qsizetype longestName = 60;

PaperFormat formatOf(const QString &path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QStringLiteral("json"))
        return PaperFormat::Json;
    return suffix == QStringLiteral("csv") ? PaperFormat::Csv : PaperFormat::Pdf;
}

} // namespace

TranscriptExport::TranscriptExport(desk::Transcripts &transcripts, desk::Account &account, QWidget &window)
    : QObject(&window), m_transcripts(transcripts), m_account(account), m_window(window) {}

TranscriptExport::~TranscriptExport() {
    delete m_progress;
}

/// Letters and digits of the customer's name, for a file that every system takes.
QString TranscriptExport::suggestedName(desk::ConversationId id) const {
    const desk::TranscriptHead head = m_transcripts.head(id);
    QString name;
    const QString from = head.name.isEmpty() ? head.peer.wire() : style::singleLine(head.name);
    for (const QChar c : from) {
        if (c.isLetterOrNumber() || c == u'-')
            name += c;
        else if (c == u' ' && !name.endsWith(u' '))
            name += c;
    }
    name = name.trimmed().left(longestName);
    return name.isEmpty() ? tr("conversation") : name;
}

void TranscriptExport::ask(desk::ConversationId id) {
    auto *dialog = new QFileDialog(&m_window, tr("Export conversation"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QStringList filters{tr("PDF, to read and print (*.pdf)"),
                              tr("JSON, with the proof of every inbound text (*.json)"),
                              tr("CSV, for a spreadsheet (*.csv)")};
    const QStringList suffixes{QStringLiteral("pdf"), QStringLiteral("json"), QStringLiteral("csv")};
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffixes.first());
    dialog->selectFile(suggestedName(id) + QStringLiteral(".pdf"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters, suffixes](const QString &filter) {
        const QString suffix = suffixes.value(filters.indexOf(filter), suffixes.first());
        dialog->setDefaultSuffix(suffix);
        const QStringList chosen = dialog->selectedFiles();
        if (!chosen.isEmpty())
            dialog->selectFile(QFileInfo(chosen.first()).completeBaseName() + u'.' + suffix);
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, id](const QString &path) { write(id, path, formatOf(path)); });
    dialog->open();
}

void TranscriptExport::write(desk::ConversationId id, const QString &path, PaperFormat format) {
    const QString file = style::isolated(path);
    if (format == PaperFormat::Pdf) {
        auto *job = new TranscriptJob(m_transcripts, id, m_account.homeRegion(), this);
        follow(job, tr("The conversation was written to %1.").arg(file));
        job->toPdf(path);
        return;
    }
    const auto kind =
        format == PaperFormat::Json ? desk::TranscriptFormat::Json : desk::TranscriptFormat::Csv;
    whenFinished(m_transcripts.write(id, path, kind), this,
                 [this, file](const Result<qint64, Failure> &answer) {
                     if (answer)
                         say(tr("%n messages were written to %1.", nullptr, int(*answer)).arg(file));
                     else
                         say(answer.error().what, answer.error().remedy);
                 });
}

void TranscriptExport::print(desk::ConversationId id) {
    auto printer =
        std::make_shared<std::unique_ptr<QPrinter>>(std::make_unique<QPrinter>(QPrinter::HighResolution));
    (*printer)->setPageSize(usualPage(QLocale::system()));
    (*printer)->setDocName(suggestedName(id));
    auto *dialog = new QPrintDialog(printer->get(), &m_window);
    dialog->setObjectName(QStringLiteral("printDialog"));
    connect(dialog, &QPrintDialog::finished, this, [this, id, printer, dialog](int result) {
        dialog->deleteLater();
        if (result != QDialog::Accepted)
            return;
        auto *job = new TranscriptJob(m_transcripts, id, m_account.homeRegion(), this);
        follow(job, tr("The conversation was given to the printer."));
        job->toDevice(std::move(*printer));
    });
    dialog->open();
}

void TranscriptExport::follow(TranscriptJob *job, const QString &done) {
    showProgress(job);
    connect(job, &TranscriptJob::finished, this, [this, done](qint64 messages, int pages) {
        say(done,
            tr("%1 messages on %2 pages.").arg(QLocale().toString(messages), QLocale().toString(pages)));
    });
    connect(job, &TranscriptJob::failed, this, [this](const Failure &why) { say(why.what, why.remedy); });
}

void TranscriptExport::showProgress(TranscriptJob *job) {
    delete m_progress;
    auto *dialog = new QDialog(&m_window);
    m_progress = dialog;
    dialog->setObjectName(QStringLiteral("transcriptProgress"));
    dialog->setWindowTitle(tr("Export conversation"));
    auto *bar = new QProgressBar(dialog);
    bar->setAccessibleName(tr("Drawing the pages"));
    bar->setRange(0, 0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("cancelTranscriptButton"));
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(22, 18, 22, 18);
    column->addWidget(settings::wrappedText(tr("Drawing the pages…"), dialog));
    column->addWidget(bar);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::rejected, job, &TranscriptJob::cancel);
    connect(job, &TranscriptJob::progress, bar, [bar](qint64 drawn, qint64 all) {
        bar->setRange(0, int(all));
        bar->setValue(int(drawn));
    });
    connect(job, &TranscriptJob::over, dialog, &QObject::deleteLater);
    QTimer::singleShot(patience, dialog, &QDialog::open);
}

void TranscriptExport::say(const QString &sentence, const QString &more) {
    auto *box = new QMessageBox(&m_window);
    box->setObjectName(QStringLiteral("transcriptSaid"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("Export conversation"));
    box->setText(sentence);
    box->setInformativeText(more);
    style::showAsPlainText(*box);
    box->addButton(QMessageBox::Close);
    box->open();
    Q_EMIT said(more.isEmpty() ? sentence : sentence + u' ' + more);
}

} // namespace longcode::transcript
