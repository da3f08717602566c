#include "people/verdict_model.h"

#include "style/plain_text.h"

#include <QLocale>

namespace longcode::people {

QString verdictInWords(const contacts::RowVerdict &row) {
    QStringList sentences;
    if (!row.refusal.isEmpty())
        sentences.append(row.refusal);
    if (row.outcome == contacts::Outcome::Merged) {
        const QString shared = row.matchedNumbers.join(QStringLiteral(", "));
        sentences.append(
            row.intoLine > 0
                ? VerdictModel::tr("Joins the contact of line %1, which has %2 too.")
                      .arg(row.intoLine)
                      .arg(shared)
                : VerdictModel::tr("Joins a contact that is kept already and has %1.").arg(shared));
    }
    if (row.outcome == contacts::Outcome::Parsed || row.outcome == contacts::Outcome::Mended)
        sentences.append(VerdictModel::tr("Would be added."));
    sentences += row.mended;
    return style::singleLine(sentences.join(u' '));
}

VerdictModel::VerdictModel(QList<contacts::RowVerdict> rows, const phone::Region &home, QObject *parent)
    : QAbstractTableModel(parent), m_rows(std::move(rows)), m_home(home) {}

int VerdictModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int VerdictModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString VerdictModel::words(const contacts::RowVerdict &row, int column) const {
    switch (column) {
    case Line:
        return QLocale().toString(row.line);
    case Name:
        return style::singleLine(row.contact.name);
    case Numbers: {
        QStringList numbers;
        for (const contacts::ContactNumber &number : row.contact.numbers)
            numbers.append(number.address.display(m_home));
        return style::singleLine(numbers.join(QStringLiteral(", ")));
    }
    default:
        return verdictInWords(row);
    }
}

QVariant VerdictModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid())
        return {};
    if (role == Qt::DisplayRole)
        return words(m_rows[index.row()], index.column());
    return {};
}

QVariant VerdictModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Line:
        return tr("Line");
    case Name:
        return tr("Name");
    case Numbers:
        return tr("Numbers");
    default:
        return tr("What would happen");
    }
}

} // namespace longcode::people
