#pragma once

#include "contacts/contact.h"

#include <QDateTime>

#include <functional>
#include <optional>

namespace longcode::contacts {

/// A contact before and after an import.
struct ContactChange {
    Contact before;
    Contact after;
    friend bool operator==(const ContactChange &, const ContactChange &) = default;
};

/// What an import did, so that it can be taken back. Contacts carry the ids they are kept under.
struct ImportUndo {
    QString fileName; ///< without its folder
    QDateTime at;     ///< UTC
    QList<Contact> added;
    QList<ContactChange> changed;
};

/// What taking back means now.
struct UndoPlan {
    struct Kept {
        ContactId id;
        QString why; ///< a sentence
    };
    QList<ContactId> remove;
    QList<Contact> restore;
    QList<Kept> kept; ///< contacts that people have changed since: left as they are
};

using PresentContact = std::function<std::optional<Contact>(const ContactId &)>;

/// Removes what was added and restores what was changed, but touches nothing that looks different from what
/// the import left. What is gone already needs nothing.
[[nodiscard]] UndoPlan planUndo(const ImportUndo &undo, const PresentContact &present);

} // namespace longcode::contacts
