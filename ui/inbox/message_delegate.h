#pragma once

#include "base/clock.h"
#include "inbox/message_layout.h"
#include "inbox/text_selection.h"

#include <QCache>
#include <QStyledItemDelegate>

#include <functional>

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
    /// Asked once for each layout of a message that may have failed.
    using Diagnose = std::function<std::optional<desk::Diagnosis>(desk::MessageRow)>;
    void setDiagnose(Diagnose diagnose);
    [[nodiscard]] std::optional<desk::Diagnosis> diagnose(const desk::Message &message) const;
    /// The line "3 new" stands above this message; invalid: nowhere.
    void setUnread(desk::MessageRow first, int count);
    [[nodiscard]] desk::MessageRow firstUnread() const { return m_firstUnread; }
    /// What is painted with the rows without changing their layout.
    void setFlash(desk::MessageRow message) { m_flash = message; }
    void setSearched(const QString &words) { m_searched = words; }
    void setSelection(const TextSelection *selection) { m_selection = selection; }
    /// Whether the small print of some message counts down.
    [[nodiscard]] bool hasCountdown() const { return !m_held.isEmpty(); }
    [[nodiscard]] QDateTime now() const { return m_clock.now(); }
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
        bool startsUnread = false;
        bool mirrored = false;
        int secondsLeft = -1; ///< until one that can be taken back leaves
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0) {
            return qHashMulti(seed, key.message, key.revision, key.width, key.generation, key.startsDay,
                              key.startsUnread, key.mirrored, key.secondsLeft);
        }
    };

    const Clock &m_clock;
    Reader m_reader;
    Diagnose m_diagnose;
    desk::MessageRow m_firstUnread;
    int m_unread = 0;
    desk::MessageRow m_flash;
    QString m_searched;
    const TextSelection *m_selection = nullptr;
    int m_generation = 0;
    int m_currentAction = -1;
    mutable QHash<qint64, desk::Message> m_held; ///< whose small print counts down
    mutable QCache<Key, std::shared_ptr<const MessageLayout>> m_layouts;
};

} // namespace longcode::inbox
