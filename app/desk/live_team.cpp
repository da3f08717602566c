#include "desk/live_team.h"

#include "base/clock.h"
#include "desk/convert.h"
#include "desk/desk_text.h"
#include "phone/phone.h"
#include "store/reader.h"
#include "store/store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace longcode::desk {

namespace {

/// Who one is and who else there is, as the relay said last: known before it is reached again.
constexpr char teamFact[] = "team";
/// Conversations with a note that mentions one and was not looked at: "conversation:note …".
constexpr char mentionsFact[] = "unread-mentions";

TeamRole toDesk(protocol::Role role) {
    switch (role) {
    case protocol::Role::Agent:
        return TeamRole::Agent;
    case protocol::Role::Compliance:
        return TeamRole::Compliance;
    case protocol::Role::Admin:
        break;
    }
    return TeamRole::Admin;
}

protocol::Role toProtocol(TeamRole role) {
    switch (role) {
    case TeamRole::Agent:
        return protocol::Role::Agent;
    case TeamRole::Compliance:
        return protocol::Role::Compliance;
    case TeamRole::Admin:
        break;
    }
    return protocol::Role::Admin;
}

protocol::Permission toProtocol(TeamPermission permission) {
    switch (permission) {
    case TeamPermission::Chat:
        return protocol::Permission::Chat;
    case TeamPermission::SeeRegistrations:
        return protocol::Permission::SeeRegistrations;
    case TeamPermission::File:
        return protocol::Permission::File;
    case TeamPermission::Broadcast:
        return protocol::Permission::Broadcast;
    case TeamPermission::ManageShared:
        return protocol::Permission::ManageShared;
    case TeamPermission::Operate:
        break;
    }
    return protocol::Permission::Operate;
}

CannedReply toDesk(const protocol::CannedReply &reply) {
    return {.id = reply.id, .folder = reply.folder, .title = reply.title, .text = reply.text};
}

} // namespace

LiveTeam::LiveTeam(store::Store &store, store::Reader &reader, const Clock &clock,
                   std::chrono::milliseconds presenceLasts, QObject *parent)
    : Team(parent)
    , m_store(store)
    , m_reader(reader)
    , m_clock(clock)
    , m_facts(store, reader, clock)
    , m_presence(presenceLasts) {
    connect(&m_facts, &FactQueue::changed, this, &Team::unsentChanged);
    // A canned reply on its way is shown already.
    connect(&m_facts, &FactQueue::cannedRepliesChanged, this, &LiveTeam::forgetCannedReplies);
    connect(&m_facts, &FactQueue::refused, this, &LiveTeam::onRefused);
    connect(&m_presence, &PresenceBoard::changed, this, &LiveTeam::onPresenceChanged);
    connect(&m_store, &store::Store::changed, this, &LiveTeam::onStoreChanged);
    recall();
    recallMentions();
}

bool LiveTeam::may(TeamPermission permission) const {
    return protocol::may(toProtocol(m_role), toProtocol(permission));
}

void LiveTeam::onWelcome(const protocol::Welcome &welcome) {
    QList<TeamMember> members;
    for (const protocol::Member &member : welcome.members)
        members.append({.name = member.name, .role = toDesk(member.role)});
    std::sort(members.begin(), members.end(),
              [](const TeamMember &a, const TeamMember &b) { return a.name < b.name; });
    const TeamRole role = toDesk(welcome.role);
    if (welcome.name != m_name || role != m_role || members != m_members) {
        m_name = welcome.name;
        m_role = role;
        m_members = members;
        remember();
        Q_EMIT membersChanged();
    }
    m_facts.open();
    m_presence.setOpen(isTeam());
    if (!std::exchange(m_mentionsTold, true))
        for (auto mention = m_mentions.cbegin(); mention != m_mentions.cend(); ++mention)
            Q_EMIT mentioned(ConversationId{mention.key()}, MessageRow{mention.value()});
}

void LiveTeam::onRelayGone() {
    m_facts.close();
    m_presence.setOpen(false);
}

