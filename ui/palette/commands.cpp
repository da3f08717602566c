#include "palette/commands.h"

#include <QAction>
#include <QMenu>
#include <QSet>

namespace longcode::palette {

QString titleOf(const QAction &action) {
    const QString text = action.text().section(u'\t', 0, 0);
    QString title;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'&' && i + 1 < text.size())
            ++i;
        title += text[i];
    }
    return title;
}

QString keysOf(const QAction &action) {
    if (!action.shortcut().isEmpty())
        return action.shortcut().toString(QKeySequence::NativeText);
    return action.text().section(u'\t', 1);
}

namespace {

void collect(const QList<QAction *> &actions, const QString &path, QSet<QAction *> &seen,
             QList<Command> &all) {
    for (QAction *action : actions) {
        if (!action || action->isSeparator() || !action->isVisible() || seen.contains(action))
            continue;
        seen.insert(action);
        const QString title = titleOf(*action);
        if (QMenu *menu = action->menu()) {
            collect(menu->actions(), path.isEmpty() ? title : path + QStringLiteral(" › ") + title, seen,
                    all);
        } else if (!title.isEmpty()) {
            all.append({action, title, path, keysOf(*action)});
        }
    }
}

} // namespace

QList<Command> commandsOf(const QList<CommandGroup> &groups) {
    QList<Command> all;
    QSet<QAction *> seen;
    for (const CommandGroup &group : groups)
        collect(group.actions, group.path, seen, all);
    return all;
}

} // namespace longcode::palette
