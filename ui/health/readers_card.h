#pragma once

#include "base/clock.h"
#include "desk/relay_health.h"

#include <QWidget>

class QLabel;

namespace longcode::health {

class FactTable;

/// Who follows the relay's log, and to whom it is passed on. Shows what figures() holds; hidden without them.
/// Health and clock outlive it. UI thread.
class ReadersCard final : public QWidget {
    Q_OBJECT
public:
    ReadersCard(desk::RelayHealth &health, const Clock &clock, QWidget *parent = nullptr);

    void setOperating(bool operating);

private:
    void refresh();
    void showReaders(const desk::RelayFigures &figures);
    void showForwards(const desk::RelayFigures &figures);

    desk::RelayHealth &m_health;
    const Clock &m_clock;
    bool m_operating = false;
    FactTable *m_readers;
    QWidget *m_forwardsCard;
    FactTable *m_forwards;
};

} // namespace longcode::health