void LiveTeam::remember() const {
    QJsonArray members;
    for (const TeamMember &member : m_members)
        members.append(QJsonObject{{QStringLiteral("name"), member.name},
                                   {QStringLiteral("role"), static_cast<int>(member.role)}});
    const QJsonObject team{{QStringLiteral("name"), m_name},
                           {QStringLiteral("role"), static_cast<int>(m_role)},
                           {QStringLiteral("members"), members}};
    m_store.setFact(QLatin1String(teamFact),
                    QString::fromUtf8(QJsonDocument(team).toJson(QJsonDocument::Compact)));
}

void LiveTeam::recall() {
    const auto roleAt = [](const QJsonObject &object) {
        return static_cast<TeamRole>(
            std::clamp(object.value(QLatin1String("role")).toInt(), 0, static_cast<int>(TeamRole::Admin)));
    };
    const QJsonObject team =
        QJsonDocument::fromJson(m_reader.fact(QLatin1String(teamFact)).toUtf8()).object();
    if (team.isEmpty())
        return;
    m_name = team.value(QLatin1String("name")).toString();
    m_role = roleAt(team);
    const QJsonArray members = team.value(QLatin1String("members")).toArray();
    for (const QJsonValue &member : members)
        m_members.append({.name = member.toObject().value(QLatin1String("name")).toString(),
                          .role = roleAt(member.toObject())});
}

std::optional<protocol::Parties> LiveTeam::partiesOf(ConversationId id) const {
    const auto conversation = m_reader.conversation(toStore(id));
    if (!conversation)
        return std::nullopt;
    return protocol::Parties{.peer = conversation->parties.peer, .own = conversation->parties.own};
}

void LiveTeam::publishClaim(ConversationId id, const QString &assignee, std::chrono::minutes length,
                            bool takeOver) {
    const auto parties = partiesOf(id);
    if (!parties || assignee.isEmpty() || !isTeam())
        return;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
    m_facts.add(protocol::Claim{.parties = *parties,
                                .assignee = assignee,
                                .until = m_clock.now().addSecs(seconds),
                                .takeOver = takeOver});
}

void LiveTeam::claim(ConversationId id, std::chrono::minutes length, ClaimMode mode) {
    publishClaim(id, m_name, length, mode == ClaimMode::TakeOver);
}

void LiveTeam::assign(ConversationId id, const QString &member, std::chrono::minutes length) {
    publishClaim(id, member, length, true);
}

void LiveTeam::release(ConversationId id) {
    if (const auto parties = partiesOf(id); parties && isTeam())
        m_facts.add(protocol::Release{*parties});
}

void LiveTeam::addNote(ConversationId id, const QString &text, const QStringList &mentions) {
    const auto parties = partiesOf(id);
    const QString plain = text.trimmed().left(protocol::maximumNoteLength);
    if (plain.isEmpty())
        return;
    if (parties)
        m_facts.add(protocol::Note{.parties = *parties, .text = plain, .mentions = mentions}, toStore(id));
    else
        refuseNote(id, plain,
                   {tr("The note was not kept: its conversation could not be read."),
                    tr("Open the conversation again, then add the note.")});
}

void LiveTeam::onRefused(const protocol::Fact &fact, const Failure &why) {
    const auto *note = std::get_if<protocol::Note>(&fact);
    if (!note) {
        Q_EMIT refused(why);
        return;
    }
    const auto conversation = m_reader.find({note->parties.peer, note->parties.own});
    refuseNote(conversation ? desk::toDesk(*conversation) : ConversationId{}, note->text, why);
}

void LiveTeam::refuseNote(ConversationId id, const QString &text, const Failure &why) {
    Q_EMIT noteRefused(id, text, why);
    // Where nothing takes the text back, it can still be read.
    Q_EMIT refused({why.what, why.remedy + QLatin1Char(' ') + tr("The note was: “%1”").arg(oneLine(text))});
}

