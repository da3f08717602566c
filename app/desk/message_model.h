#pragma once

#include "desk/inbox.h"
#include "store/reader.h"
#include "store/values.h"

#include <QAbstractListModel>
#include <QHash>

namespace longcode::desk {

/// The messages of one conversation, oldest first: a window over the store that begins with the newest page,
/// or around one message, and grows at both ends. What comes in live is inserted when it belongs into the
/// window; beyond an end of it, it comes with its page. UI thread; reads with the reader it is given, which
/// must outlive it.
class MessageModel final : public MessageWindow {
    Q_OBJECT
public:
    static constexpr int pageSize = 200;

    MessageModel(store::Reader &reader, store::ConversationId conversation, QObject *parent = nullptr);
    /// Half a page on either side of that message; the newest page when it is not in the conversation.
    MessageModel(store::Reader &reader, store::ConversationId conversation, store::MessageRow around,
                 QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] bool hasNewer() const override { return m_hasNewer; }
    void fetchNewer() override;
    [[nodiscard]] int indexOf(MessageRow message) const override;

public Q_SLOTS:
    /// Whose words are "You" for a screen reader.
    void setMe(const QString &name) { m_me = name; }
    /// Takes over what a transaction changed in this conversation.
    void apply(const longcode::store::Changes &changes);

private:
    struct Row {
        store::MessagePosition position;
        Message message;
        mutable QDate day{}; ///< here; found when it is first asked for, which is at every painting
    };
    [[nodiscard]] static QDate dayOf(const Row &row);
    [[nodiscard]] static Row rowOf(const store::MessageRecord &record);
    [[nodiscard]] int placeOf(const store::MessagePosition &position) const;
    [[nodiscard]] int placeOf(store::MessageRow row) const;
    void fill(const QList<store::MessageRecord> &records);
    [[nodiscard]] bool fillAround(store::MessageRow message);
    [[nodiscard]] bool isOutside(const store::MessagePosition &position) const;
    bool readName(); ///< true: the customer is called differently now
    void insert(const store::MessageRecord &record);
    void remove(store::MessageRow row);
    void change(store::MessageRow row);

    store::Reader &m_reader;
    store::ConversationId m_conversation;
    QString m_peer, m_me;
    QList<Row> m_rows;
    QHash<store::MessageRow, store::MessagePosition> m_positions;
    bool m_hasOlder = true, m_hasNewer = false;
};

} // namespace longcode::desk
