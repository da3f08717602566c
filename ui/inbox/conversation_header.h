#pragma once

#include "desk/account.h"
#include "desk/inbox.h"
#include "style/panel.h"

class QLineEdit;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace longcode::style {
class Avatar;
class ElidedLabel;
} // namespace longcode::style

namespace longcode::inbox {

/// Above the messages: who this is, the number, and the sender we answer from. Renames in place.
class ConversationHeader final : public style::Panel {
    Q_OBJECT
public:
    /// Both outlive the header.
    ConversationHeader(desk::Inbox &inbox, desk::Account &account, QWidget *parent = nullptr);

    /// An invalid id shows nothing.
    void show(desk::ConversationId id);
    using QWidget::show;
    /// Puts the name under the cursor, to be changed.
    void beginRename();
    /// Whether the details button is shown as pressed.
    void setDetailsShown(bool shown);

Q_SIGNALS:
    /// The contact panel is to be shown or hidden.
    void detailsToggled(bool shown);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeNames();
    [[nodiscard]] QMenu *makeMenu();
    void makeButtons();
    void endRename(bool keep);
    void copyNumber();
    void refresh();

    desk::Inbox &m_inbox;
    desk::Account &m_account;
    desk::ConversationId m_id;
    style::Avatar *m_avatar;
    QStackedWidget *m_nameStack = nullptr;
    style::ElidedLabel *m_name = nullptr;
    QLineEdit *m_nameEdit = nullptr;
    style::ElidedLabel *m_route = nullptr;
    bool m_renaming = false;
    QToolButton *m_details = nullptr;
    QToolButton *m_more = nullptr;
};

} // namespace longcode::inbox
