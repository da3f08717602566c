#pragma once

#include "desk/values.h"
#include "inbox/message_words.h"
#include "inbox/shown_text.h"
#include "inbox/text_block.h"
#include "rules/link_check.h"

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
    int width = 0;             ///< of the view, pixels
    bool startsDay = false;    ///< a separator stands above the message
    bool startsUnread = false; ///< so does the line above what was not read
    bool mirrored = false;     ///< the interface is right to left: own messages stand on the left
    Reader reader;
    QFont font;      ///< body text; the small sizes are derived from it
    QDateTime now{}; ///< for what waits for its time
    std::optional<desk::Diagnosis> diagnosis{};
};

/// How a row is painted this time.
struct RowPaint {
    QString day;      ///< words of the separator
    QString unread{}; ///< words of the line above what was not read
    bool selected = false;
    bool current = false;                        ///< has the keyboard
    int currentAction = -1;                      ///< which link has the keyboard
    bool flashing = false;                       ///< was jumped to a moment ago
    std::optional<std::pair<int, int>> chosen{}; ///< selected text: begin and end in the drawn text
    QString searched{};                          ///< words that are marked
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
    [[nodiscard]] const QString &shownText() const { return m_shown.shown(); }
    [[nodiscard]] const ShownText &text() const { return m_shown; }
    [[nodiscard]] const TextBlock &block() const { return m_text; }
    [[nodiscard]] const QPointF &textOrigin() const { return m_textOrigin; }
    [[nodiscard]] QString shownNotice() const { return m_notice.text(); }

    struct Link {
        MessageAction action;
        QRectF rect;          ///< its first line
        QList<QRectF> rest{}; ///< further lines
        int web = -1;         ///< of OpenLink: which of webLinks()
        [[nodiscard]] bool contains(const QPointF &point) const;
    };
    /// From top to bottom: in the text, in the small print, in the notice.
    [[nodiscard]] const QList<Link> &links() const { return m_links; }
    [[nodiscard]] const QList<rules::Link> &webLinks() const { return m_webLinks; }

    void paint(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const;

private:
    void placeNote(const desk::Message &message, const RowShape &shape, qreal top);
    void placeBubble(const desk::Message &message, const RowShape &shape, qreal top);
    [[nodiscard]] TextBlock::Formats linkFormats() const;
    void placeWebLinks();
    void placePrintLink(qreal markRoom);
    void placeNotice(const Notice &notice, const RowShape &shape, qreal top);
    void findLinks(const QList<std::pair<int, int>> &ranges, const QList<MessageAction> &actions);
    void paintSeparator(QPainter *painter, const style::Tokens &tokens, const QString &day) const;
    void paintBubble(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const;
    void paintSmallPrint(QPainter *painter, const style::Tokens &tokens) const;
    void paintNote(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const;
    void paintUnreadLine(QPainter *painter, const style::Tokens &tokens, const QString &words) const;
    void paintText(QPainter *painter, const style::Tokens &tokens, const RowPaint &how) const;
    void paintNotice(QPainter *painter, const style::Tokens &tokens) const;
    void paintCurrentLink(QPainter *painter, const style::Tokens &tokens, int currentAction) const;

    desk::Direction m_side;
    desk::MessageState m_state;
    Qt::LayoutDirection m_direction = Qt::LeftToRight;
    QFont m_smallFont;
    ShownText m_shown;
    TextBlock m_text;
    QList<rules::Link> m_webLinks;
    QTextLayout m_notice;
    QString m_author; ///< of a note
    QString m_media;
    QString m_print;
    QString m_printLink; ///< words of what can be done about one that waits
    std::optional<MessageAction> m_printAction;
    QRectF m_separator;
    QRectF m_unreadLine;
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
