#pragma once

#include "desk/search.h"
#include "palette/commands.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

class QLabel;
class QLineEdit;
class QListView;

namespace longcode::palette {

class PaletteModel;

/// A field and below it everything that fits: commands and conversations. Worked by the keyboard alone. Uses
/// the console's search while it is open and gives it back its own question afterwards. Deletes itself when
/// closed. UI thread.
class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    /// `search` may be null: commands only.
    CommandPalette(const QList<Command> &commands, const QStringList &recent, desk::Search *search,
                   QWidget *parent);
    void done(int result) override;

Q_SIGNALS:
    /// The palette is closed; the receiver triggers it once the window has the keyboard again.
    void commandChosen(QAction *action);
    void conversationChosen(longcode::desk::ConversationId id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void build();
    void place();
    void typed();
    void takeHits();
    void selectFirst();
    void choose();
    void saySelected();

    QPointer<desk::Search> m_search;
    desk::SearchQuery m_before;
    bool m_hasAsked = false;
    QTimer m_searchTimer;
    PaletteModel *m_model;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_nothing;
};

} // namespace longcode::palette
