#pragma once

#include "contacts/contact.h"

#include <QStringList>

namespace longcode::contacts {

/// Two contacts made one.
struct Merge {
    Contact contact;
    QStringList notTaken; ///< sentences: what of the second one gave way to the first
    bool hasChanged = false;
};

/// `first` with what `second` knows more: it keeps its id, name, language and zone where it has them;
/// numbers, note lines and custom fields come together.
[[nodiscard]] Merge merged(const Contact &first, const Contact &second);

} // namespace longcode::contacts
