#include "inbox/message_layout.h"

#include "inbox/found_marks.h"
#include "style/icons.h"
#include "style/tokens.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace longcode::inbox {

namespace {

constexpr qreal roundCorner = 14;
constexpr qreal sharpCorner = 3;
constexpr qreal markExtent = 14;

/// Round but for the lower corner on the speaker's side.
QPainterPath bubblePath(const QRectF &rect, bool right) {
    const qreal radius = qMin(roundCorner, rect.height() / 2);
    const qreal rightRadius = right ? sharpCorner : radius;
    const qreal leftRadius = right ? radius : sharpCorner;
    const auto corner = [](qreal x, qreal y, qreal r) { return QRectF(x, y, 2 * r, 2 * r); };
    QPainterPath path;
    path.moveTo(rect.left() + radius, rect.top());
    path.arcTo(corner(rect.right() - 2 * radius, rect.top(), radius), 90, -90);
    path.arcTo(corner(rect.right() - 2 * rightRadius, rect.bottom() - 2 * rightRadius, rightRadius), 0, -90);
    path.arcTo(corner(rect.left(), rect.bottom() - 2 * leftRadius, leftRadius), 270, -90);
    path.arcTo(corner(rect.left(), rect.top(), radius), 180, -90);
    path.closeSubpath();
    return path;
}

style::IconName markOf(desk::MessageState state) {
    using desk::MessageState;
    using style::IconName;
    switch (state) {
    case MessageState::Delivered:
        return IconName::DoubleCheck;
    case MessageState::Sent:
    case MessageState::Unconfirmed:
        return IconName::Check;
    case MessageState::Failed:
    case MessageState::Rejected:
        return IconName::Warning;
    case MessageState::Cancelled:
        return IconName::Prohibited;
    default:
        return IconName::Clock;
    }
}

bool hasFailed(desk::MessageState state) {
    return state == desk::MessageState::Failed || state == desk::MessageState::Rejected;
}

} // namespace

void MessageLayout::paint(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (how.flashing)
        painter->fillRect(m_bubble.adjusted(-40, -5, 40, 5), tokens.accentSoft);
    if (m_unreadLine.isValid() && !how.unread.isEmpty())
        paintUnreadLine(painter, tokens, how.unread);
    if (m_separator.isValid())
        paintSeparator(painter, tokens, how.day);
    if (m_side == desk::Direction::Note)
        paintNote(painter, tokens, how);
    else
        paintBubble(painter, tokens, how);
    if (m_noticeBox.isValid())
        paintNotice(painter, tokens);
    if (how.currentAction >= 0 && how.currentAction < m_links.size())
        paintCurrentLink(painter, tokens, how.currentAction);
    painter->restore();
}

void MessageLayout::paintUnreadLine(QPainter *painter, const style::Tokens &tokens,
                                    const QString &words) const {
    QFont strong = m_smallFont;
    strong.setBold(true);
    const QFontMetricsF metrics(strong);
    QRectF pill(0, 0, metrics.horizontalAdvance(words) + 20, metrics.height() + 4);
    pill.moveCenter(m_unreadLine.center());
    const qreal y = qRound(m_unreadLine.center().y()) + 0.5;
    painter->setPen(QPen(tokens.accent, 1));
    painter->drawLine(QPointF(m_unreadLine.left() + 18, y), QPointF(pill.left(), y));
    painter->drawLine(QPointF(pill.right(), y), QPointF(m_unreadLine.right() - 18, y));
    painter->setPen(Qt::NoPen);
    painter->setBrush(tokens.accentSoft);
    painter->drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter->setFont(strong);
    painter->setPen(tokens.accent);
    painter->drawText(pill, Qt::AlignCenter, words);
}

