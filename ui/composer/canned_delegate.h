#pragma once

#include <QStyledItemDelegate>

namespace longcode::composer {

/// A row of the canned replies: title and folder with the segment count, the first line below. All rows have
/// one height.
class CannedDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace longcode::composer
