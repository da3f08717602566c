#pragma once

#include "desk/account.h"
#include "desk/inbox.h"
#include "desk/outbox.h"

#include <QAbstractListModel>
#include <QHash>
#include <QPointer>

#include <functional>
#include <map>

/// Stand-ins for the desk: whole implementations of its interfaces over lists in memory, for tests of
/// widgets, for pictures, and for measuring.
namespace longcode::tests {

/// A message model over `total` messages that are made when asked for. Holds the newest `loaded` rows and
/// gives older ones, a page at a time, as the real one does.
class FakeMessages final : public desk::MessageWindow {
    Q_OBJECT
public:
    using Make = std::function<desk::Message(int number)>; ///< number 0 is the oldest

    FakeMessages(int total, int loaded, Make make, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] bool hasNewer() const override { return m_end < m_total; }
    void fetchNewer() override;
    [[nodiscard]] int indexOf(desk::MessageRow message) const override;
    /// The window becomes the page around that message, as after a jump.
    void showAround(desk::MessageRow message);

    void append(const desk::Message &message);
    /// Replaces the message of that store row and raises its revision.
    void change(desk::MessageRow row, const std::function<void(desk::Message &)> &how);
    void removeNewest();
    [[nodiscard]] int pagesFetched() const { return m_pages; }

    static constexpr int pageSize = 60;

private:
    [[nodiscard]] desk::Message at(int row) const;

    int m_first; ///< the number of the message in row 0
    int m_total;
    int m_end; ///< behind the last number in the window
    Make m_make;
    std::map<int, desk::Message> m_special; ///< by number: appended or changed
    int m_pages = 0;
};

class FakeConversations final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    void set(const QList<desk::Conversation> &conversations);
    [[nodiscard]] const QList<desk::Conversation> &all() const { return m_conversations; }

private:
    QList<desk::Conversation> m_conversations;
};

/// Filters by unread and trouble, searches names and previews; renames and marks read at once.
class FakeInbox final : public desk::Inbox {
    Q_OBJECT
public:
    explicit FakeInbox(QObject *parent = nullptr);

    void setConversations(const QList<desk::Conversation> &conversations);
    void setMessages(desk::ConversationId id, const QList<desk::Message> &messages);
    /// 100,000 messages, or any number, made as they are asked for.
    void setSyntheticMessages(desk::ConversationId id, int total, int loaded);
    /// The model that was opened last, or null when its owner has let it go.
    [[nodiscard]] FakeMessages *openModel() const { return m_open; }

    QAbstractItemModel &conversations() override { return m_model; }
    void setFilter(desk::InboxFilter filter) override;
    void setOwnNumber(const std::optional<phone::Address> &own) override;
    void setSearch(const QString &text) override;
    [[nodiscard]] int count(desk::InboxFilter filter) const override;
    [[nodiscard]] std::optional<desk::Conversation> conversation(desk::ConversationId id) const override;
    [[nodiscard]] std::unique_ptr<desk::MessageWindow> openMessages(desk::ConversationId id) override;
    [[nodiscard]] std::unique_ptr<desk::MessageWindow> openMessagesAt(desk::ConversationId id,
                                                                      desk::MessageRow around) override;
    [[nodiscard]] desk::MessageRow firstUnread(desk::ConversationId id) const override;
    [[nodiscard]] desk::MessageRow firstSince(desk::ConversationId id,
                                              const QDateTime &moment) const override;
    [[nodiscard]] desk::MessageRow readPosition(desk::ConversationId id) const override {
        return positions.value(id);
    }
    void keepReadPosition(desk::ConversationId id, desk::MessageRow message) override {
        positions[id] = message;
    }

    void markRead(desk::ConversationId id) override;
    QFuture<Result<desk::ConversationId, Failure>> begin(const phone::Address &peer,
                                                         const phone::Address &own) override;
    void rename(desk::ConversationId id, const QString &name) override;

    /// Changes a conversation and tells of it.
    void update(desk::ConversationId id, const std::function<void(desk::Conversation &)> &how);
    [[nodiscard]] const QString &search() const { return m_search; }
    [[nodiscard]] desk::InboxFilter filter() const { return m_filter; }
    [[nodiscard]] const std::optional<phone::Address> &ownNumber() const { return m_own; }

    QHash<desk::ConversationId, desk::MessageRow> positions, unreadFrom;

private:
    [[nodiscard]] bool matches(const desk::Conversation &conversation, desk::InboxFilter filter) const;
    void refill();

    QList<desk::Conversation> m_all;
    QHash<qint64, std::function<std::unique_ptr<FakeMessages>()>> m_messages;
    FakeConversations m_model;
    QPointer<FakeMessages> m_open;
    desk::InboxFilter m_filter = desk::InboxFilter::Open;
    std::optional<phone::Address> m_own;
    QString m_search;
};

class FakeAccount final : public desk::Account {
    Q_OBJECT
public:
    using desk::Account::Account;
    [[nodiscard]] QString name() const override { return QStringLiteral("Sandbox"); }
    [[nodiscard]] bool isSandbox() const override { return true; }
    [[nodiscard]] QList<desk::Sender> senders() const override { return m_senders; }
    [[nodiscard]] phone::Region homeRegion() const override { return {QStringLiteral("US")}; }
    [[nodiscard]] desk::RelayStatus relay() const override { return m_relay; }
    void refresh() override { ++refreshes; }
    void reconnectRelay() override { ++reconnects; }
    [[nodiscard]] bool countsFullAlphabet() const override { return m_fullAlphabet; }
    void setCountsFullAlphabet(bool full) override;

    void setSenders(const QList<desk::Sender> &senders);
    void setRelay(const desk::RelayStatus &relay);

    int refreshes = 0;
    int reconnects = 0;

private:
    QList<desk::Sender> m_senders;
    desk::RelayStatus m_relay;
    bool m_fullAlphabet = false;
};

/// A text of a length and language that follow from `number`: plain, long, emoji, Arabic, Cyrillic.
[[nodiscard]] desk::Message syntheticMessage(int number);

/// The picture of the mock-ups: seven conversations, one of them open with every kind of message.
struct SampleDesk {
    FakeInbox inbox;
    FakeAccount account;
    SampleDesk();
    static constexpr desk::ConversationId maria{1};
    static constexpr desk::ConversationId stopped{3};
    static constexpr desk::ConversationId longNames{4};
    static constexpr desk::ConversationId noor{7};
};
/// The moment at which SampleDesk's clock stands: 2026-11-24T10:43:00Z.
[[nodiscard]] QDateTime sampleNow();

} // namespace longcode::tests
