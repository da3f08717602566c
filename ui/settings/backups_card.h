#pragma once

#include "desk/backups.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace longcode::style {
class Banner;
}

namespace longcode::settings {

/// Whether the store is copied every day, when that was done last and where the copies are; makes one at
/// once. Hidden while no console is open. UI thread.
class BackupsCard final : public QWidget {
    Q_OBJECT
public:
    explicit BackupsCard(QWidget *parent = nullptr);

    /// Null: no console is open. They must be taken away before they die.
    void setBackups(desk::Backups *backups);

private:
    void refresh();

    desk::Backups *m_backups = nullptr;
    QCheckBox *m_daily;
    QLabel *m_last;
    QLabel *m_place;
    style::Banner *m_trouble;
    QPushButton *m_now;
};

} // namespace longcode::settings
