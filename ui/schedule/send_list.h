#pragma once

#include "schedule/send_delegate.h"

#include <QListView>

class QLabel;

namespace longcode::schedule {

/// A list of texts that have not left, as the delegate paints them, with words in its place while there is
/// none. The model outlives it.
class SendList final : public QListView {
    Q_OBJECT
public:
    SendList(QAbstractItemModel &model, const SendRoles &roles, QWidget *parent);

    /// What stands there while the list is empty; to be put beside it.
    [[nodiscard]] QLabel *emptyWords() const { return m_empty; }
    /// Either the list or the words; the list keeps the keyboard it had.
    void showWhetherEmpty();

private:
    QLabel *m_empty;
};

} // namespace longcode::schedule
