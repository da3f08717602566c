#pragma once

#include "desk/search.h"
#include "palette/commands.h"

#include <QAbstractListModel>
#include <QStringList>

namespace longcode::palette {

/// A row: a command, or a conversation when the action is null.
struct Entry {
    QPointer<QAction> action;
    desk::ConversationId conversation;
    QString title; ///< plain text
    QString detail;
    QString keys;
};

enum EntryRole { TitleRole = Qt::UserRole + 1, DetailRole, KeysRole, ConversationRole };

/// What fits what was typed, the best first; commands used lately before others. UI thread.
class PaletteModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    static constexpr qsizetype mostPeople = 8;

    /// `recent`: object names of actions, the last used first. Disabled commands are left out.
    void setCommands(const QList<Command> &commands, const QStringList &recent);
    void setTyped(const QString &typed);
    /// Conversations for what was typed; shown behind commands that fit well and before the others.
    void setPeople(const QList<desk::SearchHit> &people);
    [[nodiscard]] const Entry &entry(int row) const { return m_entries[row]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void fill();

    QList<Command> m_commands;
    QStringList m_recent;
    QString m_typed;
    QList<desk::SearchHit> m_people;
    QList<Entry> m_entries;
};

} // namespace longcode::palette
