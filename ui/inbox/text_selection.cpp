#include "inbox/text_selection.h"

#include <algorithm>

namespace longcode::inbox {

bool TextSelection::isEmpty() const {
    return !hasAnchor() || (m_anchor.index == m_head.index && m_anchor.place == m_head.place);
}

std::pair<int, int> TextSelection::rows() const {
    return std::minmax({m_anchor.index.row(), m_head.index.row()});
}

std::optional<std::pair<int, int>> TextSelection::within(int row, int length) const {
    if (isEmpty())
        return {};
    const int a = m_anchor.index.row();
    const int b = m_head.index.row();
    const bool forward = a < b || (a == b && m_anchor.place <= m_head.place);
    const TextPlace &first = forward ? m_anchor : m_head;
    const TextPlace &last = forward ? m_head : m_anchor;
    if (row < first.index.row() || row > last.index.row())
        return {};
    const int from = row == first.index.row() ? qMin(first.place, length) : 0;
    const int to = row == last.index.row() ? qMin(last.place, length) : length;
    return std::pair(from, to);
}

} // namespace longcode::inbox
