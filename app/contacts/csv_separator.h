#pragma once

#include <QByteArrayView>

namespace longcode::contacts {

/// The separator that splits the first lines of a CSV file most evenly: comma, semicolon, tab or bar.
[[nodiscard]] char likelySeparator(QByteArrayView beginning);

} // namespace longcode::contacts
