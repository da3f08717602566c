#pragma once

#include "desk/relay_health.h"

#include <QWidget>

class QLabel;

namespace longcode::health {

class AskRow;

/// What this console never got, and the way to look for it elsewhere. Hidden while nothing is missing and
/// nothing was found. The health outlives it. UI thread.
class GapCard final : public QWidget {
    Q_OBJECT
public:
    explicit GapCard(desk::RelayHealth &health, QWidget *parent = nullptr);

private:
    void refresh();
    void look();

    desk::RelayHealth &m_health;
    QLabel *m_list;
    AskRow *m_look;
    bool m_looked = false;
};

} // namespace longcode::health
