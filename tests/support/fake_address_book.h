#pragma once

#include "desk/address_book.h"

#include <QPromise>

namespace longcode::tests {

class FakeContacts final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    void set(const QList<contacts::Contact> &contacts);

private:
    QList<contacts::Contact> m_contacts;
};

/// An address book in memory. Files are neither read nor written: previews, imports and exports wait until
/// the test answers them.
class FakeAddressBook final : public desk::AddressBook {
    Q_OBJECT
public:
    using AddressBook::AddressBook;

    [[nodiscard]] QAbstractItemModel &contacts() override { return model; }
    void setSearch(const QString &text) override;
    [[nodiscard]] int count() const override { return static_cast<int>(m_all.size()); }
    [[nodiscard]] std::optional<contacts::Contact> contact(const contacts::ContactId &id) const override;
    [[nodiscard]] std::optional<contacts::Contact> of(const phone::Address &number) const override;
    QFuture<Result<contacts::ContactId, Failure>> save(const contacts::Contact &contact) override;
    QFuture<Result<bool, Failure>> remove(const contacts::ContactId &id) override;
    [[nodiscard]] QList<QList<contacts::ContactId>> likelyDuplicates() const override { return duplicates; }
    [[nodiscard]] contacts::Contact merged(const QList<contacts::ContactId> &ids) const override;
    QFuture<Result<contacts::ContactId, Failure>> merge(const QList<contacts::ContactId> &ids,
                                                        const contacts::Contact &result) override;
    QFuture<Result<desk::ImportPreview, Failure>> preview(const QString &path) override;
    QFuture<Result<contacts::ImportTotals, Failure>> import(const QString &path) override;
    [[nodiscard]] QString undoable() const override { return canUndo; }
    QFuture<Result<QString, Failure>> undoLast() override;
    QFuture<Result<int, Failure>> exportTo(const QString &path, desk::ContactFormat format) override;

    void setContacts(const QList<contacts::Contact> &contacts);
    [[nodiscard]] const QList<contacts::Contact> &all() const { return m_all; }
    void setPreviewProgress(int percent);
    void setImportProgress(int percent);
    void answerPreview(const Result<desk::ImportPreview, Failure> &result);
    void answerImport(const Result<contacts::ImportTotals, Failure> &result);
    [[nodiscard]] bool wasPreviewCancelled() const { return m_preview.isCanceled(); }
    [[nodiscard]] bool wasImportCancelled() const { return m_import.isCanceled(); }

    FakeContacts model;
    QList<QList<contacts::ContactId>> duplicates;
    QString canUndo;
    std::optional<Failure> problem; ///< save() and remove() answer it
    int undone = 0;
    QStringList previewed, imported;
    QList<QPair<QString, desk::ContactFormat>> exported;

private:
    void refill();
    void told();

    QList<contacts::Contact> m_all;
    QString m_search;
    QPromise<Result<desk::ImportPreview, Failure>> m_preview;
    QPromise<Result<contacts::ImportTotals, Failure>> m_import;
    int m_nextId = 1;
};

/// Five people: several numbers, a long name, Arabic, markup in the name, one known by number alone.
[[nodiscard]] QList<contacts::Contact> sampleContacts();
/// A file of six rows with one verdict of each kind, and hidden characters taken out.
[[nodiscard]] desk::ImportPreview samplePreview();

} // namespace longcode::tests
