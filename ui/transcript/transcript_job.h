#pragma once

#include "desk/transcripts.h"

#include <QTimer>

#include <memory>

class QPagedPaintDevice;
class QSaveFile;

namespace longcode::transcript {

class TranscriptPainter;

/// Draws one conversation onto a device, a little in each turn of the event loop. Deletes itself at its end.
/// The transcripts outlive it. UI thread.
class TranscriptJob final : public QObject {
    Q_OBJECT
public:
    /// The newest so many messages are drawn.
    static constexpr qint64 most = 200'000;

    TranscriptJob(desk::Transcripts &transcripts, desk::ConversationId id, const phone::Region &home,
                  QObject *parent);
    ~TranscriptJob() override;

    /// A PDF file; an older one of that name stays until the new one is whole.
    void toPdf(const QString &path);
    void toDevice(std::unique_ptr<QPagedPaintDevice> device);
    /// Leaves no file behind.
    void cancel();

Q_SIGNALS:
    /// In messages.
    void progress(qint64 done, qint64 all);
    void finished(qint64 messages, int pages);
    void failed(const longcode::Failure &why);
    /// It is over, one way or the other.
    void over();

private:
    void start();
    void took(const QList<desk::TranscriptLine> &lines);
    void drawSome();
    void complete();
    void end(const Failure &why);

    desk::Transcripts &m_transcripts;
    desk::ConversationId m_id;
    phone::Region m_home;
    std::unique_ptr<QSaveFile> m_file;
    std::unique_ptr<QPagedPaintDevice> m_device;
    std::unique_ptr<TranscriptPainter> m_painter;
    qint64 m_all = 0;
    QTimer m_turn;
    bool m_isOver = false;
};

} // namespace longcode::transcript
