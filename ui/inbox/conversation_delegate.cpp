#include "inbox/conversation_delegate.h"

#include "desk/inbox.h"
#include "inbox/conversation_words.h"
#include "inbox/when.h"
#include "style/avatar.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>

namespace longcode::inbox {

namespace {

constexpr int side = 10;
constexpr int avatarExtent = 38;
constexpr int gap = 10;
constexpr int rowTop = 9;
constexpr int widestAssignee = 84;

struct Ink {
    QColor text;
    QColor fill;
};

using style::TextSize;
using style::TextWeight;

int lineHeight(const QFont &font) {
    return QFontMetrics(font).height();
}

/// Cuts a rectangle of `width` off the front (or, mirrored, the back) of `area`.
QRect takeFront(QRect &area, int width, bool mirrored) {
    QRect part = area;
    if (mirrored) {
        part.setLeft(area.right() - width + 1);
        area.setRight(area.right() - width);
    } else {
        part.setWidth(width);
        area.setLeft(area.left() + width);
    }
    return part;
}

QRect takeBack(QRect &area, int width, bool mirrored) {
    return takeFront(area, width, !mirrored);
}

void drawLine(QPainter *painter, const QRect &area, const QString &text, bool mirrored) {
    painter->drawText(
        area,
        int((mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute) |
            Qt::TextSingleLine,
        painter->fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
}

/// Paints one badge at the front of `area` and takes its room away; nothing when there is too little.
void paintBadge(QPainter *painter, QRect &area, const QString &text, const Ink &ink, bool mirrored) {
    const QFontMetrics metrics = painter->fontMetrics();
    const int width = qMin(metrics.horizontalAdvance(text) + 10, area.width());
    if (width < 24)
        return;
    const QRect badge = takeFront(area, width, mirrored);
    takeFront(area, qMin(6, area.width()), mirrored);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ink.fill);
    painter->drawRoundedRect(badge, 4, 4);
    painter->setPen(ink.text);
    painter->drawText(badge, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideRight, width - 8));
}

} // namespace

ConversationDelegate::ConversationDelegate(const Clock &clock, ListSurroundings surroundings, QObject *parent)
    : QStyledItemDelegate(parent), m_clock(clock), m_around(std::move(surroundings)) {}

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    const int body = lineHeight(style::textFont(option.font, TextSize::Body, TextWeight::Strong)) +
                     lineHeight(option.font) + lineHeight(style::textFont(option.font, TextSize::Tiny)) + 4;
    return {200, qMax(avatarExtent, body) + 2 * rowTop + 1};
}

void ConversationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const {
    const auto conversation = index.data(desk::ConversationRole).value<desk::Conversation>();
    const style::Tokens &tokens = style::tokensFor(option.widget);
    const bool mirrored = option.direction == Qt::RightToLeft;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, tokens.accentSoft);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, tokens.window);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.border);

    QRect area = option.rect.adjusted(side, rowTop, -side, -rowTop - 1);
    const QRect disc = takeFront(area, avatarExtent, mirrored);
    takeFront(area, gap, mirrored);
    painter->setFont(option.font);
    style::paintAvatar(painter, QRectF(disc.left(), disc.top(), avatarExtent, avatarExtent),
                       displayName(conversation, m_around.home()), conversation.peer.wire());
    paintWords(painter, option, area, conversation);
    paintBadges(painter, option, area, conversation);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(tokens.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
    }
    painter->restore();
}

void ConversationDelegate::paintWords(QPainter *painter, const QStyleOptionViewItem &option,
                                      const QRect &area, const desk::Conversation &conversation) const {
    const style::Tokens &tokens = style::tokensFor(option.widget);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QFont strong = style::textFont(option.font, TextSize::Body, TextWeight::Strong);
    const QFont tiny = style::textFont(option.font, TextSize::Tiny);

    QRect first(area.left(), area.top(), area.width(), lineHeight(strong));
    const QString when = shortWhen(conversation.lastAt, m_clock.now());
    painter->setFont(tiny);
    painter->setPen(conversation.unread > 0 ? tokens.accent : tokens.muted);
    const QRect whenRect = takeBack(first, painter->fontMetrics().horizontalAdvance(when) + 2, mirrored);
    drawLine(painter, whenRect, when, !mirrored);
    takeBack(first, 8, mirrored);
    painter->setFont(strong);
    painter->setPen(tokens.text);
    drawLine(painter, first, displayName(conversation, m_around.home()), mirrored);

    QRect second(area.left(), first.bottom() + 2, area.width(), lineHeight(option.font));
    painter->setFont(option.font);
    if (conversation.previewIsDraft) {
        const QString mark = QCoreApplication::translate("longcode::inbox::ConversationDelegate", "Draft:");
        painter->setPen(tokens.warn);
        const QRect markRect =
            takeFront(second, painter->fontMetrics().horizontalAdvance(mark) + 5, mirrored);
        drawLine(painter, markRect, mark, mirrored);
    }
    painter->setPen(conversation.unread > 0 ? tokens.text : tokens.muted);
    drawLine(painter, second, previewWords(conversation), mirrored);
}

