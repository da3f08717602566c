#pragma once

#include "desk/account.h"

#include <QWidget>

class QPushButton;

namespace longcode::style {
class ElidedLabel;
}

namespace longcode::inbox {

/// "Relay connected · event 48,213 · 12 ms".
[[nodiscard]] QString relayWords(const desk::RelayStatus &status);

/// One line with a dot: whether the console hears its relay; offers to connect again when it does not.
class RelayLine final : public QWidget {
    Q_OBJECT
public:
    /// The account outlives the line.
    explicit RelayLine(desk::Account &account, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    desk::Account &m_account;
    QWidget *m_dot; ///< holds the dot's place on either side
    style::ElidedLabel *m_words;
    QPushButton *m_reconnect;
};

} // namespace longcode::inbox
