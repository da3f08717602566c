#pragma once

#include "desk/values.h"
#include "inbox/message_words.h"

#include <QFont>
#include <QRectF>
#include <QTextLayout>

#include <memory>
#include <optional>

class QPainter;

namespace longcode::style {
struct Tokens;
}

namespace longcode::inbox {

/// What the place of everything in a row depends on, besides the message.
struct RowShape {
    int width = 0;          ///< of the view, pixels
    bool startsDay = false; ///< a separator stands above the message
    bool mirrored = false;  ///< the interface is right to left: own messages stand on the left
    Reader reader;
    QFont font; ///< body text; the small sizes are derived from it
    friend bool operator==(const RowShape &, const RowShape &) = default;
};

/// How a row is painted this time.
struct RowPaint {
    QString day; ///< words of the separator
    bool selected = false;
    bool current = false;   ///< has the keyboard
    int currentAction = -1; ///< which link of the notice has the keyboard
};

/// One message laid out for one width: where its bubble, lines and links are. Immutable; built once for each
/// content and shape, painted as often as needed. Coordinates are relative to the row's top left corner.
class MessageLayout {
public:
    MessageLayout(const desk::Message &message, const RowShape &shape);
    MessageLayout(const MessageLayout &) = delete;
    MessageLayout &operator=(const MessageLayout &) = delete;

    [[nodiscard]] int height() const { return m_height; }
    [[nodiscard]] const QRectF &bubble() const { return m_bubble; }
    [[nodiscard]] const QRectF &noticeBox() const { return m_noticeBox; }
    [[nodiscard]] Qt::LayoutDirection textDirection() const { return m_direction; }
    /// Where the letters of the message's line `line` are.
    [[nodiscard]] QRectF lineRect(int line) const;
    /// The literal text that is shown, for tests and for reading out.
    [[nodiscard]] QString shownText() const { return m_text.text(); }
    [[nodiscard]] QString shownNotice() const { return m_notice.text(); }

    struct Link {
        MessageAction action;
        QRectF rect;
    };
    [[nodiscard]] const QList<Link> &links() const { return m_links; }

    void paint(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const;

private:
    void placeNote(const desk::Message &message, const RowShape &shape, qreal top);
    void placeBubble(const desk::Message &message, const RowShape &shape, qreal top);
    void placeNotice(const Notice &notice, const RowShape &shape, qreal top);
    void findLinks(const QList<std::pair<int, int>> &ranges, const QList<MessageAction> &actions);
    void paintSeparator(QPainter *painter, const style::Tokens &tokens, const QString &day) const;
    void paintBubble(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const;
    void paintSmallPrint(QPainter *painter, const style::Tokens &tokens) const;
    void paintNote(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const;
    void paintNotice(QPainter *painter, const style::Tokens &tokens, int currentAction) const;

    desk::Direction m_side;
    desk::MessageState m_state;
    Qt::LayoutDirection m_direction = Qt::LeftToRight;
    QFont m_smallFont;
    QTextLayout m_text;
    QTextLayout m_notice;
    QString m_author; ///< of a note
    QString m_media;
    QString m_print;
    QRectF m_separator;
    QRectF m_bubble;
    QPointF m_textOrigin;
    QRectF m_mediaRect;
    QRectF m_printRect;
    QRectF m_noticeBox;
    QPointF m_noticeOrigin;
    QList<Link> m_links;
    bool m_doubt = false;
    bool m_mirrored = false;
    int m_height = 0;
};

} // namespace longcode::inbox
