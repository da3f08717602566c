#include "inbox/conversation_delegate.h"

#include "desk/inbox.h"
#include "inbox/conversation_words.h"
#include "inbox/when.h"
#include "style/avatar.h"
#include "style/icons.h"
#include "style/list_row.h"
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
constexpr int pinExtent = 13;

struct Ink {
    QColor text;
    QColor fill;
};

using style::drawLine;
using style::takeBack;
using style::takeFront;
using style::TextSize;
using style::TextWeight;

int lineHeight(const QFont &font) {
    return QFontMetrics(font).height();
}

bool isUnread(const desk::Conversation &conversation) {
    return conversation.unread > 0 || conversation.markedUnread;
}

QString delegateWord(const char *text, const char *what = nullptr) {
    return QCoreApplication::translate("longcode::inbox::ConversationDelegate", text, what);
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
    const bool mirrored = option.direction == Qt::RightToLeft;
    const style::ListRow row(painter, option, style::RowShape::Band);

    QRect area = option.rect.adjusted(side, rowTop, -side, -rowTop - 1);
    const QRect disc = takeFront(area, avatarExtent, mirrored);
    takeFront(area, gap, mirrored);
    painter->setFont(option.font);
    style::paintAvatar(painter, QRectF(disc.left(), disc.top(), avatarExtent, avatarExtent),
                       displayName(conversation, m_around.home()), conversation.peer.wire());
    paintWords(painter, option, area, conversation);
    paintBadges(painter, option, area, conversation);
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
    painter->setPen(isUnread(conversation) ? tokens.accent : tokens.muted);
    const QRect whenRect = takeBack(first, painter->fontMetrics().horizontalAdvance(when) + 2, mirrored);
    drawLine(painter, whenRect, when, !mirrored);
    takeBack(first, 6, mirrored);
    if (conversation.pinned) {
        const QRect pin = takeBack(first, pinExtent, mirrored);
        style::paintIcon(painter, pin, style::IconName::Pin, tokens.muted);
        takeBack(first, 4, mirrored);
    }
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
    painter->setPen(isUnread(conversation) ? tokens.text : tokens.muted);
    drawLine(painter, second, previewWords(conversation, m_around.isTeam()), mirrored);
}

void ConversationDelegate::paintBadges(QPainter *painter, const QStyleOptionViewItem &option,
                                       const QRect &area, const desk::Conversation &conversation) const {
    const style::Tokens &tokens = style::tokensFor(option.widget);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QFont tiny = style::textFont(option.font, TextSize::Tiny);
    painter->setFont(option.font);
    const int height = lineHeight(tiny);
    QRect line(area.left(), area.bottom() - height + 1, area.width(), height);
    paintUnread(painter, line, conversation, tokens, mirrored);
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
    paintStateBadges(painter, line, conversation, tokens, mirrored);
    if (const QString sender = senderWords(conversation); !sender.isEmpty())
        paintBadge(painter, line, sender, Ink{tokens.muted, tokens.raised}, mirrored);
}

/// How many texts nobody has read, or a dot where a person said so.
void ConversationDelegate::paintUnread(QPainter *painter, QRect &line, const desk::Conversation &conversation,
                                       const style::Tokens &tokens, bool mirrored) const {
    if (!isUnread(conversation))
        return;
    painter->setFont(style::textFont(painter->font(), TextSize::Tiny, TextWeight::Strong));
    painter->setPen(Qt::NoPen);
    painter->setBrush(tokens.accent);
    if (conversation.unread == 0) {
        QRect dot(0, 0, 9, 9);
        dot.moveCenter(takeBack(line, line.height() + 2, mirrored).center());
        takeBack(line, 6, mirrored);
        painter->drawEllipse(dot);
        return;
    }
    const QString figure = QLocale().toString(conversation.unread);
    const int width = qMax(line.height() + 2, painter->fontMetrics().horizontalAdvance(figure) + 12);
    const QRect pill = takeBack(line, width, mirrored).adjusted(0, -1, 0, 1);
    takeBack(line, 6, mirrored);
    painter->drawRoundedRect(pill, pill.height() / 2.0, pill.height() / 2.0);
    painter->setPen(tokens.accentText);
    painter->drawText(pill, Qt::AlignCenter, figure);
}

/// What is up with it, the gravest first: those behind may find no room.
void ConversationDelegate::paintStateBadges(QPainter *painter, QRect &line,
                                            const desk::Conversation &conversation,
                                            const style::Tokens &tokens, bool mirrored) const {
    const Ink plain{tokens.muted, tokens.raised};
    const Ink warn{tokens.warn, tokens.warnSoft};
    const Ink danger{tokens.danger, tokens.dangerSoft};
    if (const QString trouble = troubleWords(conversation); !trouble.isEmpty()) {
        const bool doubt = conversation.lastState == desk::MessageState::Uncertain;
        paintBadge(painter, line, trouble, doubt ? warn : danger, mirrored);
    }
    if (conversation.optOut)
        paintBadge(painter, line, delegateWord("Opted out"), warn, mirrored);
    const WaitingWords waiting = waitingWords(conversation, m_clock.now());
    if (!waiting.words.isEmpty())
        paintBadge(painter, line, waiting.words,
                   waiting.urgency == Urgency::Late   ? danger
                   : waiting.urgency == Urgency::Soon ? warn
                                                      : plain,
                   mirrored);
    if (conversation.snoozedUntil.isValid())
        paintBadge(painter, line,
                   delegateWord("Snoozed until %1").arg(dayAndTime(conversation.snoozedUntil, m_clock.now())),
                   plain, mirrored);
    if (conversation.scheduled > 0) {
        const QDateTime at = m_around.scheduledAt ? m_around.scheduledAt(conversation.id) : QDateTime();
        paintBadge(painter, line,
                   at.isValid() ? delegateWord("Scheduled for %1").arg(dayAndTime(at, m_clock.now()))
                                : delegateWord("Scheduled"),
                   plain, mirrored);
    }
    if (conversation.closed)
        paintBadge(painter, line, delegateWord("Closed", "a conversation"), plain, mirrored);
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
