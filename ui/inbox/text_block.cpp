#include "inbox/text_block.h"

#include <algorithm>
#include <cmath>

namespace longcode::inbox {

namespace {

bool hasStrong(const QString &text) {
    return std::any_of(text.cbegin(), text.cend(),
                       [](QChar c) {
                           const QChar::Direction direction = c.direction();
                           return direction == QChar::DirL || direction == QChar::DirR ||
                                  direction == QChar::DirAL;
                       }) ||
           text.isRightToLeft();
}

/// The formats of a whole text that touch one paragraph of it, counted from that.
TextBlock::Formats within(const TextBlock::Formats &all, int start, int length) {
    TextBlock::Formats own;
    for (const QTextLayout::FormatRange &range : all) {
        const int from = qMax(range.start, start);
        const int to = qMin(range.start + range.length, start + length);
        if (from < to)
            own << QTextLayout::FormatRange{from - start, to - from, range.format};
    }
    return own;
}

} // namespace

void TextBlock::set(const QString &text, const QFont &font, const Formats &formats, qreal width) {
    m_text = text;
    m_size = {};
    m_paragraphs.clear();
    m_direction = text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight;
    if (text.isEmpty())
        return;
    qsizetype start = 0;
    while (start <= text.size()) {
        qsizetype end = text.indexOf(QLatin1Char('\n'), start);
        if (end < 0)
            end = text.size();
        addParagraph(int(start), text.mid(start, end - start), font, formats, width);
        start = end + 1;
    }
}

void TextBlock::addParagraph(int start, const QString &text, const QFont &font, const Formats &formats,
                             qreal width) {
    Paragraph paragraph{start, m_size.height(), std::make_unique<QTextLayout>()};
    QTextLayout &layout = *paragraph.layout;
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    const bool rightToLeft = hasStrong(text) ? text.isRightToLeft() : m_direction == Qt::RightToLeft;
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    layout.setTextOption(option);
    layout.setFont(font);
    layout.setText(text);
    layout.setFormats(within(formats, start, int(text.size())));
    layout.setCacheEnabled(true);
    qreal height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += std::ceil(line.height());
        m_size.setWidth(qMax(m_size.width(), std::ceil(line.naturalTextWidth())));
    }
    layout.endLayout();
    m_size.setHeight(m_size.height() + height);
    m_paragraphs.push_back(std::move(paragraph));
}

void TextBlock::alignIn(qreal width) {
    for (const Paragraph &paragraph : m_paragraphs) {
        if (paragraph.layout->textOption().textDirection() != Qt::RightToLeft)
            continue;
        for (int i = 0; i < paragraph.layout->lineCount(); ++i) {
            QTextLine line = paragraph.layout->lineAt(i);
            line.setPosition({width - line.naturalTextWidth(), line.y()});
        }
    }
}

int TextBlock::lineCount() const {
    int count = 0;
    for (const Paragraph &paragraph : m_paragraphs)
        count += paragraph.layout->lineCount();
    return count;
}

QRectF TextBlock::lineRect(int line) const {
    for (const Paragraph &paragraph : m_paragraphs) {
        if (line < paragraph.layout->lineCount())
            return paragraph.layout->lineAt(line).naturalTextRect().translated(0, paragraph.top);
        line -= paragraph.layout->lineCount();
    }
    return {};
}

const TextBlock::Paragraph &TextBlock::paragraphAt(int place) const {
    const auto next =
        std::upper_bound(m_paragraphs.cbegin(), m_paragraphs.cend(), place,
                         [](int wanted, const Paragraph &paragraph) { return wanted < paragraph.start; });
    return next == m_paragraphs.cbegin() ? m_paragraphs.front() : *(next - 1);
}

int TextBlock::placeAt(const QPointF &point) const {
    if (m_paragraphs.empty() || point.y() < 0)
        return 0;
    if (point.y() >= m_size.height())
        return int(m_text.size());
    const auto next = std::upper_bound(m_paragraphs.cbegin(), m_paragraphs.cend(), point.y(),
                                       [](qreal y, const Paragraph &paragraph) { return y < paragraph.top; });
    const Paragraph &paragraph = next == m_paragraphs.cbegin() ? m_paragraphs.front() : *(next - 1);
    for (int i = 0; i < paragraph.layout->lineCount(); ++i) {
        const QTextLine line = paragraph.layout->lineAt(i);
        const bool last = i == paragraph.layout->lineCount() - 1;
        if (last || point.y() - paragraph.top < line.y() + line.height())
            return paragraph.start + line.xToCursor(point.x());
    }
    return paragraph.start;
}

bool TextBlock::hasLetterAt(const QPointF &point) const {
    for (int i = 0; i < lineCount(); ++i) {
        if (lineRect(i).contains(point))
            return true;
    }
    return false;
}

QList<QRectF> TextBlock::rectsOf(int start, int length) const {
    QList<QRectF> rects;
    for (const Paragraph &paragraph : m_paragraphs) {
        const auto size = int(paragraph.layout->text().size());
        const int from = qMax(start, paragraph.start) - paragraph.start;
        const int to = qMin(start + length, paragraph.start + size) - paragraph.start;
        for (int i = 0; from < to && i < paragraph.layout->lineCount(); ++i) {
            const QTextLine line = paragraph.layout->lineAt(i);
            const int first = qMax(from, line.textStart());
            const int last = qMin(to, line.textStart() + line.textLength());
            if (first >= last)
                continue;
            const qreal a = line.cursorToX(first);
            const qreal b = line.cursorToX(last);
            rects << QRectF(qMin(a, b), paragraph.top + line.y(), qAbs(b - a), line.height());
        }
    }
    return rects;
}

int TextBlock::oneLineFrom(int place, int lines) const {
    if (m_paragraphs.empty())
        return 0;
    const Paragraph &paragraph = paragraphAt(place);
    const QTextLine line = paragraph.layout->lineForTextPosition(place - paragraph.start);
    if (!line.isValid())
        return place;
    const qreal y = paragraph.top + line.y() + line.height() / 2 + lines * line.height();
    return placeAt({line.cursorToX(place - paragraph.start), y});
}

void TextBlock::draw(QPainter *painter, const QPointF &origin, const Formats &marks) const {
    for (const Paragraph &paragraph : m_paragraphs)
        paragraph.layout->draw(painter, origin + QPointF(0, paragraph.top),
                               within(marks, paragraph.start, int(paragraph.layout->text().size())));
}

} // namespace longcode::inbox
