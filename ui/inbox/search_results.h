#pragma once

#include "base/clock.h"
#include "desk/search.h"

#include <QStackedWidget>

class QLabel;
class QListView;

namespace longcode::inbox {

/// What a search found: people, then texts. Search and clock outlive it. UI thread.
class SearchResults final : public QStackedWidget {
    Q_OBJECT
public:
    SearchResults(desk::Search &search, const Clock &clock, QWidget *parent = nullptr);

    /// Goes to the hit behind or before the current one, and opens it.
    void step(int by);
    /// Opens the current hit, or the first.
    void openCurrent();
    /// The keyboard goes into the list.
    void enter();

Q_SIGNALS:
    void hitChosen(const longcode::desk::SearchHit &hit);
    void leaveRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showState();
    void open(const QModelIndex &index);
    void fetchMoreIfNear();

    desk::Search &m_search;
    QListView *m_list;
    QLabel *m_words;
    Failure m_trouble;
};

} // namespace longcode::inbox
