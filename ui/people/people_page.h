#pragma once

#include "base/clock.h"
#include "desk/account.h"
#include "desk/address_book.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace longcode::style {
class Banner;
}

namespace longcode::people {

class ContactCard;

/// The contacts: a list that is searched as one types, one of them, and the ways in and out. Book, account
/// and clock outlive it. UI thread.
class PeoplePage final : public QWidget {
    Q_OBJECT
public:
    PeoplePage(desk::AddressBook &book, desk::Account &account, const Clock &clock,
               QWidget *parent = nullptr);

    /// Shows that contact, whatever is searched for.
    void openContact(const contacts::ContactId &id);
    void focusSearch();
    void newContact();
    /// For menus; their keys work while the page is shown.
    [[nodiscard]] QList<QAction *> pageActions() const { return m_actions; }
    /// Writes all contacts and says how many.
    void exportTo(const QString &path, desk::ContactFormat format);

Q_SIGNALS:
    /// A person wants to write to this number.
    void textRequested(const longcode::phone::Address &number);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QWidget *buildList();
    [[nodiscard]] QWidget *buildReader(const Clock &clock);
    void buildActions();
    QAction *addPageAction(const QString &text, const QKeySequence &key, const QString &objectName);
    void choose(const QModelIndex &index);
    void refresh();
    void selectInList();
    void showEmptyWords();
    void edit();
    void edit(const contacts::Contact &contact);
    void remove();
    void removeNow();
    void importFile();
    void findDuplicates();
    void askExport(desk::ContactFormat format);
    void undo();
    void say(const QString &sentence);
    void complain(const Failure &failure);

    desk::AddressBook &m_book;
    desk::Account &m_account;
    contacts::ContactId m_current;
    QTimer m_searchTimer;
    QList<QAction *> m_actions;
    QAction *m_edit = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_undo = nullptr;
    style::Banner *m_said = nullptr;
    style::Banner *m_trouble = nullptr;
    QLineEdit *m_search = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_count = nullptr;
    QToolButton *m_more = nullptr;
    QStackedWidget *m_reader = nullptr;
    QLabel *m_empty = nullptr;
    ContactCard *m_card = nullptr;
};

} // namespace longcode::people