void LiveTeam::forgetCannedReplies() {
    m_cannedReplies.reset();
    Q_EMIT cannedRepliesChanged();
}

void LiveTeam::setClosed(ConversationId id, bool closed) {
    if (const auto parties = partiesOf(id))
        m_facts.add(protocol::Closed{.parties = *parties, .closed = closed});
}

QList<CannedReply> LiveTeam::cannedReplies() const {
    if (m_cannedReplies)
        return *m_cannedReplies;
    QList<CannedReply> replies;
    for (const store::CannedReplyRecord &record : m_reader.cannedReplies())
        replies.append(
            {.id = record.id, .folder = record.folder, .title = record.title, .text = record.text});
    const auto onTheirWay = m_facts.cannedReplies();
    for (const protocol::CannedReply &reply : onTheirWay) {
        replies.removeIf([&reply](const CannedReply &other) { return other.id == reply.id; });
        if (!reply.text.isEmpty())
            replies.append(toDesk(reply));
    }
    std::stable_sort(replies.begin(), replies.end(), [](const CannedReply &a, const CannedReply &b) {
        const int folders = a.folder.compare(b.folder, Qt::CaseInsensitive);
        return folders == 0 ? a.title.compare(b.title, Qt::CaseInsensitive) < 0 : folders < 0;
    });
    m_cannedReplies = replies;
    return replies;
}

void LiveTeam::saveCannedReply(const CannedReply &reply) {
    const QString id = reply.id.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : reply.id;
    if (reply.text.trimmed().isEmpty())
        return;
    m_facts.add(protocol::CannedReply{.id = id,
                                      .folder = reply.folder.simplified(),
                                      .title = reply.title.simplified(),
                                      .text = reply.text});
}

void LiveTeam::removeCannedReply(const QString &id) {
    m_facts.add(protocol::CannedReply{.id = id, .folder = {}, .title = {}, .text = {}});
}

void LiveTeam::setActivity(ConversationId id, TeamActivity activity) {
    m_lookedAt = activity == TeamActivity::None ? ConversationId{} : id;
    mentionSeen(m_lookedAt);
    if (!isTeam())
        return;
    const auto parties = partiesOf(id);
    if (!parties)
        return;
    const auto word = activity == TeamActivity::None        ? protocol::Activity::None
                      : activity == TeamActivity::Answering ? protocol::Activity::Answering
                                                            : protocol::Activity::Viewing;
    m_presence.say(*parties, word);
}

QList<Colleague> LiveTeam::colleagues(ConversationId id) const {
    const auto parties = partiesOf(id);
    if (!parties || !isTeam())
        return {};
    QList<Colleague> here = m_presence.colleagues(*parties);
    here.removeIf([this](const Colleague &colleague) { return colleague.name == m_name; });
    return here;
}

int LiveTeam::unsent() const {
    return static_cast<int>(m_facts.waiting().size());
}

std::optional<AnswerQuestion> LiveTeam::recentAnswer(ConversationId id) const {
    const QDateTime now = m_clock.now();
    const auto answer = m_reader.lastAnswerOfOthers(toStore(id), m_name, now.addSecs(-recentSeconds));
    if (!answer)
        return std::nullopt;
    const QString who = answer->author.isEmpty() ? tr("A colleague") : answer->author;
    const int seconds = static_cast<int>(std::max<qint64>(0, answer->at.secsTo(now)));
    const QString what = seconds < 2 ? tr("%1 has just answered.").arg(who)
                                     : tr("%1 answered %n seconds ago.", nullptr, seconds).arg(who);
    return AnswerQuestion{.reason = AnswerReason::Answered,
                          .name = who,
                          .what = what,
                          .when = answer->at,
                          .text = oneLine(answer->text),
                          .key = answer->key};
}

