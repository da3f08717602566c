#pragma once

#include "base/result.h"
#include "contacts/contact.h"
#include "contacts/dry_run.h"
#include "contacts/undo.h"
#include "desk/values.h"

#include <QAbstractListModel>
#include <QFuture>
#include <QObject>

#include <optional>

namespace longcode::desk {

enum AddressBookRole { ContactRole = Qt::UserRole + 1 /* contacts::Contact */ };

enum class ContactFormat : quint8 { Csv, VCard };

/// A file judged and not yet taken. Holds the rows' verdicts page by page, so that a file of a million rows
/// can be looked at.
struct ImportPreview {
    QString fileName; ///< without its folder
    ContactFormat format = ContactFormat::Csv;
    contacts::ImportTotals totals;
    QString encoding; ///< of the file, as found out
    QString whyEnded; ///< a sentence when the file was not read to its end
    QList<contacts::RowVerdict> mended, merged, refused, parsed; ///< the first 1,000 of each
};

/// What people of this account are called, and how they are reached. Lives on the UI thread; files are read
/// and written on a thread of its own.
class AddressBook : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// By name; `setSearch` narrows it. Owned by this object.
    [[nodiscard]] virtual QAbstractItemModel &contacts() = 0;
    virtual void setSearch(const QString &text) = 0;
    [[nodiscard]] virtual int count() const = 0;
    [[nodiscard]] virtual std::optional<contacts::Contact> contact(const contacts::ContactId &id) const = 0;
    [[nodiscard]] virtual std::optional<contacts::Contact> of(const phone::Address &number) const = 0;

    /// A new one when it has no id. A number that another contact has is taken from that one.
    virtual QFuture<Result<contacts::ContactId, Failure>> save(const contacts::Contact &contact) = 0;
    virtual QFuture<Result<bool, Failure>> remove(const contacts::ContactId &id) = 0;
    /// Contacts that are likely the same person: same name, or numbers that differ in form alone.
    [[nodiscard]] virtual QList<QList<contacts::ContactId>> likelyDuplicates() const = 0;
    /// What merging them would give.
    [[nodiscard]] virtual contacts::Contact merged(const QList<contacts::ContactId> &ids) const = 0;
    /// Makes one of them. Can be undone with undoLast().
    virtual QFuture<Result<contacts::ContactId, Failure>> merge(const QList<contacts::ContactId> &ids,
                                                                const contacts::Contact &result) = 0;

    /// Reads a file and judges it; changes nothing. `progress` of the future is in percent. Cancelling ends
    /// it.
    virtual QFuture<Result<ImportPreview, Failure>> preview(const QString &path) = 0;
    /// Takes the file over, all of it or nothing. Finishes with what was done, for the sentence afterwards.
    virtual QFuture<Result<contacts::ImportTotals, Failure>> import(const QString &path) = 0;
    /// The last import or merge, if it can still be taken back: a sentence that names it; else empty.
    [[nodiscard]] virtual QString undoable() const = 0;
    /// Finishes with a sentence that says what was taken back and what was left and why.
    virtual QFuture<Result<QString, Failure>> undoLast() = 0;
    /// Formula-safe CSV, or vCard 4.0. Finishes with the number written.
    virtual QFuture<Result<int, Failure>> exportTo(const QString &path, ContactFormat format) = 0;

Q_SIGNALS:
    void changed();
};

} // namespace longcode::desk

Q_DECLARE_METATYPE(longcode::contacts::Contact)
