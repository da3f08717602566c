#pragma once

#include "contacts/dry_run.h"

#include <QAbstractTableModel>

namespace longcode::people {

/// Rows of an import with what would become of them, for a table. Text is plain and on one line. UI thread.
class VerdictModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : quint8 { Line, Name, Numbers, What, ColumnCount };

    VerdictModel(QList<contacts::RowVerdict> rows, const phone::Region &home, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString words(const contacts::RowVerdict &row, int column) const;

    QList<contacts::RowVerdict> m_rows;
    phone::Region m_home;
};

/// What a row's verdict says, in sentences.
[[nodiscard]] QString verdictInWords(const contacts::RowVerdict &row);

} // namespace longcode::people
