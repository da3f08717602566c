#pragma once

#include "base/clock.h"
#include "desk/search.h"

#include <QStyledItemDelegate>

namespace longcode::style {
struct Tokens;
}

namespace longcode::inbox {

/// A row of the search's results: who, when, and the words in their context with what was found marked. All
/// rows have one height.
class HitDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// `clock` outlives the delegate.
    explicit HitDelegate(const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintWords(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
                    const desk::SearchHit &hit) const;

    const Clock &m_clock;
};

/// A line that may be too long for its place: cut at the front until the first mark is in sight.
struct FittedLine {
    QString text;
    QList<desk::Mark> marks;
};
[[nodiscard]] FittedLine fitted(const QString &text, const QList<desk::Mark> &marks,
                                const QFontMetrics &metrics, int width);

} // namespace longcode::inbox
