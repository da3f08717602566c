#pragma once

#include "desk/account.h"
#include "desk/inbox.h"
#include "desk/team.h"

#include <QWidget>

class QButtonGroup;
class QMenu;
class QToolButton;

namespace longcode::style {
class Chip;
}

namespace longcode::inbox {

/// Which conversations are listed: chips with counts in at most two lines, what finds no room there in a menu
/// behind the last one, and below the choice of one of our numbers where there are several. The desk outlives
/// it. UI thread.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    FilterBar(desk::Inbox &inbox, desk::Account &account, desk::Team &team, QWidget *parent = nullptr);

    [[nodiscard]] desk::InboxFilter filter() const { return m_filter; }
    void choose(desk::InboxFilter filter);
    [[nodiscard]] const std::optional<phone::Address> &ownNumber() const { return m_own; }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override { return {280, heightForWidth(280)}; }

Q_SIGNALS:
    void filterChosen(longcode::desk::InboxFilter filter);
    void ownNumberChosen();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] style::Chip *makeChip(desk::InboxFilter filter, const QString &words,
                                        const char *objectName);
    void makeNumberButton();
    void fillMore();
    void fillNumbers();
    void chooseNumber(const std::optional<phone::Address> &own);
    void showCounts();
    void showNumbers();
    void showChosen();
    [[nodiscard]] bool isOffered(desk::InboxFilter filter) const;
    [[nodiscard]] QString wordsOf(desk::InboxFilter filter) const;
    enum class Pass : quint8 { Measure, Place };
    int arrange(int width, Pass pass) const;

    desk::Inbox &m_inbox;
    desk::Account &m_account;
    desk::Team &m_team;
    desk::InboxFilter m_filter = desk::InboxFilter::Open;
    std::optional<phone::Address> m_own;
    QButtonGroup *m_group;
    QList<style::Chip *> m_chips; ///< in the order of `filters`
    style::Chip *m_more;
    QMenu *m_moreMenu;
    QToolButton *m_number;
    QMenu *m_numberMenu;
    mutable QList<desk::InboxFilter> m_hidden; ///< in the menu, for lack of room
};

} // namespace longcode::inbox
