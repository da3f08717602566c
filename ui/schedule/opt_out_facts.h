#pragma once

#include "base/clock.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace longcode::desk {
class OptOuts;
}

namespace longcode::schedule {

/// What is known of the API's list of opt-outs: how many, when it was read, what went wrong; and a button to
/// read it again. Opt-outs and clock outlive it. UI thread.
class OptOutFacts final : public QWidget {
    Q_OBJECT
public:
    OptOutFacts(desk::OptOuts &optOuts, const Clock &clock, QWidget *parent = nullptr);

private:
    void showState();

    desk::OptOuts &m_optOuts;
    const Clock &m_clock;
    QLabel *m_words;
    QPushButton *m_read;
};

} // namespace longcode::schedule
