#pragma once

#include "base/clock.h"
#include "composer/canned_fill.h"
#include "composer/canned_popup.h"
#include "composer/figures.h"
#include "desk/account.h"
#include "desk/outbox.h"
#include "desk/schedule.h"
#include "desk/team.h"

#include <QHash>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QAction;
class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace longcode::desk {
class OptOuts;
struct Block;
} // namespace longcode::desk
namespace longcode::style {
class Banner;
}
namespace longcode::team {
class PresenceLine;
class SendGuardBar;
} // namespace longcode::team

namespace longcode::composer {

class ComposerEdit;
class EmojiPicker;
class EncodingNoticeBar;
class Habits;
class NoteEditor;
class OptOutSign;
class QuietNotice;
class SegmentMeter;
class SenderButton;
class SenderChangeBar;
class SpellCheck;
class UndoBar;
enum class SendKey : quint8;

/// What is being written: a text for the customer, or a note for colleagues.
enum class ComposerMode : quint8 { Reply, Note };

/// What the composer works with. All outlive it.
struct ComposerServices {
    desk::Outbox &outbox;
    desk::Account &account;
    desk::Team &team;
    const Clock &clock;
    Habits &habits;
    desk::Schedule *schedule = nullptr; ///< null: sending later is not offered
    desk::OptOuts *optOuts = nullptr;   ///< null: the conversation's own mark is all that is known
};

/// Where a text is written, counted and sent, now or later, and a note for colleagues. Shows one conversation
/// at a time; keeps each one's draft in the outbox as it is typed. Asks before an answer leaves that a
/// colleague has just given, once for each thing there is to ask. Tells the team what a person does here.
/// Turns into a sign while the customer must not be texted. UI thread.
class Composer : public QWidget {
    Q_OBJECT
public:
    explicit Composer(const ComposerServices &services, QWidget *parent = nullptr);
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
    /// Asks when the text is to leave.
    void sendLater();
    /// Takes the last answer of this conversation back, while that is possible.
    void undoSend();
    /// Takes an answer of any conversation back, while that is possible: its text stands before what is
    /// written there.
    void takeBack(desk::ConversationId id, desk::MessageRow row);
    void offerEmoji();
    /// Opens the list of senders.
    void chooseSender();
    void focusText();
    /// Shows the canned replies over the window.
    void offerCannedReplies();

    /// Everything that can be done here, for menus and the command palette: each with object name, text and
    /// key. They are the widget's own actions, so the keys work without a menu.
    [[nodiscard]] QList<QAction *> composerActions() const { return m_actions; }

Q_SIGNALS:
    /// The intent is durable.
    void sent(longcode::desk::ConversationId conversation, longcode::desk::MessageRow row);
    void noteWritten(longcode::desk::ConversationId conversation);
    /// The intent is durable, and leaves at its time.
    void scheduled(longcode::desk::ConversationId conversation, longcode::desk::MessageRow row);
    /// Whether the customer can be answered at all: false without a conversation, while they opted out, and
    /// while the conversation has no sender. False at first.
    void takesReplyChanged(bool takes);
    /// A person wants to see what waits.
    void scheduleListRequested();

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
    /// An answer that can still be taken back.
    struct HeldSend {
        desk::MessageRow row;
        QDateTime until;
    };
    /// The last text that was scheduled here.
    struct ScheduledText {
        desk::ConversationId conversation;
        desk::MessageRow row;
        QString text;
    };
    using SendAnswer = Result<desk::MessageRow, desk::SendProblem>;

    void connectParts();
    void connectAids();
    void buildAids();
    void addActions();
    QAction *addOne(const char *name, const QString &text, const QKeySequence &key, void (Composer::*act)());
    void enableActions();
    void addToolButtons(QHBoxLayout *row);
    QWidget *buildTools();
    QWidget *buildReply();
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
    [[nodiscard]] std::optional<desk::Block> knownBlock() const;
    [[nodiscard]] desk::Block presentBlock() const;
    [[nodiscard]] bool isReady(const QString &text);
    void sendAnswered(desk::ConversationId id, const QString &text, const QDateTime &at,
                      const SendAnswer &answer);
    void hand(desk::ConversationId id, const QString &text, const QDateTime &at);
    void accepted(desk::ConversationId id, const QString &text, const QDateTime &at, desk::MessageRow row);
    void putBack(desk::ConversationId id, const QString &text, const QString &since);
    [[nodiscard]] QString writtenIn(desk::ConversationId id) const;
    void hold(desk::ConversationId id, desk::MessageRow row);
    void showHeld();
    void showScheduled(const ScheduledText &text, const QDateTime &at);
    void unschedule();
    void showQuiet();
    void scheduleFor(const QDateTime &at);
    void askSender(const phone::Address &own);
    void showTrap();
    void showMmsHint();
    void learnSpelling();
    [[nodiscard]] desk::CannedValues cannedValues() const;
    void fillIn(const QString &text, CannedFill::Purpose purpose);
    void takeFilled(const QString &text, CannedFill::Purpose purpose);
    [[nodiscard]] bool mustAsk();
    void forgetWhatIsOver();
    void leaveConversation();
    void answerQuestion();
    void dropQuestion();
    void stopTyping();
    void learnCanned();
    void openCanned(CannedPopup::Opener opener);
    void insertCanned(const QString &text);
    void insertText(const QString &text);
    void tellActivity();
    void refuse(const Failure &sentence);
    void colour();

    desk::Outbox &m_outbox;
    desk::Account &m_account;
    desk::Team &m_team;
    desk::Schedule *m_schedule;
    desk::OptOuts *m_optOuts;
    const Clock &m_clock;
    Habits &m_habits;
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
    bool m_takesReply = false; ///< as was told last
    bool m_hasCanned = false;  ///< the team has canned replies
    bool m_typing = false;     ///< a person writes an answer at this moment
    QTimer m_typingPause;      ///< runs since the last keystroke; then m_typing is over
    QHash<desk::ConversationId, HeldSend> m_held;
    std::optional<ScheduledText> m_lastScheduled;
    QTimer m_minute; ///< looks at the quiet hours again
    QList<QAction *> m_actions;

    team::PresenceLine *m_presence = nullptr;
    team::SendGuardBar *m_guard = nullptr;
    QWidget *m_tools = nullptr;
    QButtonGroup *m_modes = nullptr;
    QPushButton *m_canned = nullptr;
    QPointer<CannedPopup> m_cannedPopup; ///< the window's child
    QPointer<EmojiPicker> m_emojiPicker; ///< the same
    QPushButton *m_emoji = nullptr;
    QPushButton *m_later = nullptr;
    UndoBar *m_undo = nullptr;
    style::Banner *m_scheduledBar = nullptr;
    QuietNotice *m_quiet = nullptr;
    style::Banner *m_trap = nullptr;
    QLabel *m_mms = nullptr;
    SenderChangeBar *m_senderChange = nullptr;
    CannedFill *m_fill = nullptr;
    SpellCheck *m_spelling = nullptr;
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
    OptOutSign *m_sign = nullptr;
};

} // namespace longcode::composer
