#include "transcript/transcript_job.h"

#include "base/when_finished.h"
#include "style/plain_text.h"
#include "transcript/transcript_painter.h"

#include <QPageLayout>
#include <QPdfWriter>
#include <QSaveFile>

namespace longcode::transcript {

namespace {

constexpr int turn = 12; // milliseconds, below one frame
constexpr int resolution = 300;
constexpr qreal margin = 18; // millimetres

} // namespace

TranscriptJob::TranscriptJob(desk::Transcripts &transcripts, desk::ConversationId id,
                             const phone::Region &home, QObject *parent)
    : QObject(parent), m_transcripts(transcripts), m_id(id), m_home(home) {
    connect(&m_turn, &QTimer::timeout, this, &TranscriptJob::drawSome);
    connect(this, &TranscriptJob::over, this, &QObject::deleteLater);
}

TranscriptJob::~TranscriptJob() {
    // The painter draws on the device, the device writes to the file.
    m_painter.reset();
    m_device.reset();
}

void TranscriptJob::toPdf(const QString &path) {
    m_file = std::make_unique<QSaveFile>(path);
    if (!m_file->open(QIODevice::WriteOnly)) {
        end({tr("%1 cannot be written: %2.").arg(style::isolated(path), m_file->errorString()),
             tr("Choose another place.")});
        return;
    }
    auto pdf = std::make_unique<QPdfWriter>(m_file.get());
    pdf->setResolution(resolution);
    pdf->setCreator(QStringLiteral("Longcode"));
    pdf->setTitle(tr("Conversation with %1").arg(style::singleLine(m_transcripts.head(m_id).name)));
    pdf->setPageLayout(QPageLayout(usualPage(QLocale::system()), QPageLayout::Portrait,
                                   QMarginsF(margin, margin, margin, margin), QPageLayout::Millimeter));
    m_device = std::move(pdf);
    start();
}

void TranscriptJob::toDevice(std::unique_ptr<QPagedPaintDevice> device) {
    m_device = std::move(device);
    start();
}

void TranscriptJob::start() {
    whenFinished(m_transcripts.lines(m_id, most), this,
                 [this](const Result<QList<desk::TranscriptLine>, Failure> &answer) {
                     if (m_isOver)
                         return;
                     if (answer)
                         took(*answer);
                     else
                         end(answer.error());
                 });
}

void TranscriptJob::took(const QList<desk::TranscriptLine> &lines) {
    m_all = lines.size();
    const desk::TranscriptHead head = m_transcripts.head(m_id);
    m_painter = std::make_unique<TranscriptPainter>(
        *m_device, [this] { m_device->newPage(); }, head, lines, m_home,
        qMax(qint64(0), head.messages - m_all));
    if (!m_painter->begin()) {
        end({tr("The printer or file does not take pages."), tr("Choose another one.")});
        return;
    }
    m_turn.start(0);
}

void TranscriptJob::drawSome() {
    const bool more = m_painter->drawFor(turn);
    Q_EMIT progress(m_painter->drawn(), m_all);
    if (!more && !m_isOver)
        complete();
}

void TranscriptJob::complete() {
    m_turn.stop();
    const int pages = m_painter->pages();
    const bool drawn = m_painter->finish();
    m_painter.reset();
    m_device.reset();
    if (!drawn || (m_file && !m_file->commit())) {
        end({m_file ? tr("The file could not be written: %1.").arg(m_file->errorString())
                    : tr("The printer did not take all pages."),
             tr("Nothing of it was kept. Try again, or choose another place.")});
        return;
    }
    m_isOver = true;
    Q_EMIT finished(m_all, pages);
    Q_EMIT over();
}

void TranscriptJob::cancel() {
    if (m_isOver)
        return;
    m_isOver = true;
    m_turn.stop();
    if (m_file)
        m_file->cancelWriting();
    Q_EMIT over();
}

void TranscriptJob::end(const Failure &why) {
    m_isOver = true;
    m_turn.stop();
    if (m_file)
        m_file->cancelWriting();
    Q_EMIT failed(why);
    Q_EMIT over();
}

} // namespace longcode::transcript
