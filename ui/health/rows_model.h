#pragma once

#include "style/elided_label.h"

#include <QAbstractTableModel>

namespace longcode::health {

/// One cell of a table of facts; its text is plain and on one line.
struct Cell {
    QString text;
    style::TextTone tone = style::TextTone::Text;
    friend bool operator==(const Cell &, const Cell &) = default;
};
using Row = QList<Cell>;

/// A small table that is told its rows as a whole, again and again: it says only what has changed. UI thread.
class RowsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit RowsModel(const QStringList &headings, QObject *parent = nullptr);

    /// Each as long as there are headings.
    void setRows(const QList<Row> &rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headings;
    QList<Row> m_rows;
};

} // namespace longcode::health
