#pragma once

#include <QWidget>

class QComboBox;

namespace longcode::desk {
class Outbox;
}

namespace longcode::composer {

/// "Undo sending: off / 5 / 10 / 30 / 60 seconds", for the settings. The outbox outlives it. UI thread.
class UndoSetting final : public QWidget {
    Q_OBJECT
public:
    explicit UndoSetting(desk::Outbox &outbox, QWidget *parent = nullptr);

private:
    void showWindow();

    desk::Outbox &m_outbox;
    QComboBox *m_choice;
};

} // namespace longcode::composer
