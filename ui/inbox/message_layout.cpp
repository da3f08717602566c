#include "inbox/message_layout.h"

#include "style/plain_text.h"
#include "style/theme.h"
#include "team/mentions.h"

#include <QFontMetricsF>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace longcode::inbox {

namespace {

constexpr qreal sideMargin = 18;
constexpr qreal rowGap = 6;
constexpr qreal separatorHeight = 44;
constexpr qreal unreadHeight = 34;
constexpr qreal padding = 12;
constexpr qreal narrowPadding = 8;
constexpr qreal widestBubble = 580;
constexpr qreal widestNotice = 500;
constexpr qreal markWidth = 20;

/// Breaks into lines and returns the size really used.
QSizeF breakLines(QTextLayout &layout, qreal width) {
    qreal height = 0;
    qreal widest = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += std::ceil(line.height());
        widest = qMax(widest, line.naturalTextWidth());
    }
    layout.endLayout();
    return {std::ceil(widest), height};
}

void prepare(QTextLayout &layout, const QString &text, const QFont &font, Qt::LayoutDirection direction) {
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(direction);
    layout.setTextOption(option);
    layout.setFont(font);
    layout.setText(text);
    layout.setCacheEnabled(true);
}

/// Right to left lines end at the right edge of the text's box.
void alignRight(QTextLayout &layout, qreal width) {
    for (int i = 0; i < layout.lineCount(); ++i) {
        QTextLine line = layout.lineAt(i);
        line.setPosition({width - line.naturalTextWidth(), line.y()});
    }
}

QRectF placed(qreal width, qreal top, const QSizeF &size, bool atEnd, bool mirrored) {
    const bool right = atEnd != mirrored;
    return {right ? width - sideMargin - size.width() : sideMargin, top, size.width(), size.height()};
}

bool hasMark(desk::MessageState state) {
    using desk::MessageState;
    return state != MessageState::Received && state != MessageState::Uncertain;
}

/// Words of a link never part at a line's end, so that a link is one rectangle.
QString unbreakable(QString words) {
    return words.replace(QLatin1Char(' '), QChar::Nbsp);
}

} // namespace

bool MessageLayout::Link::contains(const QPointF &point) const {
    return rect.contains(point) ||
           std::any_of(rest.cbegin(), rest.cend(), [&](const QRectF &line) { return line.contains(point); });
}

MessageLayout::MessageLayout(const desk::Message &message, const RowShape &shape)
    : m_side(message.direction)
    , m_state(message.state)
    , m_smallFont(style::textFont(shape.font, style::TextSize::Tiny))
    , m_shown(message.text)
    , m_webLinks(rules::linksIn(m_shown.original()))
    , m_media(mediaLine(message))
    , m_print(smallPrint(message, shape.reader, shape.now))
    , m_printAction(printActionFor(message, shape.now))
    , m_mirrored(shape.mirrored) {
    qreal top = rowGap / 2;
    if (shape.startsUnread) {
        m_unreadLine = QRectF(0, top, shape.width, unreadHeight);
        top += unreadHeight;
    }
    if (shape.startsDay) {
        m_separator = QRectF(0, top, shape.width, separatorHeight);
        top += separatorHeight;
    }
    if (m_side == desk::Direction::Note)
        placeNote(message, shape, top);
    else
        placeBubble(message, shape, top);
    qreal bottom = m_bubble.bottom();
    if (const auto notice = noticeFor(message, shape.diagnosis)) {
        placeNotice(*notice, shape, bottom + rowGap);
        bottom = m_noticeBox.bottom();
    }
    m_height = int(std::ceil(bottom + rowGap / 2));
}

TextBlock::Formats MessageLayout::linkFormats() const {
    QTextCharFormat underlined;
    underlined.setFontUnderline(true);
    TextBlock::Formats formats;
    for (const rules::Link &link : m_webLinks) {
        const int from = m_shown.toShown(int(link.begin));
        formats << QTextLayout::FormatRange{from, m_shown.toShown(int(link.begin + link.length)) - from,
                                            underlined};
    }
    return formats;
}

void MessageLayout::placeWebLinks() {
    for (int i = 0; i < m_webLinks.size(); ++i) {
        const rules::Link &link = m_webLinks.at(i);
        const int from = m_shown.toShown(int(link.begin));
        QList<QRectF> lines = m_text.rectsOf(from, m_shown.toShown(int(link.begin + link.length)) - from);
        if (lines.isEmpty())
            continue;
        for (QRectF &line : lines)
            line.translate(m_textOrigin);
        const QRectF first = lines.takeFirst();
        m_links << Link{MessageAction::OpenLink, first, lines, i};
    }
}

/// At the end of the small print, where its line is drawn to the edge.
void MessageLayout::placePrintLink(qreal markRoom) {
    if (!m_printAction)
        return;
    const qreal width = std::ceil(QFontMetricsF(m_smallFont).horizontalAdvance(m_printLink));
    const qreal left = m_mirrored ? m_printRect.left() + markRoom : m_printRect.right() - markRoom - width;
    m_links << Link{*m_printAction, QRectF(left, m_printRect.top(), width, m_printRect.height())};
}

