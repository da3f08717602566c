#include "inbox/hit_delegate.h"

#include "inbox/found_marks.h"
#include "inbox/when.h"
#include "style/avatar.h"
#include "style/list_row.h"
#include "style/theme.h"

#include <QPainter>
#include <QTextLayout>

namespace longcode::inbox {

namespace {

constexpr int hitSide = 10;
constexpr int hitDisc = 32;
constexpr int hitGap = 8;

using style::TextSize;
using style::TextWeight;

struct LineInk {
    QColor text;
    QColor mark;
};

void drawMarked(QPainter *painter, const QRect &area, const FittedLine &line, const LineInk &ink,
                bool mirrored) {
    QTextLayout layout(line.text, painter->font());
    const bool rightToLeft = line.text.isRightToLeft();
    // At the front whatever its own direction, like the rows of the other lists.
    QTextOption option((mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    layout.setTextOption(option);
    QTextCharFormat found;
    found.setBackground(ink.mark);
    QList<QTextLayout::FormatRange> formats;
    for (const desk::Mark &mark : line.marks)
        formats << QTextLayout::FormatRange{int(mark.first), int(mark.second), found};
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine drawn = layout.createLine();
    if (drawn.isValid())
        drawn.setLineWidth(area.width());
    layout.endLayout();
    painter->setPen(ink.text);
    layout.draw(painter, area.topLeft());
}

QString beforeWords(const desk::SearchHit &hit) {
    if (hit.kind == desk::HitKind::Person)
        return {};
    if (hit.direction == desk::Direction::Outbound)
        return HitDelegate::tr("We:", "before a text of ours that was found");
    if (hit.direction == desk::Direction::Note)
        return HitDelegate::tr("Note:", "before a note that was found");
    return {};
}

} // namespace

FittedLine fitted(const QString &text, const QList<desk::Mark> &marks, const QFontMetrics &metrics,
                  int width) {
    FittedLine line{text, marks};
    if (!marks.isEmpty() && metrics.horizontalAdvance(text) > width) {
        const qsizetype markEnd = marks.front().first + marks.front().second;
        qsizetype from = 0;
        while (from < marks.front().first &&
               metrics.horizontalAdvance(text.mid(from, markEnd - from)) > width * 2 / 3) {
            const qsizetype space = text.indexOf(QLatin1Char(' '), from + 1);
            from = space < 0 || space >= marks.front().first ? marks.front().first : space + 1;
        }
        if (from > 0) {
            line.text = QStringLiteral("… ") + text.mid(from);
            for (desk::Mark &mark : line.marks)
                mark.first += 2 - from;
        }
    }
    line.text = metrics.elidedText(line.text, Qt::ElideRight, width);
    line.marks.removeIf(
        [&](const desk::Mark &mark) { return mark.first < 0 || mark.first >= line.text.size(); });
    return line;
}

HitDelegate::HitDelegate(const Clock &clock, QObject *parent) : QStyledItemDelegate(parent), m_clock(clock) {}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    const int lines =
        QFontMetrics(style::textFont(option.font, TextSize::Body, TextWeight::Strong)).height() +
        QFontMetrics(option.font).height() + 2;
    return {200, qMax(hitDisc, lines) + 2 * hitGap + 1};
}

void HitDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const {
    const auto hit = index.data(desk::SearchHitRole).value<desk::SearchHit>();
    const bool mirrored = option.direction == Qt::RightToLeft;
    const style::ListRow row(painter, option, style::RowShape::Band);
    QRect area = option.rect.adjusted(hitSide, hitGap, -hitSide, -hitGap - 1);
    const QRect disc = style::takeFront(area, hitDisc, mirrored);
    style::takeFront(area, hitSide, mirrored);
    painter->setFont(option.font);
    style::paintAvatar(painter, QRectF(disc.left(), disc.top(), hitDisc, hitDisc), hit.who,
                       QString::number(hit.conversation.value));
    paintWords(painter, option, area, hit);
}

void HitDelegate::paintWords(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
                             const desk::SearchHit &hit) const {
    const style::Tokens &tokens = style::tokensFor(option.widget);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QFont strong = style::textFont(option.font, TextSize::Body, TextWeight::Strong);
    QRect first(area.left(), area.top(), area.width(), QFontMetrics(strong).height());
    const QString when = hit.kind == desk::HitKind::Text ? shortWhen(hit.at, m_clock.now()) : QString();
    painter->setFont(style::textFont(option.font, TextSize::Tiny));
    painter->setPen(tokens.muted);
    style::drawBack(painter, first, when, 6, mirrored);
    painter->setFont(strong);
    drawMarked(painter, first, fitted(hit.who, hit.whoMarks, painter->fontMetrics(), first.width()),
               {tokens.text, markFill(tokens)}, mirrored);
    QRect second(area.left(), first.bottom() + 3, area.width(), QFontMetrics(option.font).height());
    painter->setFont(option.font);
    if (const QString before = beforeWords(hit); !before.isEmpty()) {
        painter->setPen(tokens.muted);
        style::drawFront(painter, second, before, 5, mirrored);
    }
    drawMarked(painter, second, fitted(hit.snippet, hit.marks, painter->fontMetrics(), second.width()),
               {hit.kind == desk::HitKind::Person ? tokens.muted : tokens.text, markFill(tokens)}, mirrored);
}

} // namespace longcode::inbox
