#pragma once

#include "desk/transcripts.h"

#include <QCoreApplication>
#include <QFont>
#include <QPageSize>
#include <QPainter>

#include <functional>
#include <optional>

/// Conversations on paper. Texts are laid out as the characters they are: nothing here reads markup. UI
/// thread.
namespace longcode::transcript {

/// Draws one conversation page by page, a few messages at a time, so that a long one does not hold up the
/// window. Device and newPage outlive it.
class TranscriptPainter {
    Q_DECLARE_TR_FUNCTIONS(longcode::transcript::TranscriptPainter)
public:
    /// `newPage` ends the device's page and begins the next. `truncated`: older messages that are left out,
    /// which is said.
    TranscriptPainter(QPaintDevice &device, std::function<void()> newPage, desk::TranscriptHead head,
                      QList<desk::TranscriptLine> lines, const phone::Region &home, qint64 truncated = 0);
    ~TranscriptPainter();

    /// False: the device cannot be drawn on.
    [[nodiscard]] bool begin();
    /// Draws until about so many milliseconds are over; false when all is drawn.
    [[nodiscard]] bool drawFor(int milliseconds);
    /// Ends the last page. False: the device could not take it.
    [[nodiscard]] bool finish();

    [[nodiscard]] qsizetype drawn() const { return m_at; }
    [[nodiscard]] int pages() const { return m_page; }

private:
    struct Style {
        QFont font;
        QColor colour;
    };
    void drawHead();
    void drawDay(const QDate &day);
    void drawLine(const desk::TranscriptLine &line);
    /// Draws paragraphs, each in the direction of its first strong character; `bar` stands at their side.
    void drawText(const QString &text, const Style &style, std::optional<QColor> bar);
    void drawFact(const QString &label, const QString &value);
    void makeRoomFor(qreal height);
    void drawFoot();
    [[nodiscard]] qreal heightOf(const QFont &font) const;
    [[nodiscard]] qreal points(qreal count) const;
    [[nodiscard]] QString whoWrote(const desk::TranscriptLine &line) const;

    QPaintDevice &m_device;
    std::function<void()> m_newPage;
    desk::TranscriptHead m_head;
    QList<desk::TranscriptLine> m_lines;
    phone::Region m_home;
    qint64 m_truncated;
    QPainter m_painter;
    QFont m_body, m_strong, m_small, m_title;
    qreal m_y = 0;
    qreal m_width = 0;
    qreal m_bottom = 0;
    qsizetype m_at = 0;
    int m_page = 0;
    QDate m_day;
};

/// A4, or Letter where people use it. `locale` says where that is.
[[nodiscard]] QPageSize usualPage(const QLocale &locale);

} // namespace longcode::transcript
