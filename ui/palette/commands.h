#pragma once

#include <QList>
#include <QPointer>
#include <QString>

class QAction;

namespace longcode::palette {

/// Something the window can do, as it stands in a menu.
struct Command {
    QPointer<QAction> action;
    QString title; ///< without mnemonics
    QString path;  ///< "View › Theme"
    QString keys;  ///< as the platform writes them, or empty
};

/// Actions below one heading. Submenus are gone into.
struct CommandGroup {
    QString path;
    QList<QAction *> actions;
};

/// Every action once, in the order given; no separators, nothing invisible or without words.
[[nodiscard]] QList<Command> commandsOf(const QList<CommandGroup> &groups);

/// "New conversation…" of "&New conversation…\tCtrl+N".
[[nodiscard]] QString titleOf(const QAction &action);
/// The action's shortcuts, or what its text shows behind a tabulator.
[[nodiscard]] QString keysOf(const QAction &action);

} // namespace longcode::palette
