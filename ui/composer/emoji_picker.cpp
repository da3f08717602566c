#include "composer/emoji_picker.h"

#include "composer/emoji_model.h"
#include "composer/habits.h"
#include "style/tokens.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace longcode::composer {

namespace {

constexpr int cell = 36;
constexpr int linesShown = 6;
constexpr int widestPicker = 12 * cell + 36;

/// One emoji in a cell; the current one on the accent's soft ground.
class EmojiDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override {
        return {cell, cell};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override {
        const style::Tokens &tokens = style::tokensFor(option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || (option.state & QStyle::State_MouseOver)) {
            painter->setPen(selected ? QPen(tokens.accent, 1.4) : QPen(Qt::NoPen));
            painter->setBrush(selected ? tokens.accentSoft : tokens.raised);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), 6, 6);
        }
        QFont font = option.font;
        font.setPixelSize(20);
        painter->setFont(font);
        painter->setPen(tokens.text);
        painter->drawText(option.rect, Qt::AlignCenter, index.data(EmojiTextRole).toString());
        painter->restore();
    }
};

} // namespace

EmojiPicker::EmojiPicker(Habits &habits, QWidget *parent)
    : FinderPopup(QStringLiteral("emoji"), parent), m_habits(habits), m_model(new EmojiModel(this)) {
    setAccessibleName(tr("Emoji"));
    filter().setAccessibleName(tr("Find an emoji"));
    filter().setPlaceholderText(tr("Find an emoji"));
    QListView &grid = list();
    grid.setAccessibleName(tr("Emoji"));
    grid.setFlow(QListView::LeftToRight);
    grid.setWrapping(true);
    grid.setResizeMode(QListView::Adjust);
    grid.setGridSize({cell, cell});
    grid.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // else the columns would jump with it
    grid.setItemDelegate(new EmojiDelegate(&grid));
    setModel(m_model);
    footer().show();
    setGroups(tr("All emoji"), emojiGroups());
}

void EmojiPicker::open(QWidget *anchor) {
    m_model->setRecent(m_habits.recentEmoji());
    openAbove(anchor);
    select(0);
    list().scrollToTop();
}

void EmojiPicker::narrow() {
    m_model->narrow(filterText(), group());
}

QString EmojiPicker::emptyWords() const {
    return tr("No emoji is called so.");
}

void EmojiPicker::take(const QModelIndex &index) {
    const QString emoji = index.data(EmojiTextRole).toString();
    closeQuietly();
    m_habits.useEmoji(emoji);
    Q_EMIT chosen(emoji);
}

int EmojiPicker::columns() const {
    return qMax(1, (list().viewport()->width() - 1) / cell);
}

int EmojiPicker::listHeight() const {
    return linesShown * cell + 4;
}

int EmojiPicker::widest() const {
    return widestPicker;
}

bool EmojiPicker::ownKey(int key) {
    const int forward = isRightToLeft() ? Qt::Key_Left : Qt::Key_Right;
    const int back = isRightToLeft() ? Qt::Key_Right : Qt::Key_Left;
    const int row = currentRow();
    if (key == forward || key == back)
        select(row + (key == forward ? 1 : -1));
    else if (key == Qt::Key_Down)
        select(row + columns());
    else if (key == Qt::Key_Up && row >= columns())
        select(row - columns());
    else if (key == Qt::Key_PageDown || key == Qt::Key_PageUp)
        select(row + (key == Qt::Key_PageDown ? 1 : -1) * columns() * linesShown);
    else
        return key == Qt::Key_Up;
    return true;
}

void EmojiPicker::currentChanged() {
    footer().setText(list().currentIndex().data(EmojiNameRole).toString());
}

} // namespace longcode::composer
