#pragma once

#include "phone/phone.h"

#include <QStyledItemDelegate>

#include <functional>

namespace longcode::people {

/// Paints one contact of a list: disc, name, and a line of number and organisation. All rows are equally
/// high.
class ContactDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ContactDelegate(std::function<phone::Region()> home, QObject *parent = nullptr);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    std::function<phone::Region()> m_home;
};

} // namespace longcode::people
