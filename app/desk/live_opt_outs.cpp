#include "desk/live_opt_outs.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/account.h"
#include "desk/convert.h"
#include "desk/opt_out_words.h"
#include "desk/send_verdict.h"
#include "store/desk_values.h"
#include "store/reader.h"
#include "store/store.h"

#include <QSet>

namespace longcode::desk {

namespace {

constexpr std::chrono::minutes checkEach{1};
constexpr std::chrono::milliseconds compareAfter{100};
constexpr std::chrono::seconds readEach{24 * 3600};
constexpr std::chrono::seconds triedAgainAfter{15 * 60};
constexpr qsizetype mostLately = 32;
QString readAtFact() {
    return QStringLiteral("opt-outs/read-at");
}

/// Whoever of the two is a sender of ours is the own one; when neither or both are, `from` is, as it is
/// named.
store::ListedBlock listedBlock(const telnyx::OptOut &optOut, const QSet<QString> &senders) {
    const bool swapped = senders.contains(optOut.to) && !senders.contains(optOut.from);
    return {.peer = swapped ? optOut.from : optOut.to,
            .own = swapped ? optOut.to : optOut.from,
            .profileId = optOut.profile.text(),
            .keyword = optOut.keyword,
            .at = optOut.at.value_or(QDateTime())};
}

} // namespace

LiveOptOuts::LiveOptOuts(store::Store &store, store::Reader &reader, telnyx::Client &client,
                         const Account &account, const Clock &clock, QObject *parent)
    : OptOuts(parent)
    , m_store(store)
    , m_reader(reader)
    , m_client(client)
    , m_account(account)
    , m_clock(clock)
    , m_suppressed(reader) {
    m_at = QDateTime::fromString(m_reader.fact(readAtFact()), Qt::ISODateWithMs);
    m_listed = m_reader.listedBlocks();
    m_compare.setSingleShot(true);
    connect(&m_compare, &QTimer::timeout, this, &LiveOptOuts::compareBlocks);
    connect(&m_ticker, &QTimer::timeout, this, &LiveOptOuts::readIfDue);
    connect(&m_store, &store::Store::changed, this, &LiveOptOuts::onStoreChanged);
    // Which of the two numbers of an entry is ours was not known before.
    connect(&m_account, &Account::sendersChanged, this, [this] {
        if (m_readWithoutSenders)
            synchronise();
    });
}

void LiveOptOuts::start() {
    m_ticker.start(checkEach);
    synchronise();
}

void LiveOptOuts::stop() {
    m_ticker.stop();
}

void LiveOptOuts::readIfDue() {
    const QDateTime now = m_clock.now();
    const bool isFresh = m_at.isValid() && m_at <= now && m_at.secsTo(now) < readEach.count();
    const bool triedLately =
        m_triedAt.isValid() && m_triedAt <= now && m_triedAt.secsTo(now) < triedAgainAfter.count();
    if (!isFresh && !triedLately)
        synchronise();
}

void LiveOptOuts::synchronise() {
    if (m_synchronising)
        return;
    m_synchronising = true;
    m_triedAt = m_clock.now();
    Q_EMIT synchronisationChanged();
    whenFinished(m_client.optOuts(), this,
                 [this](const telnyx::Answer<QList<telnyx::OptOut>> &answer) { onRead(answer); });
}

void LiveOptOuts::onRead(const telnyx::Answer<QList<telnyx::OptOut>> &answer) {
    if (!answer) {
        const Failure why = accountFailure(answer.error());
        end({tr("The list of opt-outs could not be read: %1").arg(why.what), why.remedy});
        return;
    }
    QSet<QString> senders;
    const QList<Sender> all = m_account.senders();
    for (const Sender &sender : all)
        senders.insert(sender.address.wire());
    m_readWithoutSenders = senders.isEmpty() && !answer->isEmpty();
    QList<store::ListedBlock> blocks;
    for (const telnyx::OptOut &optOut : *answer)
        blocks.append(listedBlock(optOut, senders));
    whenFinished(
        m_store.replaceListedBlocks(blocks, m_clock.now()), this,
        [this, count = static_cast<int>(blocks.size())](
            const Result<store::Changes, store::StoreError> &written) { onWritten(written, count); });
}

void LiveOptOuts::onWritten(const Result<store::Changes, store::StoreError> &written, int count) {
    if (!written) {
        end(store::sentence(written.error()));
        return;
    }
    m_listed = count;
    m_at = m_clock.now();
    m_store.setFact(readAtFact(), m_at.toString(Qt::ISODateWithMs));
    end({});
}

void LiveOptOuts::end(const Failure &trouble) {
    m_synchronising = false;
    m_trouble = trouble;
    Q_EMIT synchronisationChanged();
}

std::optional<Block> LiveOptOuts::blockNow(ConversationId id) const {
    const auto conversation = m_reader.conversation(toStore(id));
    if (!conversation)
        return std::nullopt;
    return blockOf(m_reader, *conversation,
                   {.senders = m_account.senders(), .home = m_account.homeRegion(), .fullAlphabet = false});
}

std::optional<Block> LiveOptOuts::block(ConversationId id) const {
    const auto now = blockNow(id);
    m_lately.removeOne(id);
    m_lately.append(id);
    m_answered.insert(id, now);
    if (m_lately.size() > mostLately)
        m_answered.remove(m_lately.takeFirst());
    return now;
}

void LiveOptOuts::onStoreChanged(const store::Changes &changes) {
    if (changes.suppressedChanged)
        m_suppressed.readNew();
    const bool mayConcern =
        !changes.conversations.isEmpty() || changes.blocksChanged || changes.sendersChanged;
    if (mayConcern && !m_answered.isEmpty() && !m_compare.isActive())
        m_compare.start(compareAfter);
}

void LiveOptOuts::compareBlocks() {
    const QList<ConversationId> asked = m_lately;
    for (const ConversationId id : asked) {
        auto now = blockNow(id);
        if (now == m_answered.value(id))
            continue;
        m_answered.insert(id, std::move(now));
        Q_EMIT blockChanged(id);
    }
}

} // namespace longcode::desk
