#include "schedule/send_list.h"

#include <QLabel>

namespace longcode::schedule {

SendList::SendList(QAbstractItemModel &model, const SendRoles &roles, QWidget *parent)
    : QListView(parent), m_empty(new QLabel(parent)) {
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    setItemDelegate(new SendDelegate(roles, this));
    setModel(&model);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
}

void SendList::showWhetherEmpty() {
    const bool any = model()->rowCount() > 0;
    setVisible(any);
    m_empty->setVisible(!any);
}

} // namespace longcode::schedule
