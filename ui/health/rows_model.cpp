#include "health/rows_model.h"

#include "style/plain_text.h"

namespace longcode::health {

RowsModel::RowsModel(const QStringList &headings, QObject *parent)
    : QAbstractTableModel(parent), m_headings(headings) {}

void RowsModel::setRows(const QList<Row> &rows) {
    if (rows.size() > m_rows.size()) {
        beginInsertRows({}, int(m_rows.size()), int(rows.size()) - 1);
        m_rows.append(rows.mid(m_rows.size()));
        endInsertRows();
    } else if (rows.size() < m_rows.size()) {
        beginRemoveRows({}, int(rows.size()), int(m_rows.size()) - 1);
        m_rows.resize(rows.size());
        endRemoveRows();
    }
    for (int row = 0; row < rows.size(); ++row) {
        if (rows.at(row) == m_rows.at(row))
            continue;
        m_rows[row] = rows.at(row);
        Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
}

int RowsModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RowsModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_headings.size());
}

QVariant RowsModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Cell cell = m_rows.at(index.row()).value(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return style::displayLine(cell.text);
    case Qt::AccessibleTextRole:
        return QString(m_headings.value(index.column()) + QStringLiteral(": ") +
                       style::singleLine(cell.text));
    case Qt::ToolTipRole:
        return style::plainToolTip(style::displayLine(cell.text));
    case Qt::ForegroundRole:
        return style::colourOf(cell.tone, style::tokensFor(nullptr));
    default:
        return {};
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole)
        return m_headings.value(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeading | Qt::AlignVCenter));
    return {};
}

} // namespace longcode::health
