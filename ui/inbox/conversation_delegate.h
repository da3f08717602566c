#pragma once

#include "base/clock.h"
#include "phone/phone.h"

#include <QStyledItemDelegate>

#include <functional>

namespace longcode::desk {
struct Conversation;
}

namespace longcode::inbox {

/// A row of the conversation list: avatar, name, time, last words, badges. All rows have one height.
class ConversationDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// `clock` outlives the delegate. `home` is asked on painting: it may change with the account.
    ConversationDelegate(const Clock &clock, std::function<phone::Region()> home, QObject *parent = nullptr);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintWords(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
                    const desk::Conversation &conversation) const;
    void paintBadges(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
                     const desk::Conversation &conversation) const;

    const Clock &m_clock;
    std::function<phone::Region()> m_home;
};

} // namespace longcode::inbox
