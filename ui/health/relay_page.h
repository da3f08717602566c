#pragma once

#include "base/clock.h"
#include "desk/console.h"

#include <QWidget>

namespace longcode::health {

class GapCard;
class ReachCard;
class ReadersCard;
class StateCard;
class WebhookCard;

/// Everything a person may know and do about the relay. Those without Permission::Operate see how it is, and
/// nothing more. Asks for figures only while it is shown. Console and clock outlive it. UI thread.
class RelayPage final : public QWidget {
    Q_OBJECT
public:
    RelayPage(desk::Console &console, const Clock &clock, QWidget *parent = nullptr);
    ~RelayPage() override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();

    desk::Console &m_console;
    StateCard *m_state;
    GapCard *m_gaps;
    WebhookCard *m_webhooks;
    ReadersCard *m_readers;
    ReachCard *m_reach;
};

} // namespace longcode::health