/// The text with what was found and what is selected behind it.
void MessageLayout::paintText(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const {
    TextBlock::Formats marks;
    QTextCharFormat found;
    found.setBackground(markFill(tokens));
    for (const desk::Mark &mark :
         how.searched.isEmpty() ? QList<desk::Mark>() : foundIn(m_shown.shown(), how.searched))
        marks << QTextLayout::FormatRange{int(mark.first), int(mark.second), found};
    if (how.chosen && how.chosen->first < how.chosen->second) {
        QTextCharFormat chosen;
        chosen.setBackground(tokens.accent);
        chosen.setForeground(tokens.accentText);
        marks << QTextLayout::FormatRange{how.chosen->first, how.chosen->second - how.chosen->first, chosen};
    }
    painter->setPen(tokens.text);
    m_text.draw(painter, m_textOrigin, marks);
}

void MessageLayout::paintSeparator(QPainter *painter, const style::Tokens &tokens, const QString &day) const {
    const QFontMetricsF metrics(m_smallFont);
    QRectF pill(0, 0, metrics.horizontalAdvance(day) + 22, metrics.height() + 6);
    pill.moveCenter(m_separator.center());
    pill.moveTopLeft(QPointF(qRound(pill.left()) + 0.5, qRound(pill.top()) + 0.5));
    painter->setPen(tokens.borderStrong);
    painter->setBrush(tokens.surface);
    painter->drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter->setFont(m_smallFont);
    painter->setPen(tokens.muted);
    painter->drawText(pill, Qt::AlignCenter, day);
}

void MessageLayout::paintBubble(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const {
    const bool own = m_side == desk::Direction::Outbound;
    const QPainterPath path = bubblePath(m_bubble, own != m_mirrored);
    painter->fillPath(path, own ? tokens.bubbleOut : tokens.bubbleIn);
    if (how.selected || how.current) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(how.current ? tokens.accent : tokens.muted, how.current ? 2 : 1.2));
        painter->drawPath(path);
    }
    if (!m_media.isEmpty()) {
        const qreal x = m_mirrored ? m_mediaRect.right() - 16 : m_mediaRect.left();
        const QRectF icon(x, m_mediaRect.top(), 16, m_mediaRect.height());
        style::paintIcon(painter, icon, style::IconName::Paperclip, tokens.text);
        painter->setFont(m_smallFont);
        painter->setPen(tokens.text);
        painter->drawText(
            m_mediaRect.adjusted(m_mirrored ? 0 : 20, 0, m_mirrored ? -20 : 0, 0),
            int(m_mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute, m_media);
    }
    paintText(painter, tokens, how);
    paintSmallPrint(painter, tokens);
}

void MessageLayout::paintNote(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const {
    const bool marked = how.selected || how.current;
    painter->setPen(marked ? QPen(how.current ? tokens.accent : tokens.muted, how.current ? 2 : 1.2)
                           : QPen(Qt::NoPen));
    painter->setBrush(tokens.note);
    painter->drawRoundedRect(m_bubble, 8, 8);
    const auto place = [this](qreal x, qreal width) {
        const qreal left = m_mirrored ? m_printRect.right() - x - width : m_printRect.left() + x;
        return QRectF(left, m_printRect.top(), width, m_printRect.height());
    };
    const int side = int(m_mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute |
                     Qt::TextSingleLine;
    style::paintIcon(painter, place(0, markExtent), style::IconName::Edit, tokens.muted);
    QFont strong = m_smallFont;
    strong.setBold(true);
    const qreal printWidth = QFontMetricsF(m_smallFont).horizontalAdvance(m_print) + 2;
    const qreal room = qMax(40.0, m_printRect.width() - markExtent - 5 - 10 - printWidth);
    const QString author = QFontMetricsF(strong).elidedText(m_author, Qt::ElideRight, room);
    const qreal authorWidth = QFontMetricsF(strong).horizontalAdvance(author) + 2;
    painter->setFont(strong);
    painter->setPen(tokens.text);
    painter->drawText(place(markExtent + 5, authorWidth), side, author);
    painter->setFont(m_smallFont);
    painter->setPen(tokens.muted);
    const qreal from = markExtent + 5 + authorWidth + 8;
    const qreal left = qMax(0.0, m_printRect.width() - from);
    painter->drawText(place(from, left), side,
                      QFontMetricsF(m_smallFont).elidedText(m_print, Qt::ElideRight, left));
    paintText(painter, tokens, how);
}

void MessageLayout::paintSmallPrint(QPainter *painter, const style::Tokens &tokens) const {
    const bool own = m_side == desk::Direction::Outbound;
    const QColor ink = own ? (hasFailed(m_state) ? tokens.danger : tokens.bubbleOutMuted) : tokens.muted;
    QRectF words = m_printRect;
    const bool right = !m_mirrored;
    if (own && m_state != desk::MessageState::Uncertain) {
        const QRectF mark(right ? words.right() - markExtent : words.left(),
                          words.center().y() - markExtent / 2, markExtent, markExtent);
        style::paintIcon(painter, mark, markOf(m_state), ink);
        words.adjust(right ? 0 : markExtent + 4, 0, right ? -markExtent - 4 : 0, 0);
    }
    painter->setFont(m_smallFont);
    painter->setPen(ink);
    if (!m_printLink.isEmpty()) {
        const qreal room = std::ceil(QFontMetricsF(m_smallFont).horizontalAdvance(m_printLink));
        const QRectF link(right ? words.right() - room : words.left(), words.top(), room, words.height());
        words.adjust(right ? 0 : room, 0, right ? -room : 0, 0);
        QFont underlined = m_smallFont;
        underlined.setUnderline(true);
        painter->setFont(underlined);
        painter->drawText(link, Qt::AlignCenter, m_printLink);
        painter->setFont(m_smallFont);
    }
    painter->drawText(words,
                      int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute) |
                          Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(m_print, Qt::ElideRight, int(words.width()) + 1));
}

void MessageLayout::paintNotice(QPainter *painter, const style::Tokens &tokens) const {
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_doubt ? tokens.warnSoft : tokens.dangerSoft);
    painter->drawRoundedRect(m_noticeBox, 8, 8);
    painter->setPen(m_doubt ? tokens.warn : tokens.danger);
    m_notice.draw(painter, m_noticeOrigin);
}

void MessageLayout::paintCurrentLink(QPainter *painter, const style::Tokens &tokens,
                                     int currentAction) const {
    const Link &link = m_links.at(currentAction);
    const bool inNotice = m_noticeBox.intersects(link.rect);
    const QColor ink = inNotice ? (m_doubt ? tokens.warn : tokens.danger) : tokens.accent;
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(ink, 1.4));
    for (const QRectF &line : QList<QRectF>{link.rect} + link.rest)
        painter->drawRoundedRect(line.adjusted(-3, -1, 3, 1), 4, 4);
}

} // namespace longcode::inbox
