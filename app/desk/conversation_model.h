#pragma once

#include "desk/inbox.h"
#include "store/reader.h"
#include "store/values.h"

#include <QAbstractListModel>
#include <QCache>
#include <QHash>

namespace longcode::desk {

/// The conversations that filter and search want, in the filter's order. Holds the keys of all of them and
/// reads a conversation when its row is shown. A change moves, inserts, removes or repaints the rows that it
/// concerns; another filter or search resets. UI thread; the reader must outlive it.
class ConversationModel final : public QAbstractListModel {
    Q_OBJECT
public:
    /// Beyond this many changed conversations at once, one new reading is cheaper than single moves.
    static constexpr int manyChanges = 500;

    explicit ConversationModel(store::Reader &reader, const store::ConversationQuery &query = {},
                               QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] const store::ConversationQuery &query() const { return m_query; }
    void setQuery(const store::ConversationQuery &query);
    /// Whose console this is, and the time for which claims and snoozes are judged. Resets.
    void setMoment(const QString &me, qint64 nowMs);
    /// The time alone: what ended since is told by apply().
    void setNow(qint64 nowMs) { m_query.nowMs = nowMs; }
    [[nodiscard]] std::optional<Conversation> conversation(store::ConversationId id) const;
    [[nodiscard]] int rowOf(store::ConversationId id) const; ///< -1: not in the list

public Q_SLOTS:
    void apply(const longcode::store::Changes &changes);

private:
    void reload();
    void readSenders();
    void update(store::ConversationId id);
    void insert(const store::ConversationKey &key);
    void remove(int row);
    void move(int from, const store::ConversationKey &key);
    [[nodiscard]] int placeOf(const store::ConversationKey &key) const;

    store::Reader &m_reader;
    store::ConversationQuery m_query;
    QList<store::ConversationKey> m_keys; ///< greatest first
    QHash<store::ConversationId, store::ConversationKey> m_keyOf;
    QHash<QString, QString> m_profileNames;
    mutable QCache<store::ConversationId, Conversation> m_cache{500};
};

} // namespace longcode::desk
