#pragma once

#include "desk/account.h"
#include "desk/search.h"
#include "style/popup_frame.h"

#include <functional>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QLineEdit;

namespace longcode::inbox {

/// One thing that a search is narrowed by, in words, and what makes it go.
struct SearchNarrowing {
    QString words;
    std::function<void(desk::SearchQuery &)> remove;
};
/// Everything but the text.
[[nodiscard]] QList<SearchNarrowing> narrowingsOf(const desk::SearchQuery &query,
                                                  const desk::Account &account);

/// What narrows a search, in a window that goes when one clicks beside it. The account outlives it. UI
/// thread.
class SearchFilters final : public style::PopupFrame {
    Q_OBJECT
public:
    explicit SearchFilters(desk::Account &account, QWidget *parent = nullptr);

    /// Shows what the query holds.
    void setQuery(const desk::SearchQuery &query);
    /// The text is left as it is.
    void apply(desk::SearchQuery &query) const;
    /// Opens below a widget.
    void openBelow(const QWidget &widget);

Q_SIGNALS:
    void changed();

private:
    void fillNumbers();
    [[nodiscard]] QDateEdit *makeDay(const char *objectName, const QString &name);

    desk::Account &m_account;
    QComboBox *m_number;
    QDateEdit *m_from;
    QDateEdit *m_to;
    QComboBox *m_state;
    QCheckBox *m_media;
    QLineEdit *m_code;
    bool m_filling = false;
};

} // namespace longcode::inbox
