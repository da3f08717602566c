#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>
#include <utility>

namespace longcode {

/// A text that identifies one kind of thing. `StrongId<struct MessageTag>` and
/// `StrongId<struct ProfileTag>` do not convert into each other nor from a plain text.
template <typename Tag>
class StrongId {
public:
    StrongId() = default;
    explicit StrongId(QString text)
        : m_text(std::move(text)) {}

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }

    friend bool operator==(const StrongId &, const StrongId &) = default;
    friend bool operator<(const StrongId &a, const StrongId &b) { return a.m_text < b.m_text; }
    friend size_t qHash(const StrongId &id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

/// A row number of the console's store, one kind of row each. 0 is no row.
template <typename Tag>
struct RowId {
    qint64 value = 0;
    [[nodiscard]] bool isValid() const { return value > 0; }
    friend auto operator<=>(const RowId &, const RowId &) = default;
    friend size_t qHash(const RowId &id, size_t seed = 0) { return ::qHash(id.value, seed); }
};

} // namespace longcode
