#include "store/opt_outs.h"

#include "phone/phone.h"
#include "store/connection.h"
#include "store/operations.h"
#include "store/rows.h"
#include "store/write_session.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace longcode::store {

namespace {

struct Sender {
    QString address, profile;
    bool tollFree = false;
};

Sender senderOf(Connection &connection, const QString &address) {
    Statement row(connection, "SELECT profile_id, kind FROM senders WHERE address = ?", address);
    if (row.next())
        return {address, row.text(0), row.as<sms::SenderKind>(1) == sms::SenderKind::TollFree};
    return {address, {}, phone::fromWire(address).kind() == phone::AddressKind::TollFree};
}

/// Whether a keyword sent to `other` concerns `own` too.
bool isOneBlock(const Sender &own, const Sender &other) {
    if (own.address == other.address || other.address.isEmpty())
        return true;
    return !own.tollFree && !other.tollFree && !own.profile.isEmpty() && own.profile == other.profile;
}

struct KeywordText {
    QString own, word;
    Keyword keyword = Keyword::None;
    qint64 atMs = 0;
};

/// What the customer wrote that concerns this sender, in order.
QList<KeywordText> keywordsFor(Connection &connection, const Parties &parties, const Sender &own) {
    QList<KeywordText> texts;
    {
        Statement row(connection,
                      "SELECT own, word, keyword, at FROM keyword_texts WHERE peer = ? ORDER BY at, tie",
                      parties.peer);
        while (row.next())
            texts.append({row.text(0), row.text(1), row.as<Keyword>(2), row.integer(3)});
    }
    QHash<QString, bool> concerns;
    const auto isForeign = [&](const KeywordText &text) {
        auto known = concerns.constFind(text.own);
        if (known == concerns.cend())
            known = concerns.insert(text.own, isOneBlock(own, senderOf(connection, text.own)));
        return !*known;
    };
    texts.removeIf(isForeign);
    return texts;
}

void addStretches(QList<BlockRecord> &blocks, const QList<KeywordText> &texts, const Parties &parties) {
    bool isOpen = false;
    for (const KeywordText &text : texts) {
        if (text.keyword == Keyword::Stop && !isOpen)
            blocks.append({.source = BlockSource::Keyword,
                           .peer = parties.peer,
                           .own = text.own.isEmpty() ? parties.own : text.own,
                           .profileId = {},
                           .keyword = text.word.isEmpty() ? QStringLiteral("STOP") : text.word,
                           .since = utc(text.atMs),
                           .liftedAt = {}});
        else if (text.keyword == Keyword::Start && isOpen)
            blocks.last().liftedAt = utc(text.atMs);
        isOpen = text.keyword == Keyword::Stop;
    }
}

bool isListedFor(const Sender &own, const ListedBlock &block, Connection &connection) {
    if (block.own == own.address)
        return true;
    if (!block.own.isEmpty() && (own.tollFree || senderOf(connection, block.own).tollFree))
        return false;
    if (!block.profileId.isEmpty())
        return block.profileId == own.profile;
    return block.own.isEmpty();
}

void addListed(QList<BlockRecord> &blocks, Connection &connection, const QList<KeywordText> &texts,
               const Parties &parties, const Sender &own) {
    QList<ListedBlock> listed;
    {
        Statement row(connection, "SELECT own, profile_id, keyword, at FROM listed_blocks WHERE peer = ?",
                      parties.peer);
        while (row.next())
            listed.append({parties.peer, row.text(0), row.text(1), row.text(2), utc(row.integer(3))});
    }
    for (const ListedBlock &block : std::as_const(listed)) {
        if (!isListedFor(own, block, connection))
            continue;
        BlockRecord record{.source = BlockSource::List,
                           .peer = block.peer,
                           .own = block.own,
                           .profileId = block.profileId,
                           .keyword = block.keyword,
                           .since = block.at,
                           .liftedAt = {}};
        const auto lifting = std::find_if(texts.cbegin(), texts.cend(), [&](const KeywordText &text) {
            return text.keyword == Keyword::Start && text.atMs > block.at.toMSecsSinceEpoch();
        });
        if (lifting != texts.cend())
            record.liftedAt = utc(lifting->atMs);
        blocks.append(record);
    }
}

void touchPeer(WriteSession &session, const QString &peer) {
    Statement row(session.connection(), "SELECT id FROM conversations WHERE peer = ?", peer);
    while (row.next())
        session.touch({row.integer(0)});
}

} // namespace

QList<BlockRecord> blocksOf(Connection &connection, const Parties &parties) {
    const Sender own = senderOf(connection, parties.own);
    const QList<KeywordText> texts = keywordsFor(connection, parties, own);
    QList<BlockRecord> blocks;
    addStretches(blocks, texts, parties);
    addListed(blocks, connection, texts, parties, own);
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const BlockRecord &a, const BlockRecord &b) { return a.since > b.since; });
    return blocks;
}

