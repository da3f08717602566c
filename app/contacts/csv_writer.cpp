#include "contacts/csv_writer.h"

#include "contacts/columns.h"
#include "contacts/formula.h"

#include <QIODevice>

#include <algorithm>

namespace longcode::contacts {

QByteArray csvCell(const QString &text) {
    QByteArray cell = withFormulaGuard(text).toUtf8();
    const bool needsQuotes = std::any_of(cell.begin(), cell.end(),
                                         [](char c) { return QByteArrayView(",;\t|\"\r\n").contains(c); }) ||
                             cell.startsWith(' ') || cell.endsWith(' ');
    return needsQuotes ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
}

CsvWriter::CsvWriter(QIODevice &device, int numberColumns, QStringList customNames)
    : m_device(device), m_numberColumns(std::max(1, numberColumns)), m_customNames(std::move(customNames)) {}

bool CsvWriter::writeHeadings() {
    QStringList headings{QStringLiteral("Name"), QStringLiteral("First name"), QStringLiteral("Last name"),
                         QStringLiteral("Company")};
    for (int i = 1; i <= m_numberColumns; ++i)
        headings.append(i == 1 ? QStringLiteral("Phone") : QStringLiteral("Phone %1").arg(i));
    headings << QStringLiteral("Notes") << QStringLiteral("Language") << QStringLiteral("Time zone");
    for (const QString &name : std::as_const(m_customNames))
        headings.append(customHeading(name));
    const QByteArray mark("\xEF\xBB\xBF");
    return m_device.write(mark) == mark.size() && writeRow(headings);
}

bool CsvWriter::write(const Contact &contact) {
    QStringList cells{contact.name, contact.givenName, contact.familyName, contact.organisation};
    for (int i = 0; i < m_numberColumns; ++i)
        cells.append(i < contact.numbers.size() ? contact.numbers[i].address.wire() : QString());
    cells << contact.note << contact.language << QString::fromLatin1(contact.zone);
    for (const QString &name : std::as_const(m_customNames)) {
        const auto field = std::find_if(contact.custom.begin(), contact.custom.end(),
                                        [&name](const CustomField &own) { return own.name == name; });
        cells.append(field == contact.custom.end() ? QString() : field->value);
    }
    return writeRow(cells);
}

bool CsvWriter::writeRow(const QStringList &cells) {
    QByteArray row;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0)
            row += ',';
        row += csvCell(cells[i]);
    }
    row += "\r\n";
    return m_device.write(row) == row.size();
}

void CsvShape::include(const Contact &contact) {
    numberColumns = std::max(numberColumns, static_cast<int>(contact.numbers.size()));
    for (const CustomField &field : contact.custom)
        if (!customNames.contains(field.name))
            customNames.append(field.name);
}

} // namespace longcode::contacts
