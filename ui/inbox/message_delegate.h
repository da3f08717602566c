#pragma once

#include "base/clock.h"
#include "inbox/message_layout.h"

#include <QCache>
#include <QStyledItemDelegate>

namespace longcode::inbox {

/// Measures and paints the rows of a message model. Keeps the last few hundred layouts, each valid for one
/// message, revision, width and style. Used by one ConversationView, which asks only for rows on screen.
class MessageDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// `clock` names the days ("Today"); it outlives the delegate.
    explicit MessageDelegate(const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

    /// The layout of a row in a view of `option.rect.width()`; never null.
    [[nodiscard]] std::shared_ptr<const MessageLayout> layoutOf(const QStyleOptionViewItem &option,
                                                                const QModelIndex &index) const;
    /// Fonts, colours or language have changed: nothing kept is valid any more.
    void styleChanged();
    /// Who reads has changed: names in the small print do.
    void setReader(const Reader &reader);
    [[nodiscard]] const Reader &reader() const { return m_reader; }
    /// Which link of the current row has the keyboard; -1 for none.
    void setCurrentAction(int action) { m_currentAction = action; }
    [[nodiscard]] int currentAction() const { return m_currentAction; }

private:
    struct Key {
        qint64 message = 0;
        int revision = 0;
        int width = 0;
        int generation = 0;
        bool startsDay = false;
        bool mirrored = false;
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0) {
            return qHashMulti(seed, key.message, key.revision, key.width, key.generation, key.startsDay,
                              key.mirrored);
        }
    };

    const Clock &m_clock;
    Reader m_reader;
    int m_generation = 0;
    int m_currentAction = -1;
    mutable QCache<Key, std::shared_ptr<const MessageLayout>> m_layouts;
};

} // namespace longcode::inbox
