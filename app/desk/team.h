#pragma once

#include "base/failure.h"
#include "desk/values.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <optional>

namespace longcode::desk {

enum class TeamRole : quint8 { Agent, Compliance, Admin };
/// "Agent", "Compliance", "Administrator", translated.
[[nodiscard]] QString roleInWords(TeamRole role);

enum class TeamPermission : quint8 { Chat, SeeRegistrations, File, Broadcast, ManageShared, Operate };

struct TeamMember {
    QString name;
    TeamRole role = TeamRole::Agent;
    friend bool operator==(const TeamMember &, const TeamMember &) = default;
};

enum class TeamActivity : quint8 { None, Viewing, Answering };

/// What a colleague does in a conversation at this moment.
struct Colleague {
    QString name;
    TeamActivity activity = TeamActivity::Viewing;
    friend bool operator==(const Colleague &, const Colleague &) = default;
};

/// A text that everybody may use.
struct CannedReply {
    QString id; ///< empty: a new one
    QString folder, title, text;
    friend bool operator==(const CannedReply &, const CannedReply &) = default;
};

enum class AnswerReason : quint8 {
    Answered,  ///< a colleague's answer left within the last minute
    Answering, ///< a colleague is typing
    Claimed    ///< a colleague has claimed the conversation
};

/// What a person is asked before his answer is sent.
struct AnswerQuestion {
    AnswerReason reason = AnswerReason::Answered;
    QString name; ///< of the colleague, or "A colleague" when only his message is known
    QString what; ///< one sentence: "Anna answered 12 seconds ago."
    QDateTime when;
    QString text;  ///< of the colleague's answer, one line, plain text; or empty
    QString key{}; ///< of the colleague's answer, however often and by whatever it is told; or empty
    friend bool operator==(const AnswerQuestion &, const AnswerQuestion &) = default;
};

enum class ClaimMode : quint8 {
    IfFree,  ///< without effect while a colleague has it
    TakeOver ///< also then
};

/// Who else works with this account, and what they tell each other about conversations. Lives on the UI
/// thread. What is done here is durable at once and goes to the relay when it can be reached; the
/// conversation and its messages change when it comes back from there, which is what colleagues see too.
/// With nobody else there, presence and claims are neither offered nor sent; notes, closing and canned
/// replies work as ever.
class Team : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    static constexpr std::chrono::minutes usualClaim{30};

    /// One's own name; empty: the relay has never said it.
    [[nodiscard]] virtual QString name() const = 0;
    [[nodiscard]] virtual TeamRole role() const = 0;
    /// Everybody, oneself among them, by name.
    [[nodiscard]] virtual QList<TeamMember> members() const = 0;
    /// Whether there is anybody else.
    [[nodiscard]] virtual bool isTeam() const = 0;
    [[nodiscard]] virtual bool may(TeamPermission permission) const = 0;

    /// For oneself, or prolongs it.
    virtual void claim(ConversationId id, std::chrono::minutes length, ClaimMode mode) = 0;
    /// For a colleague; takes it over from whoever has it.
    virtual void assign(ConversationId id, const QString &member, std::chrono::minutes length) = 0;
    virtual void release(ConversationId id) = 0;
    /// For colleagues only; at most 4,000 characters, more are cut. `mentions` are names of members.
    virtual void addNote(ConversationId id, const QString &text, const QStringList &mentions) = 0;
    virtual void setClosed(ConversationId id, bool closed) = 0;

    /// By folder, then title.
    [[nodiscard]] virtual QList<CannedReply> cannedReplies() const = 0;
    virtual void saveCannedReply(const CannedReply &reply) = 0;
    virtual void removeCannedReply(const QString &id) = 0;

    /// What one does in the conversation that is on screen. Say it on every change and keystroke: it is sent
    /// when something changes and repeated while it lasts. Only one conversation at a time.
    virtual void setActivity(ConversationId id, TeamActivity activity) = 0;
    /// Who else is there now; those answering first.
    [[nodiscard]] virtual QList<Colleague> colleagues(ConversationId id) const = 0;

    /// Before a send: what a person should be asked, or nothing.
    [[nodiscard]] virtual std::optional<AnswerQuestion> answerCheck(ConversationId id) const = 0;

    /// How many things said here have not reached the relay yet.
    [[nodiscard]] virtual int unsent() const = 0;

Q_SIGNALS:
    /// Own name, role or members.
    void membersChanged();
    void colleaguesChanged(longcode::desk::ConversationId id);
    void cannedRepliesChanged();
    void unsentChanged();
    /// Something was not taken by the relay or not written here, and is gone.
    void refused(const longcode::Failure &why);
    /// The same of a note, told before refused(): its text, to be put back where it was written.
    void noteRefused(longcode::desk::ConversationId id, const QString &text, const longcode::Failure &why);
    /// A colleague mentioned one in a note: as it comes in, also when that was written while this console was
    /// away (for a week). What was not looked at before the end is told again after the next start.
    void mentioned(longcode::desk::ConversationId id, longcode::desk::MessageRow note);
};

} // namespace longcode::desk
