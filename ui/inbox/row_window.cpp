#include "inbox/row_window.h"

#include <algorithm>
#include <utility>

namespace longcode::inbox {

RowWindow::RowWindow(HeightOf heightOf) : m_heightOf(std::move(heightOf)) {}

void RowWindow::reset(int rowCount) {
    m_rowCount = rowCount;
    m_anchorRow = qMax(0, rowCount - 1);
    m_anchorBottom = 0;
    m_stuck = true;
    m_placed.clear();
}

void RowWindow::rowsInserted(int first, int count) {
    m_rowCount += count;
    if (m_rowCount > count && first <= m_anchorRow)
        m_anchorRow += count;
    for (Placed &placed : m_placed) {
        if (placed.row >= first)
            placed.row += count;
    }
}

void RowWindow::rowsRemoved(int first, int count) {
    m_rowCount -= count;
    if (m_anchorRow >= first + count)
        m_anchorRow -= count;
    else if (m_anchorRow >= first)
        m_anchorRow = qMax(0, first - 1);
    m_placed.removeIf(
        [=](const Placed &placed) { return placed.row >= first && placed.row < first + count; });
    for (Placed &placed : m_placed) {
        if (placed.row >= first + count)
            placed.row -= count;
    }
}

void RowWindow::scrollBy(int pixels) {
    if (m_placed.isEmpty() || pixels == 0)
        return;
    keepPosition();
    m_stuck = false;
    m_anchorBottom -= pixels;
}

void RowWindow::release() {
    if (!m_stuck)
        return;
    m_stuck = false;
    keepPosition();
}

void RowWindow::alignTop(int row, int top) {
    if (row < 0 || row >= m_rowCount)
        return;
    m_stuck = false;
    m_anchorRow = row;
    m_anchorBottom = top + m_heightOf(row);
}

void RowWindow::show(int row) {
    if (row < 0 || row >= m_rowCount)
        return;
    const Placed *known = find(row);
    const int height = known ? known->height : m_heightOf(row);
    const int lowest = m_viewHeight - margin;
    int top = known                                                   ? known->top
              : row < (m_placed.isEmpty() ? 0 : m_placed.front().row) ? margin
                                                                      : lowest - height;
    if (top + height > lowest)
        top = lowest - height;
    if (top < margin)
        top = known && known->top <= 0 && known->bottom() >= m_viewHeight ? known->top : margin;
    if (known && known->top == top)
        return;
    m_stuck = row == m_rowCount - 1 && top + height == lowest;
    m_anchorRow = row;
    m_anchorBottom = top + height;
}

void RowWindow::setScrollValue(int value, int maximum) {
    if (m_rowCount == 0)
        return;
    if (value >= maximum) {
        m_stuck = true;
        return;
    }
    m_stuck = false;
    m_anchorRow = std::clamp(value / unitsPerRow, 0, m_rowCount - 1);
    const int height = m_heightOf(m_anchorRow);
    const int hidden = int(qint64(value - m_anchorRow * unitsPerRow) * height / unitsPerRow);
    m_anchorBottom = height - hidden + (value <= 0 ? margin : 0);
}

void RowWindow::layOut() {
    m_placed.clear();
    if (m_rowCount == 0 || m_viewHeight <= 0)
        return;
    m_anchorRow = std::clamp(m_anchorRow, 0, m_rowCount - 1);
    fillFromAnchor();
    // A gap below the last row or above the first one is closed by anchoring there; twice when the list is
    // shorter than the view.
    for (int round = 0; round < 2 && closeGaps(); ++round)
        fillFromAnchor();
    m_placed.removeIf(
        [this](const Placed &placed) { return placed.bottom() <= 0 || placed.top >= m_viewHeight; });
    keepPosition();
}

void RowWindow::fillFromAnchor() {
    m_placed.clear();
    if (m_stuck) {
        m_anchorRow = m_rowCount - 1;
        m_anchorBottom = m_viewHeight - margin;
    }
    int top = m_anchorBottom;
    for (int row = m_anchorRow; row >= 0 && (top > 0 || row == m_anchorRow); --row) {
        const int height = m_heightOf(row);
        top -= height;
        m_placed.prepend({row, top, height});
    }
    int bottom = m_anchorBottom;
    for (int row = m_anchorRow + 1; row < m_rowCount && bottom < m_viewHeight; ++row) {
        const int height = m_heightOf(row);
        m_placed.append({row, bottom, height});
        bottom += height;
    }
}

bool RowWindow::closeGaps() {
    const Placed &first = m_placed.front();
    const Placed &last = m_placed.back();
    const bool reachesEnd = last.row == m_rowCount - 1;
    const bool fits = first.row == 0 && reachesEnd && last.bottom() - first.top <= m_viewHeight - 2 * margin;
    if (!m_stuck && reachesEnd && (fits || last.bottom() <= m_viewHeight - margin)) {
        m_stuck = true;
        return true;
    }
    if (first.row == 0 && first.top > margin && !fits) {
        m_stuck = false;
        m_anchorRow = 0;
        m_anchorBottom = margin + first.height;
        return true;
    }
    return false;
}

void RowWindow::keepPosition() {
    if (m_stuck || m_placed.isEmpty())
        return;
    const auto visible = std::find_if(m_placed.cbegin(), m_placed.cend(),
                                      [](const Placed &placed) { return placed.bottom() > 0; });
    const Placed &anchor = visible == m_placed.cend() ? m_placed.back() : *visible;
    m_anchorRow = anchor.row;
    m_anchorBottom = anchor.bottom();
}

const RowWindow::Placed *RowWindow::find(int row) const {
    if (m_placed.isEmpty() || row < m_placed.front().row || row > m_placed.back().row)
        return nullptr;
    return &m_placed.at(row - m_placed.front().row); // always consecutive rows
}

int RowWindow::rowAt(int y) const {
    for (const Placed &placed : m_placed) {
        if (y >= placed.top && y < placed.bottom())
            return placed.row;
    }
    return -1;
}

bool RowWindow::showsLast() const {
    return !m_placed.isEmpty() && m_placed.back().row == m_rowCount - 1;
}

int RowWindow::scrollValue() const {
    if (m_placed.isEmpty())
        return 0;
    const Placed &first = m_placed.front();
    const int hidden = std::clamp(-first.top, 0, first.height);
    return first.row * unitsPerRow + int(qint64(hidden) * unitsPerRow / qMax(1, first.height));
}

int RowWindow::scrollMaximum() const {
    if (m_placed.isEmpty())
        return 0;
    if (m_stuck)
        return scrollValue();
    const int guess = (m_rowCount - int(m_placed.size())) * unitsPerRow + unitsPerRow / 2;
    const int least = scrollValue() + (showsLast() ? 1 : unitsPerRow);
    return showsLast() ? least : qMax(guess, least);
}

} // namespace longcode::inbox
