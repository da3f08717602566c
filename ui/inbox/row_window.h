#pragma once

#include <QList>

#include <functional>

namespace longcode::inbox {

/// Which rows of a long list are on screen, and where, without knowing the height of any other row.
/// The position is kept as one row, where its lower edge is, and whether the view sticks to the newest row;
/// never as a distance from the first row. Values only; owned by the view.
class RowWindow {
public:
    struct Placed {
        int row = 0;
        int top = 0; ///< pixels below the upper edge of the view; may be negative
        int height = 0;
        [[nodiscard]] int bottom() const { return top + height; } ///< the first pixel below the row
    };
    /// The height of a row in pixels, at least 1. Asked only for rows that are on screen or about to be.
    using HeightOf = std::function<int(int row)>;

    /// Scroll bar units of one row.
    static constexpr int unitsPerRow = 1000;
    /// Free pixels above the first and below the last row.
    static constexpr int margin = 12;

    explicit RowWindow(HeightOf heightOf);

    /// Forgets the position: an other list. Sticks to its last row.
    void reset(int rowCount);
    void setViewHeight(int pixels) { m_viewHeight = pixels; }
    void rowsInserted(int first, int count);
    void rowsRemoved(int first, int count);

    void stickToBottom() { m_stuck = true; }
    /// Stays where it is, whatever comes at the end.
    void release();
    /// Puts the upper edge of a row there, as far as the rows around it allow.
    void alignTop(int row, int top);
    [[nodiscard]] bool isStuckToBottom() const { return m_stuck; }
    /// Positive pixels move towards the newest row.
    void scrollBy(int pixels);
    /// Moves as little as needed to show the whole row, or its beginning if it is higher than the view.
    void show(int row);
    void setScrollValue(int value, int maximum);

    /// Places the rows on screen anew. Everything below tells of the last call.
    void layOut();
    [[nodiscard]] const QList<Placed> &placed() const { return m_placed; }
    [[nodiscard]] const Placed *find(int row) const;
    /// The row at a height of the view, or -1.
    [[nodiscard]] int rowAt(int y) const;
    [[nodiscard]] int rowCount() const { return m_rowCount; }
    [[nodiscard]] int scrollValue() const;
    [[nodiscard]] int scrollMaximum() const;

private:
    void fillFromAnchor();
    [[nodiscard]] bool closeGaps();
    void keepPosition();
    [[nodiscard]] bool showsLast() const;

    HeightOf m_heightOf;
    int m_rowCount = 0;
    int m_viewHeight = 0;
    int m_anchorRow = 0;
    int m_anchorBottom = 0;
    bool m_stuck = true;
    QList<Placed> m_placed;
};

} // namespace longcode::inbox
