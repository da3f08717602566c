#pragma once

#include "contacts/contact.h"

#include <QByteArray>

class QIODevice;

namespace longcode::contacts {

/// One cell: guarded against formulas (formula.h), quoted where any program would split it. UTF-8.
[[nodiscard]] QByteArray csvCell(const QString &text);

/// Writes contacts as CSV: UTF-8 with a byte order mark (spreadsheets ask for it), commas, CRLF, headings
/// that guessColumns() reads again. One column for each of `numberColumns` numbers and for each name of
/// `customNames`.
///
/// No cell can run as a formula: see formula.h. Numbers stand bare in E.164 ("+12125550188"), without the
/// guard, so that other programs read them: a plus and digits is a number to a spreadsheet, and nothing else.
class CsvWriter {
public:
    CsvWriter(QIODevice &device, int numberColumns, QStringList customNames);

    /// False when the device took not everything; its errorString() says why.
    bool writeHeadings();
    bool write(const Contact &contact);

private:
    bool writeRow(const QStringList &cells);

    QIODevice &m_device;
    int m_numberColumns;
    QStringList m_customNames;
};

/// The columns that `contacts` need: most numbers of one of them, and all names of custom fields in order.
struct CsvShape {
    int numberColumns = 1;
    QStringList customNames;
    void include(const Contact &contact);
};

} // namespace longcode::contacts
