#pragma once

#include "health/rows_model.h"

#include <QTableView>

namespace longcode::health {

/// A table of a few facts, as high as its rows up to a limit; nothing in it can be edited. UI thread.
class FactTable final : public QTableView {
    Q_OBJECT
public:
    /// `stretched`: the column that takes the room that is left.
    FactTable(const QString &name, const QString &accessibleName, const QStringList &headings, int stretched,
              QWidget *parent = nullptr);

    void setRows(const QList<Row> &rows);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();
    void colour();

    RowsModel m_rows;
};

} // namespace longcode::health
