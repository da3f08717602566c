#include "support/filled_store.h"

#include "store/connection.h"
#include "store/operations.h"
#include "store/store.h"
#include "store/write_session.h"
#include "support/filled_texts.h"

#include <QDir>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

#include <algorithm>
#include <array>

namespace longcode::tests {

using namespace longcode::store;

namespace {

constexpr qint64 firstMs = 1704067200000; // 2024-01-01T00:00:00Z
constexpr qint64 stepMs = 61000;

QString fileIn(const QString &folder) {
    return QDir(folder).filePath(QStringLiteral("console.sqlite"));
}

QString textFor(int number, const FillPlan &plan, QRandomGenerator &random) {
    QString text = filledText(number, random);
    if (plan.rareWordEvery > 0 && number % plan.rareWordEvery == 0)
        text += QStringLiteral(" zirconium");
    return text;
}

int conversationOf(int number, const FillPlan &plan) {
    // The big conversation's messages are strewn among the others', as they would be in life.
    const int others = plan.messages - plan.inFirst;
    if (others <= 0 || plan.conversations == 1)
        return 0;
    const qint64 before = qint64(number) * plan.inFirst / plan.messages;
    const qint64 after = qint64(number + 1) * plan.inFirst / plan.messages;
    return after > before ? 0 : 1 + number % (plan.conversations - 1);
}

void insertMessage(Connection &connection, qint64 conversation, int number, const QString &text,
                   QRandomGenerator &random) {
    const bool inbound = random.bounded(5) < 2;
    constexpr std::array outcomes{MessageState::Delivered, MessageState::Delivered,   MessageState::Delivered,
                                  MessageState::Delivered, MessageState::Unconfirmed, MessageState::Failed};
    const MessageState state =
        inbound ? MessageState::Received : outcomes[random.bounded(static_cast<quint32>(outcomes.size()))];
    const QString id = QStringLiteral("00000000-0000-4000-8000-%1").arg(number, 12, 16, QLatin1Char('0'));
    const bool isFailed = state == MessageState::Failed;
    const qint64 at = firstMs + number * stepMs;
    Statement make(
        connection,
        "INSERT INTO messages(conversation, direction, at, tie, text, telnyx_id, state, segments, encoding,"
        " cost_amount, cost_currency, error_code, error_title, media_count, carrier, line_type, own)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, 'T-Mobile USA', 'Wireless',"
        " (SELECT own FROM conversations WHERE id = ?))",
        conversation, inbound ? Direction::Inbound : Direction::Outbound, at, static_cast<qint64>(number) + 1,
        text, id, state, static_cast<int>(1 + text.size() / 153),
        inbound ? std::optional<QString>() : QStringLiteral("0.0051"),
        inbound ? std::optional<QString>() : QStringLiteral("USD"),
        isFailed ? QStringLiteral("40008") : QString(),
        isFailed ? QStringLiteral("Undeliverable") : QString(), inbound && number % 37 == 0 ? 1 : 0,
        conversation);
    make.run();
    Statement(
        connection,
        "INSERT INTO reports(message, event_id, status, at, occurred_at, parts, encoding, carrier, line_type)"
        " VALUES (?, ?, ?, ?, ?, 1, 'GSM-7', 'T-Mobile USA', 'Wireless')",
        make.insertedRow(), id, inbound ? QStringLiteral("received") : QStringLiteral("delivered"), at, at)
        .run();
}

bool report(const char *what, const StoreError &error) {
    qWarning("%s: %s", what, qUtf8Printable(error.detail));
    return false;
}

void nameCustomers(Connection &connection, int conversations) {
    for (int i = 0; i < conversations; ++i) {
        if (i % 10 == 9)
            continue; // not everybody has told his name
        const QString name = filledName(i);
        Statement(connection, "INSERT INTO names(peer, name, folded, typed) VALUES (?1, ?2, ?3, ?2)",
                  filledPeer(i), name, foldedForSearch(name))
            .run();
    }
}

/// A part of the messages, in a transaction of its own: one for all would make a log as large as the store.
std::optional<StoreError> fillPart(Connection &connection, const FillPlan &plan,
                                   const QList<ConversationId> &conversations, int from, int to,
                                   QRandomGenerator &random) {
    Transaction transaction(connection);
    for (int number = from; number < to; ++number)
        insertMessage(connection, conversations.at(conversationOf(number, plan)).value, number,
                      textFor(number, plan, random), random);
    return transaction.commit();
}

bool fill(Connection &connection, const FillPlan &plan) {
    constexpr int part = 20000;
    QRandomGenerator random(plan.seed);
    QList<ConversationId> conversations;
    {
        Transaction transaction(connection);
        WriteSession session(connection);
        for (int i = 0; i < plan.conversations; ++i)
            conversations.append(session.conversationOf({filledPeer(i), filledOwn()}, firstMs + i));
        nameCustomers(connection, plan.conversations);
        if (const auto error = transaction.commit())
            return report("beginning conversations", *error);
    }
    for (int from = 0; from < plan.messages; from += part) {
        if (const auto error =
                fillPart(connection, plan, conversations, from, std::min(plan.messages, from + part), random))
            return report("filling a store", *error);
    }
    Transaction transaction(connection);
    WriteSession session(connection);
    for (const ConversationId id : std::as_const(conversations))
        session.touch(id);
    static_cast<void>(session.finish());
    if (const auto error = transaction.commit())
        return report("completing a store", *error);
    return true;
}

void dump(QByteArray &out, QSqlDatabase &database, const char *title, const char *sql) {
    QSqlQuery query(database);
    if (!query.exec(QLatin1String(sql)))
        qFatal("dump of %s: %s", title, qPrintable(query.lastError().text()));
    while (query.next()) {
        out += title;
        for (int i = 0; i < query.record().count(); ++i)
            out += '\t' + (query.isNull(i) ? QByteArray("NULL")
                                           : query.value(i).toString().toUtf8().toPercentEncoding(" +.:-"));
        out += '\n';
    }
}

} // namespace

QString filledPeer(int conversation) {
    return QStringLiteral("+1415%1").arg(2000000 + conversation);
}

QString filledOwn() {
    return QStringLiteral("+14155550100");
}

bool fillStore(const QString &folder, const FillPlan &plan) {
    {
        const auto store = Store::open(folder);
        if (!store)
            return report("making a store", store.error());
    }
    auto connection = Connection::open(fileIn(folder), Access::Write);
    if (!connection)
        return report("opening a store", connection.error());
    (*connection)->execute(QStringLiteral("PRAGMA synchronous=OFF"));
    (*connection)->execute(QStringLiteral("PRAGMA cache_size=-200000"));
    return fill(**connection, plan);
}

QByteArray dumpStore(const QString &folder) {
    QByteArray out;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("dump"));
        database.setDatabaseName(fileIn(folder));
        if (!database.open())
            qFatal("cannot open the store to dump");
        dump(out, database, "conversation",
             "SELECT c.peer, c.own, c.tie, c.begun_at, c.last_at, (SELECT tie FROM messages WHERE id = "
             "c.last_message),"
             " c.last_direction, c.last_state, c.last_media_count, c.preview, c.unread, c.failed, "
             "c.opt_out_at,"
             " c.opt_out_word, c.carrier, c.line_type, c.waiting_since, c.scheduled FROM conversations c "
             "ORDER BY c.peer, c.own");
        dump(out, database, "pair",
             "SELECT p.peer, p.own, c.peer, c.tie FROM pairs p JOIN conversations c ON c.id = p.conversation"
             " ORDER BY p.peer, p.own");
        dump(out, database, "name", "SELECT * FROM names ORDER BY peer");
        dump(out, database, "draft",
             "SELECT c.peer, c.own, d.text FROM drafts d JOIN conversations c ON c.id = d.conversation ORDER "
             "BY 1, 2");
        dump(out, database, "message",
             "SELECT c.peer, c.own, m.direction, m.at, m.tie, m.text, m.telnyx_id, m.mms, m.media, "
             "m.media_count,"
             " m.unread, m.state, m.segments, m.encoding, m.cost_amount, m.cost_currency, m.error_code, "
             "m.error_title,"
             " m.error_detail, m.server_status, m.carrier, m.line_type, m.keyword, m.arrived_at, m.send_at "
             "FROM messages m"
             " JOIN conversations c ON c.id = m.conversation ORDER BY c.peer, c.own, m.at, m.tie");
        dump(out, database, "intent",
             "SELECT i.id, m.tie, i.phase, i.sender, i.segments, i.encoding, i.written_at, i.error_code, "
             "i.error_title,"
             " i.error_detail FROM intents i JOIN messages m ON m.id = i.message ORDER BY i.id");
        dump(
            out, database, "report",
            "SELECT m.tie, r.event_id, r.status, r.at, r.occurred_at, r.parts, r.encoding, r.cost_amount,"
            " r.cost_currency, r.error_code, r.error_title, r.error_detail, r.carrier, r.line_type, r.keyword"
            " FROM reports r JOIN messages m ON m.id = r.message ORDER BY m.tie, r.event_id");
        dump(out, database, "keyword",
             "SELECT m.tie, k.peer, k.own, k.at, k.tie, k.keyword, k.word FROM keyword_texts k"
             " JOIN messages m ON m.id = k.message ORDER BY m.tie");
        dump(out, database, "raw",
             "SELECT m.tie, quote(r.event_id), r.type, r.received_at, r.source, quote(r.signature), "
             "r.timestamp,"
             " hex(r.body) FROM raw_events r JOIN messages m ON m.id = r.message ORDER BY m.tie, 2");
        dump(out, database, "cursor", "SELECT log, seq FROM cursors ORDER BY log");
        dump(out, database, "sender", "SELECT * FROM senders ORDER BY position");
        dump(out, database, "fact", "SELECT * FROM facts ORDER BY name");
    }
    QSqlDatabase::removeDatabase(QStringLiteral("dump"));
    return out;
}

} // namespace longcode::tests
