#pragma once

#include "base/clock.h"
#include "desk/relay_health.h"

#include <QWidget>

class QLabel;

namespace longcode::health {

class AskRow;

/// What this console never got or may have missed, and the way to look for it elsewhere. Hidden while nothing
/// is missing, the relay is not silent and nothing was found. Health and clock outlive it. UI thread.
class GapCard final : public QWidget {
    Q_OBJECT
public:
    GapCard(desk::RelayHealth &health, const Clock &clock, QWidget *parent = nullptr);

private:
    void refresh();
    void look();

    desk::RelayHealth &m_health;
    const Clock &m_clock;
    QLabel *m_list;
    AskRow *m_look;
    bool m_looked = false;
};

} // namespace longcode::health