std::optional<AnswerQuestion> LiveTeam::livingClaim(ConversationId id) const {
    const auto conversation = m_reader.conversation(toStore(id));
    const QDateTime now = m_clock.now();
    if (!conversation || !conversation->claim || conversation->claim->until <= now ||
        conversation->claim->assignee == m_name)
        return std::nullopt;
    const QString who = conversation->claim->assignee;
    const QString until =
        QLocale().toString(conversation->claim->until.toLocalTime().time(), QLocale::ShortFormat);
    return AnswerQuestion{.reason = AnswerReason::Claimed,
                          .name = who,
                          .what = tr("%1 takes care of this conversation until %2.").arg(who, until),
                          .when = conversation->claim->until,
                          .text = {}};
}

std::optional<AnswerQuestion> LiveTeam::answerCheck(ConversationId id) const {
    if (!isTeam())
        return std::nullopt;
    if (auto answered = recentAnswer(id))
        return answered;
    for (const Colleague &colleague : colleagues(id))
        if (colleague.activity == TeamActivity::Answering)
            return AnswerQuestion{.reason = AnswerReason::Answering,
                                  .name = colleague.name,
                                  .what = tr("%1 is writing an answer right now.").arg(colleague.name),
                                  .when = m_clock.now(),
                                  .text = {}};
    return livingClaim(id);
}

void LiveTeam::shareRead(store::ConversationId id, const QDateTime &upTo) {
    if (const auto parties = partiesOf(desk::toDesk(id)); parties && isTeam())
        m_facts.add(protocol::ReadUpTo{.parties = *parties, .at = upTo});
}

void LiveTeam::shareName(const QString &peer, const QString &name) {
    if (isTeam())
        m_facts.add(protocol::SharedContact{.peer = peer, .name = name});
}

void LiveTeam::shareAnswer(const store::IntentRecord &intent) {
    if (isTeam())
        m_facts.add(protocol::Answered{.parties = {.peer = intent.parties.peer, .own = intent.parties.own},
                                       .intent = intent.intent.text()});
}

void LiveTeam::onPresenceChanged(const protocol::Parties &parties) {
    const store::Parties pair{phone::fromWire(parties.peer).wire(), phone::fromWire(parties.own).wire()};
    if (const auto conversation = m_reader.find(pair))
        Q_EMIT colleaguesChanged(desk::toDesk(*conversation));
}

void LiveTeam::onStoreChanged(const store::Changes &changes) {
    if (changes.repliesChanged)
        forgetCannedReplies();
    const bool live = changes.arrival == store::Arrival::Live;
    const QDateTime oldest = m_clock.now().addDays(-mentionDays);
    for (const store::MessageChange &change : changes.messages) {
        if (change.direction != store::Direction::Note || change.kind != store::ChangeKind::Inserted)
            continue;
        const auto note = m_reader.message(change.row);
        if (!note || note->author == m_name || !note->mentions.contains(m_name) ||
            (!live && note->at < oldest))
            continue;
        keepMention(desk::toDesk(note->conversation), desk::toDesk(note->row));
        Q_EMIT mentioned(desk::toDesk(note->conversation), desk::toDesk(note->row));
    }
}

void LiveTeam::keepMention(ConversationId id, MessageRow note) {
    if (id == m_lookedAt)
        return;
    m_mentions.insert(id.value, note.value);
    rememberMentions();
}

void LiveTeam::mentionSeen(ConversationId id) {
    if (m_mentions.remove(id.value) > 0)
        rememberMentions();
}

void LiveTeam::rememberMentions() const {
    QStringList words;
    for (auto mention = m_mentions.cbegin(); mention != m_mentions.cend(); ++mention)
        words.append(QStringLiteral("%1:%2").arg(mention.key()).arg(mention.value()));
    m_store.setFact(QLatin1String(mentionsFact), words.join(QLatin1Char(' ')));
}

void LiveTeam::recallMentions() {
    const QStringList words =
        m_reader.fact(QLatin1String(mentionsFact)).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : words)
        m_mentions.insert(word.section(QLatin1Char(':'), 0, 0).toLongLong(),
                          word.section(QLatin1Char(':'), 1).toLongLong());
}

} // namespace longcode::desk
