#pragma once

#include "style/panel.h"

#include <QPointer>

class QAbstractItemModel;
class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;

namespace longcode::composer {

/// A list over the composer with a field that narrows it and a choice of groups: what canned replies and
/// emoji have in common. The field keeps the keyboard and steers the list; Enter takes, Escape leaves,
/// Ctrl+Page Up and Down change the group. Lies over its parent window, above the composer; closes when the
/// keyboard leaves. UI thread.
class FinderPopup : public style::Panel {
    Q_OBJECT
public:
    /// `name` begins the object names of its parts: "canned" gives cannedFilter, cannedList, ….
    FinderPopup(const QString &name, QWidget *parent);

    /// Closes it if it is open, and says that nothing was chosen.
    void dismiss();
    [[nodiscard]] bool isOpen() const { return m_open; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

    /// Above `anchor`, which has the keyboard again afterwards, and as wide as it.
    void openAbove(QWidget *anchor);
    void setModel(QAbstractItemModel *model);
    /// "" stands for all of them.
    void setGroups(const QString &all, const QStringList &groups);
    [[nodiscard]] QString group() const;
    [[nodiscard]] QString filterText() const;
    /// Narrows the list again; call it too when the model has changed by itself.
    void refilter();
    void place();
    void closeQuietly();
    void backToAnchor();

    virtual void narrow() = 0;                            ///< by filterText() and group()
    [[nodiscard]] virtual QString emptyWords() const = 0; ///< why the list is empty
    virtual void take(const QModelIndex &index) = 0;
    virtual void leave() = 0; ///< dismissed
    [[nodiscard]] virtual int listHeight() const = 0;
    [[nodiscard]] virtual int widest() const = 0;
    /// A key that does something of its own; true: done.
    virtual bool ownKey(int key);
    virtual void currentChanged() {}

    void select(int row);
    [[nodiscard]] int currentRow() const;
    [[nodiscard]] QListView &list() const { return *m_list; }
    [[nodiscard]] QLineEdit &filter() const { return *m_filter; }
    /// A line of words below the list.
    [[nodiscard]] QLabel &footer() const { return *m_footer; }

private:
    void build(const QString &name);
    bool filterKey(int key, Qt::KeyboardModifiers held);
    bool changesGroup(int key, Qt::KeyboardModifiers held);
    void tellCurrent();

    QLineEdit *m_filter;
    QComboBox *m_groups;
    QListView *m_list;
    QLabel *m_empty;
    QLabel *m_footer;
    QPointer<QWidget> m_anchor;
    bool m_open = false;
};

} // namespace longcode::composer
