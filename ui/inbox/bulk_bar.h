#pragma once

#include "style/panel.h"

class QLabel;

namespace longcode::inbox {

class ListActions;

/// Shown while several conversations are selected: how many, and what can be done with them. The actions
/// outlive it. UI thread.
class BulkBar final : public style::Panel {
    Q_OBJECT
public:
    explicit BulkBar(const ListActions &actions, QWidget *parent = nullptr);
    void setCount(int count);

Q_SIGNALS:
    void clearRequested();

private:
    QLabel *m_words;
};

} // namespace longcode::inbox
