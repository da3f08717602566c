#pragma once

#include <QStyledItemDelegate>

namespace longcode::schedule {

/// Which roles of a row say what: two lines, a mark at the end of the first.
struct SendRoles {
    int who = 0;
    int when = 0;
    int text = 0;
    int mark = 0;
    int alarming = 0; ///< bool: the mark in the colour of danger
};

/// Who and when, what state it is in, and the text below. All rows have one height.
class SendDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit SendDelegate(const SendRoles &roles, QObject *parent = nullptr);
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    SendRoles m_roles;
};

} // namespace longcode::schedule