std::optional<OptOutRecord> holdingBlock(Connection &connection, const Parties &parties) {
    {
        Statement row(connection,
                      "SELECT EXISTS (SELECT 1 FROM keyword_texts WHERE peer = ?1)"
                      " OR EXISTS (SELECT 1 FROM listed_blocks WHERE peer = ?1)",
                      parties.peer);
        if (!row.next() || row.integer(0) == 0)
            return std::nullopt;
    }
    std::optional<OptOutRecord> listed;
    for (const BlockRecord &block : blocksOf(connection, parties)) {
        if (block.liftedAt.isValid())
            continue;
        const OptOutRecord holding{block.since,
                                   block.keyword.isEmpty() ? QStringLiteral("STOP") : block.keyword};
        if (block.source == BlockSource::Keyword)
            return holding;
        if (!listed)
            listed = holding;
    }
    return listed;
}

void keepKeyword(WriteSession &session, MessageRow message, const Parties &parties) {
    Connection &connection = session.connection();
    const int kept =
        Statement(connection,
                  "INSERT INTO keyword_texts(message, peer, own, at, tie, keyword, word)"
                  " SELECT id, ?2, ?3, at, tie, keyword, trim(text, char(9, 10, 13, 32))"
                  " FROM messages WHERE id = ?1 AND keyword IN (1, 2) ON CONFLICT(message) DO UPDATE"
                  " SET at = excluded.at, keyword = excluded.keyword, word = excluded.word",
                  message.value, parties.peer, parties.own)
            .run();
    const int dropped =
        kept > 0 ? 0
                 : Statement(connection, "DELETE FROM keyword_texts WHERE message = ?", message.value).run();
    // An opt-out holds for other senders of the profile too.
    if (kept + dropped > 0)
        touchPeer(session, parties.peer);
}

void touchPeersWithBlocks(WriteSession &session) {
    Statement row(session.connection(),
                  "SELECT id FROM conversations WHERE peer IN (SELECT peer FROM keyword_texts"
                  " UNION SELECT peer FROM listed_blocks)");
    while (row.next())
        session.touch({row.integer(0)});
}

Status replaceListedBlocks(WriteSession &session, const QList<ListedBlock> &blocks, const QDateTime &now) {
    Connection &connection = session.connection();
    using Row = std::tuple<QString, QString, QString, qint64, QString>;
    const auto rowOf = [&now](const ListedBlock &block) {
        // One without a time holds as of this reading: nothing that was said before lifts it.
        const QDateTime &at = block.at.isValid() ? block.at : now;
        return Row(block.peer, block.own, block.profileId, at.toMSecsSinceEpoch(), block.keyword);
    };
    QList<Row> before, listed;
    {
        Statement row(connection, "SELECT peer, own, profile_id, at, keyword FROM listed_blocks");
        while (row.next())
            before.append(Row(row.text(0), row.text(1), row.text(2), row.integer(3), row.text(4)));
    }
    for (const ListedBlock &block : blocks)
        listed.append(rowOf(block));
    std::sort(before.begin(), before.end());
    std::sort(listed.begin(), listed.end());
    listed.erase(std::unique(listed.begin(), listed.end()), listed.end());
    QList<Row> gone, come;
    std::set_difference(before.cbegin(), before.cend(), listed.cbegin(), listed.cend(),
                        std::back_inserter(gone));
    std::set_difference(listed.cbegin(), listed.cend(), before.cbegin(), before.cend(),
                        std::back_inserter(come));
    QSet<QString> peers;
    for (const auto &[peer, own, profile, atMs, keyword] : std::as_const(gone)) {
        Statement(connection,
                  "DELETE FROM listed_blocks WHERE peer = ? AND own = ? AND profile_id = ? AND at = ?"
                  " AND keyword = ?",
                  peer, own, profile, atMs, keyword)
            .run();
        peers.insert(peer);
    }
    for (const auto &[peer, own, profile, atMs, keyword] : std::as_const(come)) {
        Statement(connection,
                  "INSERT INTO listed_blocks(peer, own, profile_id, at, keyword) VALUES (?, ?, ?, ?, ?)",
                  peer, own, profile, atMs, keyword)
            .run();
        peers.insert(peer);
    }
    for (const QString &peer : std::as_const(peers))
        touchPeer(session, peer);
    if (!peers.isEmpty())
        session.noteBlocks();
    return {};
}

Status recordSuppressed(WriteSession &session, const NewSuppressed &suppressed) {
    Connection &connection = session.connection();
    const int made = Statement(connection,
                               "INSERT INTO suppressed(at, conversation, peer, own, intent, text, reason)"
                               " SELECT ?2, id, peer, own, ?3, ?4, ?5 FROM conversations WHERE id = ?1"
                               " ON CONFLICT DO NOTHING",
                               suppressed.conversation.value, suppressed.at.toMSecsSinceEpoch(),
                               suppressed.intent.text(), suppressed.text, suppressed.reason)
                         .run();
    if (made > 0) {
        session.noteSuppressed();
        return {};
    }
    Statement known(connection, "SELECT 1 FROM conversations WHERE id = ?", suppressed.conversation.value);
    return known.next() ? Status() : StoreError{StoreErrorKind::NotFound, {}};
}

} // namespace longcode::store
