#include "desk/opt_out_words.h"

#include "store/reader.h"

#include <QCoreApplication>
#include <QLocale>

namespace longcode::desk {

namespace {

struct OptOutWords {
    Q_DECLARE_TR_FUNCTIONS(OptOuts)
};

/// What the sentences are made of, each as people read it.
struct Parts {
    QString who; ///< name and number
    QString own; ///< the number or name the customer knows us by
    QString when;
    QString keyword;
    QString profile; ///< name, or empty
};

QString whoOf(const store::ConversationRecord &conversation, const phone::Region &home) {
    const QString number = phone::fromWire(conversation.parties.peer).display(home);
    return conversation.name.isEmpty() ? number : OptOutWords::tr("%1 (%2)").arg(conversation.name, number);
}

QString profileName(const store::BlockRecord &block, const QString &own, const SendingAccount &account) {
    for (const Sender &sender : account.senders)
        if (block.profileId.isEmpty() ? sender.address.wire() == own : sender.profileId == block.profileId)
            return sender.profileName;
    return {};
}

QString keywordSentence(const Parts &parts) {
    if (parts.keyword.isEmpty())
        return OptOutWords::tr("%1 has opted out of texts from %2 since %3.")
            .arg(parts.who, parts.own, parts.when);
    return OptOutWords::tr("%1 opted out of texts from %2 on %3 by answering “%4”.")
        .arg(parts.who, parts.own, parts.when, parts.keyword);
}

QString listedSentence(const Parts &parts) {
    const QString word =
        parts.keyword.isEmpty() ? QString() : OptOutWords::tr(" (keyword “%1”)").arg(parts.keyword);
    return parts.profile.isEmpty()
               ? OptOutWords::tr("Telnyx lists an opt-out of %1 from texts of %2 since %3%4.")
                     .arg(parts.who, parts.own, parts.when, word)
               : OptOutWords::tr("Telnyx lists an opt-out of %1 from the messaging profile “%2” since %3%4.")
                     .arg(parts.who, parts.profile, parts.when, word);
}

QString whatOf(BlockKind kind, bool listed, const Parts &parts) {
    const QString said = listed ? listedSentence(parts) : keywordSentence(parts);
    if (kind == BlockKind::TollFree)
        return OptOutWords::tr("%1 The toll-free network blocks %2 for this customer.").arg(said, parts.own);
    if (listed || parts.profile.isEmpty())
        return said;
    return OptOutWords::tr("%1 It holds for all numbers of the messaging profile “%2”.")
        .arg(said, parts.profile);
}

QString howLiftedOf(BlockKind kind, const QString &own) {
    if (kind == BlockKind::TollFree)
        return OptOutWords::tr(
                   "The carriers' network keeps this block for %1 alone. Only UNSTOP or START, texted "
                   "to %1 from that phone, lifts it; neither we nor Telnyx can.")
            .arg(own);
    return OptOutWords::tr("Only the customer can lift this, by texting START or UNSTOP to %1.").arg(own);
}

} // namespace

Block blockInWords(const store::BlockRecord &block, const store::ConversationRecord &conversation,
                   const SendingAccount &account) {
    const QString ownWire = block.own.isEmpty() ? conversation.parties.own : block.own;
    const phone::Address own = phone::fromWire(ownWire);
    const bool listed = block.source == store::BlockSource::List;
    const Parts parts{.who = whoOf(conversation, account.home),
                      .own = own.display(account.home),
                      .when = QLocale().toString(block.since.toLocalTime(), QLocale::ShortFormat),
                      .keyword = block.keyword,
                      .profile = profileName(block, ownWire, account)};
    Block words;
    words.kind = own.kind() == phone::AddressKind::TollFree ? BlockKind::TollFree
                 : listed                                   ? BlockKind::Listed
                                                            : BlockKind::Keyword;
    words.since = block.since;
    words.keyword = block.keyword;
    words.profileName = parts.profile;
    words.title =
        OptOutWords::tr("%1 opted out").arg(conversation.name.isEmpty() ? parts.who : conversation.name);
    words.what = whatOf(words.kind, listed, parts);
    words.howLifted = howLiftedOf(words.kind, parts.own);
    return words;
}

std::optional<store::BlockRecord> holdingBlock(store::Reader &reader,
                                               const store::ConversationRecord &conversation) {
    const QList<store::BlockRecord> blocks = reader.blocks(conversation.parties);
    // What the customer wrote goes before what the list says of it.
    for (const store::BlockSource source : {store::BlockSource::Keyword, store::BlockSource::List})
        for (const store::BlockRecord &block : blocks)
            if (!block.liftedAt.isValid() && block.source == source)
                return block;
    if (!conversation.optOut)
        return std::nullopt;
    store::BlockRecord block;
    block.peer = conversation.parties.peer;
    block.own = conversation.parties.own;
    block.since = conversation.optOut->since;
    block.keyword = conversation.optOut->keyword;
    return block;
}

std::optional<Block> blockOf(store::Reader &reader, const store::ConversationRecord &conversation,
                             const SendingAccount &account) {
    const auto block = holdingBlock(reader, conversation);
    return block ? std::optional(blockInWords(*block, conversation, account)) : std::nullopt;
}

} // namespace longcode::desk
