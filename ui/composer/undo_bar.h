#pragma once

#include "base/clock.h"
#include "style/panel.h"

#include <QTimer>

#include <chrono>

class QLabel;
class QPushButton;

namespace longcode::composer {

/// "Sending in 5 s · Undo", while an answer can be taken back. Hides itself when the time is over. The clock
/// outlives it. UI thread.
class UndoBar final : public style::Panel {
    Q_OBJECT
public:
    explicit UndoBar(const Clock &clock, QWidget *parent = nullptr);

    void countDown(const QDateTime &until);
    void stop();

Q_SIGNALS:
    void undoRequested();
    void isOver();

private:
    void tick();

    const Clock &m_clock;
    QDateTime m_until;
    QTimer m_ticks;
    QLabel *m_words;
    QPushButton *m_undo;
};

} // namespace longcode::composer
