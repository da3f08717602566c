#pragma once

#include "desk/relay_health.h"

#include <QWidget>

class QPushButton;

namespace longcode::health {

class AskRow;
class FactTable;

/// Where each messaging profile sends its events, against where this relay receives them, with a way to set
/// it. The health outlives it. UI thread.
class WebhookCard final : public QWidget {
    Q_OBJECT
public:
    explicit WebhookCard(desk::RelayHealth &health, QWidget *parent = nullptr);

    /// Reads the profiles.
    void check();

private:
    void refresh();
    void fitButton();
    void askToSet();
    [[nodiscard]] std::optional<desk::WebhookCheck> chosen() const;

    desk::RelayHealth &m_health;
    FactTable *m_table;
    AskRow *m_read;
    QPushButton *m_set;
};

} // namespace longcode::health
