#pragma once

#include "base/clock.h"
#include "desk/account.h"
#include "desk/relay_health.h"
#include "health/relay_words.h"

#include <QHash>
#include <QWidget>

class QFormLayout;
class QLabel;
class QPushButton;

namespace longcode::style {
class Banner;
}

namespace longcode::health {

class AskRow;
class StateDot;

/// How the relay is, in words and figures, with the alarm on silence and the self-test. Without figures (not
/// told yet, or this role may not see them) only the words. Account, health and clock outlive it. UI thread.
class StateCard final : public QWidget {
    Q_OBJECT
public:
    StateCard(desk::Account &account, desk::RelayHealth &health, const Clock &clock,
              QWidget *parent = nullptr);

    /// Whether figures and self-test are for this person.
    void setOperating(bool operating);
    void refresh();

private:
    void build();
    void buildFacts(QFormLayout *form);
    void buildAddress(QFormLayout *form);
    void showFigures(const desk::RelayFigures &figures);
    void setFact(const char *name, const QString &words);

    desk::Account &m_account;
    desk::RelayHealth &m_health;
    const Clock &m_clock;
    bool m_operating = false;
    StateDot *m_dot = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_detail = nullptr;
    style::Banner *m_silence = nullptr;
    QWidget *m_facts = nullptr;
    QLabel *m_url = nullptr;
    QPushButton *m_copy = nullptr;
    QHash<QString, QLabel *> m_values;
    QLabel *m_role = nullptr;
    AskRow *m_test = nullptr;
};

} // namespace longcode::health
