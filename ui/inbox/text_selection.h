#pragma once

#include <QPersistentModelIndex>

#include <optional>
#include <utility>

namespace longcode::inbox {

/// A place in the drawn text of a message.
struct TextPlace {
    QPersistentModelIndex index;
    int place = 0; ///< UTF-16 units
};

/// A stretch of text that may go over several messages, from where it was begun to where it was drawn. Values
/// over one model; survives rows that come and go.
class TextSelection {
public:
    void begin(const TextPlace &place) { m_anchor = m_head = place; }
    void extend(const TextPlace &place) { m_head = place; }
    void clear() { *this = {}; }

    [[nodiscard]] bool hasAnchor() const { return m_anchor.index.isValid() && m_head.index.isValid(); }
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] const TextPlace &anchor() const { return m_anchor; }
    [[nodiscard]] const TextPlace &head() const { return m_head; }
    /// First and last row of it.
    [[nodiscard]] std::pair<int, int> rows() const;
    /// Begin and end within a row of that length; nothing when the row has no part in it.
    [[nodiscard]] std::optional<std::pair<int, int>> within(int row, int length) const;

private:
    TextPlace m_anchor;
    TextPlace m_head;
};

} // namespace longcode::inbox
