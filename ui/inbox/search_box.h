#pragma once

#include "desk/account.h"
#include "desk/search.h"

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace longcode::inbox {

class SearchFilters;

/// The field one types a search into, what narrows it, and the pen for a new conversation. The account
/// outlives it. UI thread.
class SearchBox final : public QWidget {
    Q_OBJECT
public:
    explicit SearchBox(desk::Account &account, QWidget *parent = nullptr);

    [[nodiscard]] const desk::SearchQuery &query() const { return m_query; }
    /// Empties it, and says so.
    void clear();
    void focusText();
    void openFilters();
    /// The shortcut of the search is said in the field.
    void setKeyHint(const QKeySequence &key);

Q_SIGNALS:
    void queryChanged();
    void newConversationRequested();
    /// Escape.
    void leaveRequested();
    /// Down: into the list; Enter: opens the first.
    void downPressed();
    void enterPressed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeFilterButton();
    void makeNewButton();
    void showNarrowings();
    void take(const desk::SearchQuery &query);

    desk::Account &m_account;
    desk::SearchQuery m_query;
    QLineEdit *m_text;
    QToolButton *m_filter;
    QToolButton *m_new;
    QWidget *m_narrowings;
    SearchFilters *m_filters;
};

} // namespace longcode::inbox
