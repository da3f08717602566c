#pragma once

#include "desk/search.h"
#include "style/panel.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QToolButton;

namespace longcode::inbox {

/// Finds words within one conversation: a field, how many places there are, and steps through them. The
/// search outlives it. UI thread.
class FindBar final : public style::Panel {
    Q_OBJECT
public:
    explicit FindBar(desk::Search &search, QWidget *parent = nullptr);

    /// Opens for this conversation, with the keyboard in the field.
    void begin(desk::ConversationId id);
    /// Another conversation: what was found in the other is forgotten.
    void setConversation(desk::ConversationId id);
    void end();
    [[nodiscard]] QString text() const;
    void step(int older);

Q_SIGNALS:
    void placeChosen(longcode::desk::MessageRow message);
    /// The words to be marked; empty: none.
    void textChanged(const QString &text);
    void ended();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QToolButton *makeButton(const char *objectName, const QString &name);
    void find();
    void take(const QList<desk::MessageRow> &places);
    void showCount(const QString &trouble = {});

    desk::Search &m_search;
    desk::ConversationId m_id;
    QLineEdit *m_text;
    QLabel *m_count;
    QToolButton *m_older;
    QToolButton *m_newer;
    QTimer m_timer;
    QList<desk::MessageRow> m_places; ///< newest first
    qsizetype m_at = -1;
    int m_asked = 0; ///< the last question: answers to others are dropped
    bool m_finding = false;
};

} // namespace longcode::inbox
