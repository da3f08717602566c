#include "desk/live_alerts.h"

#include "desk/convert.h"
#include "desk/desk_text.h"
#include "desk/inbox_convert.h"
#include "rules/visible_controls.h"
#include "store/reader.h"

#include <QLocale>

namespace longcode::desk {

namespace {

constexpr qsizetype longestTitle = 80;
constexpr qsizetype longestBody = 240;
/// So many changed messages are looked at before the event loop has its turn.
constexpr int looksAtOnce = 100;
constexpr qint64 failuresOfSeconds = 24 * 60 * 60;
constexpr char quietFact[] = "alerts/quiet-until";

QString ruleFact(const phone::Address &own) {
    return QStringLiteral("alerts/rule/") + own.wire();
}

/// One line in which nothing is hidden, no half characters.
QString shown(const QString &foreign, qsizetype longest) {
    QString text = oneLine(rules::displayWithVisibleControls(foreign.left(4 * longest)));
    if (text.size() <= longest)
        return text;
    text.truncate(text.at(longest - 2).isHighSurrogate() ? longest - 2 : longest - 1);
    return text + QChar(0x2026);
}

QString whoOf(const Conversation &conversation) {
    return conversation.name.isEmpty() ? conversation.peer.international()
                                       : shown(conversation.name, longestTitle);
}

bool isFailure(MessageState state) {
    return state == MessageState::Failed || state == MessageState::Rejected ||
           state == MessageState::Uncertain;
}

} // namespace

LiveAlerts::LiveAlerts(store::Store &store, store::Reader &reader, Inbox &inbox, Team &team,
                       const Clock &clock, const AlertTiming &timing, QObject *parent)
    : Alerts(parent), m_store(store), m_reader(reader), m_inbox(inbox), m_clock(clock), m_timing(timing) {
    m_quietUntil = QDateTime::fromString(m_reader.fact(QLatin1String(quietFact)), Qt::ISODateWithMs);
    m_unread = m_reader.counts().unread;
    for (QTimer *timer : {&m_gather, &m_catchUp, &m_failures, &m_count})
        timer->setSingleShot(true);
    m_gather.setInterval(m_timing.gather);
    m_catchUp.setInterval(m_timing.caughtUp);
    m_failures.setInterval(m_timing.gather);
    m_count.setInterval(m_timing.gather);
    connect(&m_gather, &QTimer::timeout, this, &LiveAlerts::tellGathered);
    connect(&m_catchUp, &QTimer::timeout, this, &LiveAlerts::tellCaughtUp);
    connect(&m_failures, &QTimer::timeout, this, &LiveAlerts::lookForFailures);
    connect(&m_count, &QTimer::timeout, this, &LiveAlerts::readUnread);
    connect(&inbox, &Inbox::received, this, &LiveAlerts::onReceived);
    connect(&inbox, &Inbox::conversationChanged, this, &LiveAlerts::onConversationChanged);
    connect(&team, &Team::mentioned, this, &LiveAlerts::onMentioned);
    connect(&store, &store::Store::changed, this, &LiveAlerts::onStoreChanged, Qt::QueuedConnection);
}

AlertRule LiveAlerts::rule(const phone::Address &own) const {
    const QString kept = m_reader.fact(ruleFact(own));
    AlertRule rule;
    if (kept.size() != 4)
        return rule;
    const auto flag = [&kept](int place) { return kept.at(place) == QLatin1Char('1'); };
    return {.show = flag(0), .sound = flag(1), .showText = flag(2), .onlyMine = flag(3)};
}

void LiveAlerts::setRule(const phone::Address &own, const AlertRule &rule) {
    QString kept;
    for (const bool flag : {rule.show, rule.sound, rule.showText, rule.onlyMine})
        kept += flag ? QLatin1Char('1') : QLatin1Char('0');
    m_store.setFact(ruleFact(own), rule == AlertRule() ? QString() : kept);
}

void LiveAlerts::setQuietUntil(const QDateTime &until) {
    m_quietUntil = until.toUTC();
    m_store.setFact(QLatin1String(quietFact),
                    until.isValid() ? m_quietUntil.toString(Qt::ISODateWithMs) : QString());
}

void LiveAlerts::setOnScreen(ConversationId id) {
    m_onScreen = id;
    m_told.remove(id);
    m_waiting.remove(id);
    if (m_shown.remove(id))
        Q_EMIT withdrawn(id);
}

void LiveAlerts::onReceived(ConversationId id, MessageRow row) {
    if (!m_waiting.contains(id))
        m_order.append(id);
    Texts &texts = m_waiting[id];
    texts.newest = row;
    ++texts.count;
    if (!m_gather.isActive())
        m_gather.start();
}

/// The conversation, if something of it may be told: it is not before a person's eyes.
std::optional<Conversation> LiveAlerts::tellable(ConversationId id) const {
    return id == m_onScreen ? std::nullopt : m_inbox.conversation(id);
}

void LiveAlerts::tellGathered() {
    QList<std::pair<Conversation, Texts>> all;
    for (const ConversationId id : std::exchange(m_order, {})) {
        const auto conversation = tellable(id);
        // Read at once: by a person here, or by a colleague.
        if (!m_waiting.contains(id) || !conversation || conversation->unread == 0)
            continue;
        const AlertRule wanted = rule(conversation->own);
        if (!wanted.onlyMine || !conversation->claim || conversation->claim->mine)
            all.append({*conversation, m_waiting.value(id)});
    }
    m_waiting.clear();
    if (all.size() < m_timing.many) {
        for (const auto &[conversation, texts] : all)
            tellTexts(conversation, texts);
        return;
    }
    int texts = 0;
    QList<Conversation> from;
    for (const auto &[conversation, some] : all) {
        texts += some.count;
        m_told[conversation.id] += some.count;
        from.append(conversation);
    }
    tellSummary(texts, from, tr("%n new texts", nullptr, texts));
}

void LiveAlerts::tellTexts(const Conversation &conversation, const Texts &texts) {
    const int count = m_told[conversation.id] += texts.count;
    const AlertRule wanted = rule(conversation.own);
    const QString who = whoOf(conversation);
    Alert alert{.kind = AlertKind::Text,
                .conversation = conversation.id,
                .message = texts.newest,
                .title = count == 1 ? who : tr("%1: %n new texts", nullptr, count).arg(who),
                .body = {}};
    const auto record = m_reader.message(toStore(texts.newest));
    if (record && wanted.showText) {
        const Message message = toDesk(*record);
        alert.body = shown(message.text, longestBody);
        if (alert.body.isEmpty() && message.mediaCount > 0)
            alert.body = attachmentsInWords(message.mediaCount);
    }
    alert.canReply = !conversation.optOut;
    tell(alert, wanted);
}

/// One for many: the loudest of their rules counts.
void LiveAlerts::tellSummary(int texts, const QList<Conversation> &from, const QString &title) {
    AlertRule loudest{.show = false, .sound = false};
    QStringList names;
    for (const Conversation &conversation : from) {
        const AlertRule wanted = rule(conversation.own);
        loudest.show = loudest.show || wanted.show;
        loudest.sound = loudest.sound || wanted.sound;
        m_shown.insert(conversation.id);
        if (names.size() < 3)
            names.append(whoOf(conversation));
    }
    const int people = static_cast<int>(from.size());
    QString body =
        tr("%1 from %2").arg(tr("%n new texts", nullptr, texts), tr("%n people", nullptr, people)) +
        QStringLiteral(": ") + names.join(QStringLiteral(", "));
    if (people > names.size())
        body += QChar(0x2026);
    tell({.kind = AlertKind::Text,
          .conversation = from.constFirst().id,
          .message = {},
          .title = title,
          .body = shown(body, longestBody)},
         loudest);
}

void LiveAlerts::tell(const Alert &alert, const AlertRule &rule) {
    const bool isQuiet = m_quietUntil.isValid() && m_quietUntil > m_clock.now();
    if (isQuiet || (!rule.show && !rule.sound))
        return;
    Alert told = alert;
    told.show = rule.show;
    told.sound = rule.sound;
    if (rule.show && alert.conversation.isValid())
        m_shown.insert(alert.conversation);
    Q_EMIT this->alert(told);
}

void LiveAlerts::onMentioned(ConversationId id, MessageRow note) {
    const auto conversation = tellable(id);
    const auto record = m_reader.message(toStore(note));
    if (!conversation || !record)
        return;
    tell({.kind = AlertKind::Mention,
          .conversation = id,
          .message = note,
          .title = tr("%1 mentioned you").arg(shown(record->author, longestTitle / 2)),
          .body = shown(record->text, longestBody)},
         {});
}

void LiveAlerts::onMissed(const ScheduledSend &send) {
    const QString who = send.name.isEmpty() ? send.peer.international() : send.name;
    tell({.kind = AlertKind::Missed,
          .conversation = send.conversation,
          .message = send.message,
          .title = tr("A scheduled text was not sent"),
          .body =
              shown(tr("Its time was %1. To %2: %3")
                        .arg(QLocale().toString(send.at.toLocalTime(), QLocale::ShortFormat), who, send.text),
                    longestBody)},
         rule(send.own));
}

void LiveAlerts::onWoke(ConversationId id) {
    if (const auto conversation = tellable(id))
        tell({.kind = AlertKind::Woke,
              .conversation = id,
              .message = {},
              .title = whoOf(*conversation),
              .body = tr("The snooze is over.")},
             rule(conversation->own));
}

void LiveAlerts::onStoreChanged(const store::Changes &changes) {
    for (const store::MessageChange &change : changes.messages) {
        if (change.direction == store::Direction::Outbound && change.kind != store::ChangeKind::Removed)
            m_toLook.append(change.row);
        if (change.direction == store::Direction::Inbound && change.kind == store::ChangeKind::Inserted &&
            changes.arrival == store::Arrival::CatchingUp)
            m_caughtUpFrom.insert(desk::toDesk(change.conversation));
    }
    if (!m_caughtUpFrom.isEmpty() && changes.arrival == store::Arrival::CatchingUp)
        m_catchUp.start();
    if (!m_toLook.isEmpty() && !m_failures.isActive())
        m_failures.start();
    if (!changes.conversations.isEmpty() && !m_count.isActive())
        m_count.start();
}

void LiveAlerts::tellCaughtUp() {
    int texts = 0;
    QList<Conversation> from;
    for (const ConversationId id : std::exchange(m_caughtUpFrom, {})) {
        const auto conversation = tellable(id);
        if (conversation && conversation->unread > 0) {
            texts += conversation->unread;
            from.append(*conversation);
        }
    }
    if (!from.isEmpty())
        tellSummary(texts, from, tr("While you were away"));
}

/// A text written here that did not leave or arrive, once for each.
void LiveAlerts::lookForFailures() {
    QList<Message> found;
    const QDateTime oldest = m_clock.now().addSecs(-failuresOfSeconds);
    for (int i = 0; i < looksAtOnce && !m_toLook.isEmpty(); ++i) {
        const store::MessageRow row = m_toLook.takeFirst();
        const auto record = m_reader.message(row);
        if (!record || record->intent.isEmpty() || record->at < oldest || m_failuresTold.contains(row))
            continue;
        const Message message = toDesk(*record);
        if (!isFailure(message.state))
            continue;
        m_failuresTold.insert(row);
        found.append(message);
    }
    if (found.size() < m_timing.many) {
        for (const Message &message : std::as_const(found))
            tellFailure(message);
    } else {
        tell({.kind = AlertKind::Failed,
              .conversation = found.constFirst().conversation,
              .message = found.constFirst().row,
              .title = tr("%n texts were not delivered", nullptr, static_cast<int>(found.size())),
              .body = tr("They are in the list of failed ones.")},
             {});
    }
    if (!m_toLook.isEmpty())
        m_failures.start();
}

void LiveAlerts::tellFailure(const Message &message) {
    const auto conversation = tellable(message.conversation);
    if (!conversation)
        return;
    QString body = stateInWords(message.state);
    if (message.failure && !message.failure->what.isEmpty())
        body += QStringLiteral(". ") + message.failure->what;
    tell({.kind = AlertKind::Failed,
          .conversation = message.conversation,
          .message = message.row,
          .title = tr("Your text to %1").arg(whoOf(*conversation)),
          .body = shown(body, longestBody)},
         rule(conversation->own));
}

/// Of no one conversation.
void LiveAlerts::onRecovered(const QString &outcome) {
    tell({.kind = AlertKind::Recovered,
          .conversation = {},
          .message = {},
          .title = tr("Longcode has looked for what was missed"),
          .body = shown(outcome, longestBody)},
         {.sound = false});
}

void LiveAlerts::onConversationChanged(ConversationId id) {
    if (!m_told.contains(id) && !m_shown.contains(id))
        return;
    const auto conversation = m_inbox.conversation(id);
    const bool isOver =
        !conversation || conversation->closed || (m_told.contains(id) && conversation->unread == 0);
    if (!isOver)
        return;
    m_told.remove(id);
    if (m_shown.remove(id))
        Q_EMIT withdrawn(id);
}

void LiveAlerts::readUnread() {
    const int now = m_reader.counts().unread;
    if (std::exchange(m_unread, now) != now)
        Q_EMIT unreadChanged(now);
}

} // namespace longcode::desk
