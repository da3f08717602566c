#pragma once

#include "base/clock.h"
#include "desk/opt_outs.h"

#include <QIdentityProxyModel>
#include <QWidget>

class QLabel;
class QPushButton;

namespace longcode::schedule {

class SendList;

enum SuppressedRole {
    SuppressedWhoRole = Qt::UserRole + 100 /* QString */,
    SuppressedWhenRole /* QString */,
    SuppressedTextRole /* QString: the reason and the text */,
    SuppressedMarkRole /* QString: the sender */,
    SuppressedAlarmRole /* bool */
};

/// The suppressed sends in words. Clock outlives it.
class SuppressedWords final : public QIdentityProxyModel {
    Q_OBJECT
public:
    explicit SuppressedWords(const Clock &clock, QObject *parent = nullptr);
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    const Clock &m_clock;
};

/// Every send that was held back because the customer had opted out, and what is known of the API's list.
/// Opt-outs and clock outlive it. UI thread.
class SuppressedPane final : public QWidget {
    Q_OBJECT
public:
    SuppressedPane(desk::OptOuts &optOuts, const Clock &clock, QWidget *parent = nullptr);

    void focusList();

Q_SIGNALS:
    void openConversationRequested(longcode::desk::ConversationId id);

private:
    void build();
    void showState();
    void openSelected();

    SuppressedWords *m_model;
    SendList *m_list;
    QLabel *m_empty;
    QPushButton *m_open;
};

} // namespace longcode::schedule
