#pragma once

#include "composer/canned_popup.h"
#include "composer/figures.h"
#include "desk/account.h"
#include "desk/outbox.h"
#include "desk/team.h"

#include <QHash>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace longcode::style {
class Banner;
}
namespace longcode::team {
class PresenceLine;
class SendGuardBar;
} // namespace longcode::team

namespace longcode::composer {

class ComposerEdit;
class EncodingNoticeBar;
class NoteEditor;
class SegmentMeter;
class SenderButton;
enum class SendKey : quint8;

/// What is being written: a text for the customer, or a note for colleagues.
enum class ComposerMode : quint8 { Reply, Note };

/// Where a text is written, counted and sent, and a note for colleagues. Shows one conversation at a time;
/// keeps each one's draft in the outbox as it is typed. Asks before an answer leaves that a colleague has
/// just given, once for each thing there is to ask. Tells the team what a person does here. Outbox, account
/// and team outlive it. UI thread.
class Composer : public QWidget {
    Q_OBJECT
public:
    Composer(desk::Outbox &outbox, desk::Account &account, desk::Team &team, QWidget *parent = nullptr);
    ~Composer() override;

    /// Switches to a conversation and brings its draft back. The undo history starts anew.
    void open(const desk::Conversation &conversation);
    /// The conversation shown has changed: its sender, its opt-out.
    void refresh(const desk::Conversation &conversation);
    /// No conversation: nothing can be written.
    void close();

    void setSendKey(SendKey key);
    void setMode(ComposerMode mode);
    [[nodiscard]] ComposerMode mode() const { return m_mode; }

    [[nodiscard]] QString text() const;
    /// Puts a text in place of the present one, as if typed: it becomes the draft and can be undone.
    void setText(const QString &text);
    [[nodiscard]] const Figures &figures() const { return m_figures; }

    /// What the Send button does.
    void send();
    void focusText();
    /// Shows the canned replies over the window.
    void offerCannedReplies();

Q_SIGNALS:
    /// The intent is durable.
    void sent(longcode::desk::ConversationId conversation, longcode::desk::MessageRow row);
    void noteWritten(longcode::desk::ConversationId conversation);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Sends whose intent is not durable yet, and what was typed since. Until then the outbox still holds the
    /// sent text as the draft, and it must not be overwritten: a crash in between would lose it.
    struct Pending {
        int sends = 0;
        QString typedSince;
    };

    void connectParts();
    QWidget *buildTools();
    QWidget *buildReply();
    QWidget *buildSign();
    QWidget *buildFigures();
    void addAlternative(QWidget *figures);
    void placeAlternative();
    void load(const QString &text);
    void learnTerms();
    void textChanged();
    void showFigures();
    void showProblems();
    void showParts();
    void showSign();
    [[nodiscard]] bool isOptedOut() const;
    void sendAnswered(desk::ConversationId id, const QString &text,
                      const Result<desk::MessageRow, desk::SendProblem> &answer);
    void hand(desk::ConversationId id, const QString &text);
    [[nodiscard]] bool mustAsk();
    void forgetWhatIsOver();
    void leaveConversation();
    void answerQuestion();
    void dropQuestion();
    void stopTyping();
    void learnCanned();
    void openCanned(CannedPopup::Opener opener);
    void insertCanned(const QString &text);
    void tellActivity();
    void refuse(const Failure &sentence);
    void colour();

    desk::Outbox &m_outbox;
    desk::Account &m_account;
    desk::Team &m_team;
    std::optional<desk::Conversation> m_conversation;
    SenderTerms m_terms;
    Figures m_figures;
    std::optional<desk::SendProblem> m_obstacle; ///< whatever the text
    Failure m_refusal;                           ///< of the last attempt, until the text changes
    QHash<desk::ConversationId, Pending> m_pending;
    QHash<desk::ConversationId, QList<desk::AnswerQuestion>> m_asked; ///< and answered by a person
    std::optional<desk::AnswerQuestion> m_question;                   ///< what the guard asks now
    ComposerMode m_mode = ComposerMode::Reply;
    bool m_loading = false;
    bool m_hasCanned = false; ///< the team has canned replies
    bool m_typing = false;    ///< a person writes an answer at this moment
    QTimer m_typingPause;     ///< runs since the last keystroke; then m_typing is over

    team::PresenceLine *m_presence = nullptr;
    team::SendGuardBar *m_guard = nullptr;
    QWidget *m_tools = nullptr;
    QButtonGroup *m_modes = nullptr;
    QPushButton *m_canned = nullptr;
    QPointer<CannedPopup> m_cannedPopup; ///< the window's child
    QWidget *m_reply = nullptr;
    QWidget *m_field = nullptr; ///< the frame around the text
    NoteEditor *m_note = nullptr;
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
