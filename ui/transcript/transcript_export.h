#pragma once

#include "desk/account.h"
#include "desk/transcripts.h"

#include <QObject>
#include <QPointer>

class QDialog;
class QWidget;

namespace longcode::transcript {

class TranscriptJob;

enum class PaperFormat : quint8 { Pdf, Json, Csv };

/// Leads a person from "Export…" or "Print…" to a file or paper: asks where, shows how far it is, and says
/// how it went. All outlive it. UI thread.
class TranscriptExport final : public QObject {
    Q_OBJECT
public:
    TranscriptExport(desk::Transcripts &transcripts, desk::Account &account, QWidget &window);
    ~TranscriptExport() override;

    /// Opens the dialog for a file.
    void ask(desk::ConversationId id);
    void write(desk::ConversationId id, const QString &path, PaperFormat format);
    /// Opens the printer's dialog.
    void print(desk::ConversationId id);

Q_SIGNALS:
    /// Also shown to the person.
    void said(const QString &sentence);

private:
    void follow(TranscriptJob *job, const QString &done);
    void showProgress(TranscriptJob *job);
    void say(const QString &sentence, const QString &more = {});
    [[nodiscard]] QString suggestedName(desk::ConversationId id) const;

    desk::Transcripts &m_transcripts;
    desk::Account &m_account;
    QWidget &m_window;
    QPointer<QDialog> m_progress;
};

} // namespace longcode::transcript
