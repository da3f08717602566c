#pragma once

#include "desk/account.h"
#include "desk/inbox.h"
#include "desk/team.h"
#include "style/panel.h"

class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace longcode::style {
class Avatar;
class ElidedLabel;
} // namespace longcode::style

namespace longcode::inbox {

class AssignButton;

/// Above the messages: who this is, the number, the sender we answer from, who takes care of it, and whether
/// it is closed. Renames in place.
class ConversationHeader final : public style::Panel {
    Q_OBJECT
public:
    /// All three outlive the header.
    ConversationHeader(desk::Inbox &inbox, desk::Account &account, desk::Team &team,
                       QWidget *parent = nullptr);

    /// An invalid id shows nothing.
    void show(desk::ConversationId id);
    using QWidget::show;
    /// Puts the name under the cursor, to be changed.
    void beginRename();
    /// Whether the details button is shown as pressed.
    void setDetailsShown(bool shown);
    /// Claiming, closing, renaming, copying the number: for a menu elsewhere. Their keys work already.
    [[nodiscard]] QList<QAction *> menuActions() const;

Q_SIGNALS:
    /// The contact panel is to be shown or hidden.
    void detailsToggled(bool shown);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeNames();
    [[nodiscard]] QMenu *makeMenu();
    void makeButtons();
    void makeCloseButton();
    void toggleClosed();
    void showClosed(const desk::Conversation &conversation);
    void fitButtons();
    void endRename(bool keep);
    void copyNumber();
    void refresh();

    desk::Inbox &m_inbox;
    desk::Account &m_account;
    desk::Team &m_team;
    desk::ConversationId m_id;
    style::Avatar *m_avatar;
    QStackedWidget *m_nameStack = nullptr;
    style::ElidedLabel *m_name = nullptr;
    QLineEdit *m_nameEdit = nullptr;
    style::ElidedLabel *m_route = nullptr;
    bool m_renaming = false;
    AssignButton *m_assign;
    QAction *m_closing;
    QPushButton *m_close = nullptr;
    QToolButton *m_details = nullptr;
    QToolButton *m_more = nullptr;
};

} // namespace longcode::inbox