void ConversationDelegate::paintBadges(QPainter *painter, const QStyleOptionViewItem &option,
                                       const QRect &area, const desk::Conversation &conversation) const {
    const style::Tokens &tokens = style::tokensFor(option.widget);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QFont tiny = style::textFont(option.font, TextSize::Tiny);
    const int height = lineHeight(tiny);
    QRect line(area.left(), area.bottom() - height + 1, area.width(), height);
    if (conversation.unread > 0) {
        painter->setFont(style::textFont(option.font, TextSize::Tiny, TextWeight::Strong));
        const QString figure = QLocale().toString(conversation.unread);
        const int width = qMax(height + 2, painter->fontMetrics().horizontalAdvance(figure) + 12);
        const QRect pill = takeBack(line, width, mirrored).adjusted(0, -1, 0, 1);
        takeBack(line, 6, mirrored);
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.accent);
        painter->drawRoundedRect(pill, pill.height() / 2.0, pill.height() / 2.0);
        painter->setPen(tokens.accentText);
        painter->drawText(pill, Qt::AlignCenter, figure);
    }
    if (m_around.isMentioned(conversation.id)) {
        painter->setFont(style::textFont(option.font, TextSize::Tiny, TextWeight::Strong));
        const QRect mark = takeBack(line, height + 4, mirrored).adjusted(1, -1, -1, 1);
        takeBack(line, 4, mirrored);
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.warnSoft);
        painter->drawEllipse(mark);
        painter->setPen(tokens.warn);
        painter->drawText(mark, Qt::AlignCenter, QStringLiteral("@"));
    }
    painter->setFont(tiny);
    if (conversation.claim && m_around.isTeam())
        paintAssignee(painter, line, *conversation.claim, tokens, mirrored);
    if (const QString trouble = troubleWords(conversation); !trouble.isEmpty()) {
        const bool doubt = conversation.lastState == desk::MessageState::Uncertain;
        paintBadge(painter, line, trouble,
                   doubt ? Ink{tokens.warn, tokens.warnSoft} : Ink{tokens.danger, tokens.dangerSoft},
                   mirrored);
    }
    if (conversation.optOut)
        paintBadge(painter, line,
                   QCoreApplication::translate("longcode::inbox::ConversationDelegate", "Opted out"),
                   Ink{tokens.warn, tokens.warnSoft}, mirrored);
    if (const QString sender = senderWords(conversation); !sender.isEmpty())
        paintBadge(painter, line, sender, Ink{tokens.muted, tokens.raised}, mirrored);
}

/// A small disc and the name, at the end of the line: who takes care of it.
void ConversationDelegate::paintAssignee(QPainter *painter, QRect &line, const desk::Claim &claim,
                                         const style::Tokens &tokens, bool mirrored) const {
    const int extent = line.height();
    const QString name = claim.mine ? QCoreApplication::translate("longcode::inbox::ConversationDelegate",
                                                                  "You", "has a conversation")
                                    : style::singleLine(claim.assignee);
    const int words = qMin(widestAssignee, painter->fontMetrics().horizontalAdvance(name) + 1);
    QRect place = takeBack(line, qMin(line.width(), words + extent + 4), mirrored);
    takeBack(line, qMin(line.width(), 6), mirrored);
    const QRect disc = takeFront(place, extent, mirrored);
    style::paintAvatar(painter, disc, claim.assignee, claim.assignee);
    takeFront(place, qMin(4, place.width()), mirrored);
    painter->setPen(claim.mine ? tokens.accent : tokens.muted);
    drawLine(painter, place, name, mirrored);
}

} // namespace longcode::inbox
