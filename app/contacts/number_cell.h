#pragma once

#include "phone/phone.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace longcode::contacts {

/// What a cell or property for phone numbers holds.
struct NumberCell {
    QList<phone::Address> numbers;
    QStringList mended;   ///< sentences
    QStringList problems; ///< sentences, one for each number that cannot be one
};

/// Reads one number, or several separated by semicolons, commas, line breaks or " / ". Mends what
/// spreadsheets do to numbers ("12125550188.0", "1.2125550188E+10"), and says so where they have rounded
/// digits away.
[[nodiscard]] NumberCell readNumberCell(const QString &text, const phone::Region &home);

} // namespace longcode::contacts
