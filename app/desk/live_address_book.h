#pragma once

#include "base/clock.h"
#include "desk/address_book.h"
#include "store/store.h"

#include <QCache>
#include <QThreadPool>
#include <QTimer>

#include <atomic>

namespace longcode::desk {

/// The contacts that a search wants, by name. Holds their ids and reads a contact when its row is shown. UI
/// thread; the reader outlives it.
class ContactModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit ContactModel(store::Reader &reader, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    void setSearch(const QString &text);
    void reload();

private:
    store::Reader &m_reader;
    QString m_search;
    QStringList m_ids;
    mutable QCache<QString, contacts::Contact> m_cache{500};
};

/// The address book over a store. Files are judged, imported and exported on a thread of its own with readers
/// of its own. What an import or merge did is kept in a journal below the profile's folder, before it is
/// done: it can be taken back after a restart, and one that was cut short is taken back at the next start.
/// Lives on the UI thread; store, reader (of this thread) and clock outlive it. Its end stops what is under
/// way within a step of it; the next start takes that back.
class LiveAddressBook final : public AddressBook {
    Q_OBJECT
public:
    /// `folder`: the profile's. `home`: where numbers without a country code belong.
    LiveAddressBook(store::Store &store, store::Reader &reader, const QString &folder, phone::Region home,
                    const Clock &clock, QObject *parent = nullptr);
    ~LiveAddressBook() override;

    [[nodiscard]] QAbstractItemModel &contacts() override { return m_model; }
    void setSearch(const QString &text) override { m_model.setSearch(text); }
    [[nodiscard]] int count() const override;
    [[nodiscard]] std::optional<contacts::Contact> contact(const contacts::ContactId &id) const override;
    [[nodiscard]] std::optional<contacts::Contact> of(const phone::Address &number) const override;
    QFuture<Result<contacts::ContactId, Failure>> save(const contacts::Contact &contact) override;
    QFuture<Result<bool, Failure>> remove(const contacts::ContactId &id) override;
    [[nodiscard]] QList<QList<contacts::ContactId>> likelyDuplicates() const override;
    [[nodiscard]] contacts::Contact merged(const QList<contacts::ContactId> &ids) const override;
    QFuture<Result<contacts::ContactId, Failure>> merge(const QList<contacts::ContactId> &ids,
                                                        const contacts::Contact &result) override;
    QFuture<Result<ImportPreview, Failure>> preview(const QString &path) override;
    QFuture<Result<contacts::ImportTotals, Failure>> import(const QString &path) override;
    [[nodiscard]] QString undoable() const override;
    QFuture<Result<QString, Failure>> undoLast() override;
    QFuture<Result<int, Failure>> exportTo(const QString &path, ContactFormat format) override;

Q_SIGNALS:
    /// For colleagues to hear of, as LiveInbox::namedHere. Not told of imports: a file of thousands would be
    /// as many facts.
    void namedHere(const QString &peer, const QString &name);

private:
    void onStoreChanged(const store::Changes &changes);
    void takeBackHalfDone();
    template <typename T, typename Work>
    QFuture<Result<T, Failure>> inBackground(Work work);
    template <typename T>
    QFuture<T> toldOf(const QFuture<T> &future);
    void onDone();

    store::Store &m_store;
    store::Reader &m_reader;
    QString m_folder;
    phone::Region m_home;
    const Clock &m_clock;
    ContactModel m_model;
    QTimer m_reload;
    int m_underWay = 0; ///< imports and the like: the list is read again when the last of them has ended
    mutable std::optional<QList<QList<contacts::ContactId>>> m_duplicates; ///< until a contact changes
    std::shared_ptr<std::atomic_bool> m_ending = std::make_shared<std::atomic_bool>(false);
    QThreadPool m_pool;
};

} // namespace longcode::desk
