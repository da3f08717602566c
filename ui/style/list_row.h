#pragma once

#include <QRect>
#include <QString>

class QPainter;
class QStyleOptionViewItem;

/// What the rows of all lists have in common: ground, focus, and words that find no room. For delegates; the
/// area of a row is used up from both ends, the front being the side where reading begins.
namespace longcode::style {

/// From edge to edge with a line below, or with round corners and nothing between.
enum class RowShape : quint8 { Band, Card };

/// Saves the painter and paints the row's ground (selected, under the mouse); at its end paints the focus,
/// when the keyboard brought it, and restores the painter. Both arguments outlive it.
class ListRow final {
public:
    ListRow(QPainter *painter, const QStyleOptionViewItem &option, RowShape shape);
    ~ListRow();
    ListRow(const ListRow &) = delete;
    ListRow &operator=(const ListRow &) = delete;

private:
    QPainter *m_painter;
    const QStyleOptionViewItem &m_option;
    RowShape m_shape;
};

/// Cuts a rectangle of `width` off the front of `area`; mirrored, that is its right.
QRect takeFront(QRect &area, int width, bool mirrored);
/// The same at the other end.
QRect takeBack(QRect &area, int width, bool mirrored);

/// One line at the front of `area`, whatever its own direction, in the painter's font and colour; cut with an
/// ellipsis where there is no room.
void drawLine(QPainter *painter, const QRect &area, const QString &text, bool mirrored);
/// The same, and takes its room and a gap behind it away. Draws nothing, and takes nothing, when empty.
void drawFront(QPainter *painter, QRect &area, const QString &text, int gap, bool mirrored);
/// The same at the other end.
void drawBack(QPainter *painter, QRect &area, const QString &text, int gap, bool mirrored);

} // namespace longcode::style
