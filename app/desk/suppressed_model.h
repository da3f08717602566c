#pragma once

#include "desk/opt_outs.h"

namespace longcode::store {
class Reader;
}

namespace longcode::desk {

/// Sends that were held back because of an opt-out, newest first; older ones through fetchMore. The reader
/// outlives it.
class SuppressedModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit SuppressedModel(store::Reader &reader, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    /// Takes up what was recorded since.
    void readNew();

private:
    struct Row {
        qint64 row = 0;
        SuppressedSend send;
    };
    [[nodiscard]] QList<Row> read(qint64 beforeRow, int limit) const;

    store::Reader &m_reader;
    QList<Row> m_rows;
    bool m_whole = false;
};

} // namespace longcode::desk
