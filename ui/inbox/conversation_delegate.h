#pragma once

#include "base/clock.h"
#include "desk/values.h"
#include "phone/phone.h"

#include <QStyledItemDelegate>

#include <functional>

namespace longcode::style {
struct Tokens;
}

namespace longcode::inbox {

/// What the row of a conversation depends on besides it. Asked on painting: all of it may change.
struct ListSurroundings {
    std::function<phone::Region()> home;
    std::function<bool()> isTeam; ///< whether it matters who has a conversation
    std::function<bool(desk::ConversationId)> isMentioned;
    /// When the next text for it leaves; invalid: none waits, or its time is not known.
    std::function<QDateTime(desk::ConversationId)> scheduledAt;
};

/// A row of the conversation list: avatar, name, time, last words, badges. All rows have one height.
class ConversationDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// `clock` outlives the delegate.
    ConversationDelegate(const Clock &clock, ListSurroundings surroundings, QObject *parent = nullptr);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintWords(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
                    const desk::Conversation &conversation) const;
    void paintBadges(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
                     const desk::Conversation &conversation) const;
    void paintUnread(QPainter *painter, QRect &line, const desk::Conversation &conversation,
                     const style::Tokens &tokens, bool mirrored) const;
    void paintStateBadges(QPainter *painter, QRect &line, const desk::Conversation &conversation,
                          const style::Tokens &tokens, bool mirrored) const;
    void paintAssignee(QPainter *painter, QRect &line, const desk::Claim &claim, const style::Tokens &tokens,
                       bool mirrored) const;

    const Clock &m_clock;
    ListSurroundings m_around;
};

} // namespace longcode::inbox
