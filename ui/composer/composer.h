#pragma once

#include "composer/figures.h"
#include "desk/account.h"
#include "desk/outbox.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace longcode::style {
class Banner;
}

namespace longcode::composer {

class ComposerEdit;
class EncodingNoticeBar;
class SegmentMeter;
class SenderButton;
enum class SendKey : quint8;

/// Where a text is written, counted and sent. Shows one conversation at a time; keeps each one's draft in the
/// outbox as it is typed. Outbox and account outlive it. UI thread.
class Composer : public QWidget {
    Q_OBJECT
public:
    Composer(desk::Outbox &outbox, desk::Account &account, QWidget *parent = nullptr);
    ~Composer() override;

    /// Switches to a conversation and brings its draft back. The undo history starts anew.
    void open(const desk::Conversation &conversation);
    /// The conversation shown has changed: its sender, its opt-out.
    void refresh(const desk::Conversation &conversation);
    /// No conversation: nothing can be written.
    void close();

    void setSendKey(SendKey key);

    [[nodiscard]] QString text() const;
    /// Puts a text in place of the present one, as if typed: it becomes the draft and can be undone.
    void setText(const QString &text);
    [[nodiscard]] const Figures &figures() const { return m_figures; }

    /// What the Send button does.
    void send();
    void focusText();

Q_SIGNALS:
    /// The intent is durable.
    void sent(longcode::desk::ConversationId conversation, longcode::desk::MessageRow row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Sends whose intent is not durable yet, and what was typed since. Until then the outbox still holds the
    /// sent text as the draft, and it must not be overwritten: a crash in between would lose it.
    struct Pending {
        int sends = 0;
        QString typedSince;
    };

    QWidget *buildDesk();
    QWidget *buildSign();
    QWidget *buildFigures();
    void placeAlternative();
    void load(const QString &text);
    void learnTerms();
    void textChanged();
    void showFigures();
    void showProblems();
    void showSign();
    void sendAnswered(desk::ConversationId id, const QString &text,
                      const Result<desk::MessageRow, desk::SendProblem> &answer);
    void refuse(const Failure &sentence);
    void colour();

    desk::Outbox &m_outbox;
    desk::Account &m_account;
    std::optional<desk::Conversation> m_conversation;
    SenderTerms m_terms;
    Figures m_figures;
    std::optional<desk::SendProblem> m_obstacle; ///< whatever the text
    Failure m_refusal;                           ///< of the last attempt, until the text changes
    QHash<desk::ConversationId, Pending> m_pending;
    bool m_loading = false;

    QStackedLayout *m_pages;
    ComposerEdit *m_edit = nullptr;
    EncodingNoticeBar *m_notice = nullptr;
    style::Banner *m_problem = nullptr;
    SenderButton *m_sender = nullptr;
    SegmentMeter *m_meter = nullptr;
    QLabel *m_segments = nullptr;
    QLabel *m_detail = nullptr;
    QLabel *m_cost = nullptr;
    QLabel *m_alternative = nullptr;
    QLabel *m_alternativeValue = nullptr;
    QHBoxLayout *m_figureRow = nullptr;
    QHBoxLayout *m_alternativeRow = nullptr; ///< below, when the figures' row is too narrow
    QWidget *m_alternativeGroup = nullptr;
    QPushButton *m_send = nullptr;
    QWidget *m_sign = nullptr;
    QLabel *m_signTitle = nullptr;
    QLabel *m_signText = nullptr;
};

} // namespace longcode::composer
