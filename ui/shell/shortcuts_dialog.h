#pragma once

#include "palette/commands.h"

#include <QDialog>

namespace longcode::shell {

/// Every key of the window, as its actions have them at this moment. Deletes itself when closed. UI thread.
class ShortcutsDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutsDialog(const QList<palette::Command> &commands, QWidget *parent = nullptr);
};

} // namespace longcode::shell