void MessageLayout::placeBubble(const desk::Message &message, const RowShape &shape, qreal top) {
    const qreal room = qMax(80.0, shape.width - 2 * sideMargin);
    const qreal limit = qMin(widestBubble, room * 0.82) - 2 * padding;
    m_text.set(m_shown.shown(), shape.font, linkFormats(), limit);
    m_direction = m_text.direction();
    const QSizeF text = m_text.size();

    const QFontMetricsF small(m_smallFont);
    const bool marked = m_side == desk::Direction::Outbound && hasMark(message.state);
    if (m_printAction) {
        m_print += QStringLiteral(" · ");
        m_printLink = inWords(*m_printAction);
    }
    const qreal printWidth = std::ceil(small.horizontalAdvance(m_print)) +
                             std::ceil(small.horizontalAdvance(m_printLink)) + (marked ? markWidth : 0);
    const qreal mediaWidth =
        m_media.isEmpty() ? 0 : std::ceil(small.horizontalAdvance(m_media)) + markWidth + 8;
    const qreal inner = qMin(limit, qMax(text.width(), qMax(printWidth, mediaWidth)));
    const qreal line = std::ceil(small.height());
    const qreal mediaHeight = m_media.isEmpty() ? 0 : line + 6;
    const QSizeF size(inner + 2 * padding, text.height() + mediaHeight + line + 2 + 2 * narrowPadding);

    m_bubble = placed(shape.width, top, size, m_side == desk::Direction::Outbound, shape.mirrored);
    m_mediaRect = QRectF(m_bubble.left() + padding, m_bubble.top() + narrowPadding, inner, line);
    m_textOrigin = QPointF(m_bubble.left() + padding, m_bubble.top() + narrowPadding + mediaHeight);
    m_printRect =
        QRectF(m_bubble.left() + padding, m_bubble.bottom() - narrowPadding - line + 2, inner, line);
    m_text.alignIn(inner);
    placeWebLinks();
    placePrintLink(marked ? markWidth - 2 : 0);
}

/// As wide as the conversation, so that nobody takes it for something that was sent. The author and the small
/// print stand above the text.
void MessageLayout::placeNote(const desk::Message &message, const RowShape &shape, qreal top) {
    m_author = noteAuthor(message, shape.reader);
    const qreal inner = qMax(80.0, shape.width - 2 * sideMargin) - 2 * padding;
    QTextCharFormat strong;
    strong.setFontWeight(QFont::Bold);
    TextBlock::Formats formats = linkFormats();
    for (const team::MentionRange &mention : team::mentionRanges(m_shown.original(), message.mentions)) {
        const int from = m_shown.toShown(mention.start);
        formats << QTextLayout::FormatRange{from, m_shown.toShown(mention.start + mention.length) - from,
                                            strong};
    }
    m_text.set(m_shown.shown(), shape.font, formats, inner);
    m_direction = m_text.direction();
    const QSizeF text = m_text.size();
    const qreal line = std::ceil(QFontMetricsF(m_smallFont).height());
    m_bubble = QRectF(sideMargin, top, inner + 2 * padding, text.height() + line + 3 + 2 * narrowPadding);
    m_printRect = QRectF(m_bubble.left() + padding, m_bubble.top() + narrowPadding, inner, line);
    m_textOrigin = QPointF(m_bubble.left() + padding, m_printRect.bottom() + 3);
    m_text.alignIn(inner);
    placeWebLinks();
}

void MessageLayout::placeNotice(const Notice &notice, const RowShape &shape, qreal top) {
    m_doubt = notice.doubt;
    QString text = notice.lead + QLatin1Char(' ') + notice.body + QLatin1Char(' ');
    QList<std::pair<int, int>> ranges;
    for (const MessageAction action : notice.actions) {
        if (!ranges.isEmpty())
            text += QStringLiteral(" · ");
        const QString words = unbreakable(inWords(action));
        ranges << std::pair(int(text.size()), int(words.size()));
        text += words;
    }
    const Qt::LayoutDirection direction = notice.lead.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight;
    prepare(m_notice, text, style::textFont(shape.font, style::TextSize::Small), direction);

    QTextCharFormat strong;
    strong.setFontWeight(QFont::Bold);
    QTextCharFormat link;
    link.setFontUnderline(true);
    QList<QTextLayout::FormatRange> formats{{0, int(notice.lead.size()), strong}};
    for (const auto &[start, length] : ranges)
        formats << QTextLayout::FormatRange{start, length, link};
    m_notice.setFormats(formats);

    const qreal room = qMax(80.0, shape.width - 2 * sideMargin);
    const QSizeF body = breakLines(m_notice, qMin(widestNotice, room) - 2 * padding);
    if (direction == Qt::RightToLeft)
        alignRight(m_notice, body.width());
    const QSizeF size(body.width() + 2 * padding, body.height() + 2 * narrowPadding - 2);
    m_noticeBox = placed(shape.width, top, size, m_side == desk::Direction::Outbound, shape.mirrored);
    m_noticeOrigin = m_noticeBox.topLeft() + QPointF(padding, narrowPadding - 1);
    findLinks(ranges, notice.actions);
}

void MessageLayout::findLinks(const QList<std::pair<int, int>> &ranges, const QList<MessageAction> &actions) {
    for (int i = 0; i < ranges.size(); ++i) {
        const auto [start, length] = ranges.at(i);
        const QTextLine line = m_notice.lineForTextPosition(start);
        if (!line.isValid())
            continue;
        const qreal from = line.cursorToX(start);
        const qreal to = line.cursorToX(start + length);
        const QRectF rect(qMin(from, to), line.y(), qAbs(to - from), line.height());
        m_links << Link{actions.at(i), rect.translated(m_noticeOrigin)};
    }
}

QRectF MessageLayout::lineRect(int line) const {
    return m_text.lineRect(line).translated(m_textOrigin);
}

} // namespace longcode::inbox
