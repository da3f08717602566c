#pragma once

#include "composer/figures.h"
#include "style/panel.h"

#include <QPointer>

class QLabel;
class QLineEdit;
class QListView;

namespace longcode::desk {
class Team;
}

namespace longcode::composer {

class CannedModel;

/// What "/" opens: the canned replies with a field that filters them. Enter takes one; Escape closes and
/// gives back what was typed. Lies over its parent window, above the composer; closes when the keyboard
/// leaves. The team outlives it. UI thread.
class CannedPopup final : public style::Panel {
    Q_OBJECT
public:
    /// What asked for it: a button or a menu, or a "/" at the beginning of the text.
    enum class Opener : quint8 { Person, Slash };

    CannedPopup(desk::Team &team, QWidget *parent);

    /// Above `anchor`, which has the keyboard again afterwards, and as wide as it. Escape gives back the
    /// "/" that opened it.
    void open(QWidget *anchor, const SenderTerms &terms, Opener opener);
    /// Closes it if it is open, and gives back what was typed.
    void dismiss();

Q_SIGNALS:
    void chosen(const QString &text);
    /// Nothing was chosen; `typed` is what should stand in the composer for it.
    void left(const QString &typed);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void applyFilter();
    void take();
    void leaveByKey();
    bool filterKey(int key);

    CannedModel *m_model;
    QLineEdit *m_filter;
    QListView *m_list;
    QLabel *m_empty;
    QPointer<QWidget> m_anchor;
    Opener m_opener = Opener::Person;
    bool m_open = false;
};

} // namespace longcode::composer
