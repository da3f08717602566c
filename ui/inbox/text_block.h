#pragma once

#include <QRectF>
#include <QTextLayout>

#include <memory>
#include <vector>

class QPainter;

namespace longcode::inbox {

/// A text of several paragraphs broken into lines of one width, each paragraph in the direction of its first
/// strong character (UAX #9, P2 and P3; one without any follows the whole text). Built once, drawn often.
/// Places are UTF-16 units of the text, coordinates are relative to its upper left corner.
class TextBlock {
public:
    using Formats = QList<QTextLayout::FormatRange>;

    void set(const QString &text, const QFont &font, const Formats &formats, qreal width);
    /// Right to left lines end at the right edge of a box of this width.
    void alignIn(qreal width);

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] Qt::LayoutDirection direction() const { return m_direction; }
    [[nodiscard]] QSizeF size() const { return m_size; } ///< really used
    [[nodiscard]] int lineCount() const;
    /// Where the letters of a line are.
    [[nodiscard]] QRectF lineRect(int line) const;
    /// The place nearest to a point.
    [[nodiscard]] int placeAt(const QPointF &point) const;
    /// Whether there are letters under a point.
    [[nodiscard]] bool hasLetterAt(const QPointF &point) const;
    /// One rectangle for each line of a stretch.
    [[nodiscard]] QList<QRectF> rectsOf(int start, int length) const;
    /// One line up or down from a place, in the same column; outside: the beginning or the end.
    [[nodiscard]] int oneLineFrom(int place, int lines) const;

    /// `marks`: further formats (selections, what was found), in the order of painting.
    void draw(QPainter *painter, const QPointF &origin, const Formats &marks) const;

private:
    struct Paragraph {
        int start = 0;
        qreal top = 0;
        std::unique_ptr<QTextLayout> layout;
    };
    [[nodiscard]] const Paragraph &paragraphAt(int place) const;
    void addParagraph(int start, const QString &text, const QFont &font, const Formats &formats, qreal width);

    QString m_text;
    QSizeF m_size;
    Qt::LayoutDirection m_direction = Qt::LeftToRight;
    std::vector<Paragraph> m_paragraphs;
};

} // namespace longcode::inbox
