#pragma once

#include <QStyledItemDelegate>

namespace longcode::palette {

/// Paints a palette's row: title, where it stands, and its keys. UI thread.
class EntryDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace longcode::palette
