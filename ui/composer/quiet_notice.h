#pragma once

#include "rules/quiet_hours.h"
#include "style/panel.h"

class QActionGroup;
class QPushButton;
class QToolButton;

namespace longcode::composer {

class TonedLabel;

/// Says calmly that it is a bad hour for a text where the customer is, and offers to schedule it for a good
/// one. Never in the way. What the text is (conversation, reminder, promotion) is the person's to say. UI
/// thread.
class QuietNotice final : public style::Panel {
    Q_OBJECT
public:
    explicit QuietNotice(QWidget *parent = nullptr);

    /// Shows itself when there is something to say. `now`: for the words of the button.
    void say(const rules::QuietVerdict &verdict, const QDateTime &now);
    [[nodiscard]] rules::MessageKind kind() const { return m_kind; }
    /// Back to a conversation, without telling.
    void forgetKind();
    [[nodiscard]] bool hasWords() const { return m_verdict.isQuiet(); }
    /// For the menus: one of them is checked.
    [[nodiscard]] QList<QAction *> kindActions() const;

Q_SIGNALS:
    void kindChanged();
    /// The next good moment, UTC.
    void scheduleRequested(const QDateTime &at);

private:
    void addKinds();
    void setKind(rules::MessageKind kind);

    rules::MessageKind m_kind = rules::MessageKind::Conversation;
    rules::QuietVerdict m_verdict;
    TonedLabel *m_words;
    QPushButton *m_schedule;
    QToolButton *m_kindButton;
    QActionGroup *m_kinds;
};

} // namespace longcode::composer
