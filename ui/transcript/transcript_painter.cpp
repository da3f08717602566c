#include "transcript/transcript_painter.h"

#include "rules/visible_controls.h"
#include "style/plain_text.h"
#include "style/tokens.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QPaintDevice>
#include <QTextLayout>

namespace longcode::transcript {

namespace {

constexpr int bodyPoints = 10;
constexpr int smallPoints = 8;
constexpr int titlePoints = 15;
constexpr qreal pointsPerInch = 72;
constexpr qreal footPoints = 22;
constexpr qreal barPoints = 2;
constexpr qreal indentPoints = 10;
constexpr qreal messageGap = 7;

QFont inPoints(int size, QFont::Weight weight) {
    QFont font;
    font.setPointSize(size);
    font.setWeight(weight);
    return font;
}

QString dayInWords(const QDate &day) {
    return QLocale().toString(day, QLocale::LongFormat);
}

QString moment(const QDateTime &at) {
    return QLocale().toString(at.toLocalTime(), QLocale::ShortFormat);
}

QColor barOf(desk::Direction direction) {
    const style::Tokens &ink = style::lightTokens();
    if (direction == desk::Direction::Outbound)
        return ink.accent;
    return direction == desk::Direction::Note ? ink.warn : ink.scrollHandle;
}

} // namespace

QPageSize usualPage(const QLocale &locale) {
    return QPageSize(locale.measurementSystem() == QLocale::ImperialUSSystem ? QPageSize::Letter
                                                                             : QPageSize::A4);
}

TranscriptPainter::TranscriptPainter(QPaintDevice &device, std::function<void()> newPage,
                                     desk::TranscriptHead head, QList<desk::TranscriptLine> lines,
                                     const phone::Region &home, qint64 truncated)
    : m_device(device)
    , m_newPage(std::move(newPage))
    , m_head(std::move(head))
    , m_lines(std::move(lines))
    , m_home(home)
    , m_truncated(truncated)
    , m_body(inPoints(bodyPoints, QFont::Normal))
    , m_strong(inPoints(smallPoints, QFont::DemiBold))
    , m_small(inPoints(smallPoints, QFont::Normal))
    , m_title(inPoints(titlePoints, QFont::DemiBold)) {}

TranscriptPainter::~TranscriptPainter() = default;

qreal TranscriptPainter::points(qreal count) const {
    return count * m_device.logicalDpiY() / pointsPerInch;
}

qreal TranscriptPainter::heightOf(const QFont &font) const {
    return QFontMetricsF(font, &m_device).lineSpacing();
}

bool TranscriptPainter::begin() {
    if (!m_painter.begin(&m_device))
        return false;
    m_width = m_device.width();
    m_bottom = m_device.height() - points(footPoints);
    m_page = 1;
    drawFoot();
    drawHead();
    return true;
}

void TranscriptPainter::drawHead() {
    const style::Tokens &ink = style::lightTokens();
    const QString number = m_head.peer.display(m_home);
    const QString name = style::singleLine(m_head.name);
    drawText(tr("Conversation with %1").arg(name.isEmpty() ? number : name), {m_title, ink.text},
             std::nullopt);
    m_y += points(4);
    drawFact(tr("Customer"), name.isEmpty() ? number : QStringLiteral("%1, %2").arg(name, number));
    drawFact(tr("Our number"), m_head.own.display(m_home));
    drawFact(tr("Account"), style::singleLine(m_head.account));
    if (m_head.from.isValid() && m_head.to.isValid())
        drawFact(tr("Period"), tr("%1 to %2").arg(moment(m_head.from), moment(m_head.to)));
    drawFact(tr("Messages"), QLocale().toString(m_head.messages));
    if (m_truncated > 0)
        drawFact(
            tr("Left out"),
            tr("the oldest %1; the JSON and CSV exports hold them").arg(QLocale().toString(m_truncated)));
    m_y += points(6);
    m_painter.setPen(QPen(ink.border, points(0.75)));
    m_painter.drawLine(QPointF(0, m_y), QPointF(m_width, m_y));
    m_y += points(8);
}

void TranscriptPainter::drawFact(const QString &label, const QString &value) {
    if (value.isEmpty())
        return;
    const style::Tokens &ink = style::lightTokens();
    constexpr qreal labelWidth = 80;
    const qreal top = m_y;
    m_painter.setFont(m_small);
    m_painter.setPen(ink.muted);
    m_painter.drawText(QRectF(0, top, points(labelWidth), heightOf(m_small)),
                       Qt::AlignLeft | Qt::AlignVCenter, label);
    m_painter.setPen(ink.text);
    const QRectF room(points(labelWidth), top, m_width - points(labelWidth), heightOf(m_small));
    m_painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                       QFontMetricsF(m_small, &m_device).elidedText(value, Qt::ElideRight, room.width()));
    m_y += heightOf(m_small) + points(1);
}

void TranscriptPainter::makeRoomFor(qreal height) {
    if (m_y + height <= m_bottom)
        return;
    m_newPage();
    ++m_page;
    m_y = 0;
    drawFoot();
}

void TranscriptPainter::drawFoot() {
    const style::Tokens &ink = style::lightTokens();
    m_painter.setFont(m_small);
    m_painter.setPen(ink.muted);
    const QRectF foot(0, m_device.height() - heightOf(m_small), m_width, heightOf(m_small));
    const QString page = tr("Page %1").arg(m_page);
    m_painter.drawText(foot, Qt::AlignRight | Qt::AlignBottom, page);
    const QString name = style::singleLine(m_head.name);
    const QString title = name.isEmpty() ? m_head.peer.display(m_home)
                                         : QStringLiteral("%1, %2").arg(name, m_head.peer.display(m_home));
    m_painter.drawText(foot, Qt::AlignLeft | Qt::AlignBottom,
                       QFontMetricsF(m_small, &m_device).elidedText(title, Qt::ElideRight, m_width * 0.7));
}

void TranscriptPainter::drawDay(const QDate &day) {
    const style::Tokens &ink = style::lightTokens();
    const qreal height = heightOf(m_strong);
    // A day never stands alone at the end of a page.
    makeRoomFor(height + points(12) + heightOf(m_small) + heightOf(m_body));
    m_y += points(4);
    m_painter.setFont(m_strong);
    const QString words = dayInWords(day);
    const qreal width = QFontMetricsF(m_strong, &m_device).horizontalAdvance(words) + points(16);
    const qreal middle = m_y + height / 2;
    m_painter.setPen(QPen(ink.border, points(0.75)));
    m_painter.drawLine(QPointF(0, middle), QPointF((m_width - width) / 2, middle));
    m_painter.drawLine(QPointF((m_width + width) / 2, middle), QPointF(m_width, middle));
    m_painter.setPen(ink.muted);
    m_painter.drawText(QRectF(0, m_y, m_width, height), Qt::AlignCenter, words);
    m_y += height + points(8);
}

QString TranscriptPainter::whoWrote(const desk::TranscriptLine &line) const {
    const QString author = style::singleLine(line.author);
    if (line.direction == desk::Direction::Note)
        return author.isEmpty() ? tr("Note") : tr("Note by %1").arg(author);
    if (line.direction == desk::Direction::Outbound)
        return author.isEmpty() ? tr("We") : author;
    const QString name = style::singleLine(m_head.name);
    return name.isEmpty() ? m_head.peer.display(m_home) : name;
}

void TranscriptPainter::drawLine(const desk::TranscriptLine &line) {
    const style::Tokens &ink = style::lightTokens();
    if (const QDate day = line.at.toLocalTime().date(); day != m_day) {
        m_day = day;
        drawDay(day);
    }
    QStringList meta{QLocale().toString(line.at.toLocalTime().time(), QLocale::ShortFormat), whoWrote(line)};
    if (!line.state.isEmpty())
        meta.append(style::singleLine(line.state));
    makeRoomFor(heightOf(m_strong) + heightOf(m_body));
    const QColor bar = barOf(line.direction);
    drawText(meta.join(QStringLiteral(" · ")), {m_strong, ink.muted}, bar);
    if (!line.text.isEmpty())
        drawText(rules::displayWithVisibleControls(line.text), {m_body, ink.text}, bar);
    if (line.mediaCount > 0)
        drawText(
            QCoreApplication::translate("longcode::transcript", "%n attachments", nullptr, line.mediaCount),
            {m_small, ink.muted}, bar);
    m_y += points(messageGap);
}

void TranscriptPainter::drawText(const QString &text, const Style &style, std::optional<QColor> bar) {
    const qreal left = bar ? points(indentPoints) : 0;
    const QStringList paragraphs = text.split(u'\n');
    for (const QString &paragraph : paragraphs) {
        QTextLayout layout(paragraph, style.font, &m_device);
        const bool mirrored = paragraph.isRightToLeft();
        QTextOption option(mirrored ? Qt::AlignRight : Qt::AlignLeft);
        option.setTextDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(m_width - left);
            line.setPosition({0, 0});
        }
        layout.endLayout();
        for (int i = 0; i < layout.lineCount(); ++i) {
            const QTextLine line = layout.lineAt(i);
            makeRoomFor(line.height());
            m_painter.setPen(style.colour);
            line.draw(&m_painter, QPointF(left, m_y));
            if (bar)
                m_painter.fillRect(QRectF(0, m_y, points(barPoints), line.height()), *bar);
            m_y += line.height();
        }
    }
}

bool TranscriptPainter::drawFor(int milliseconds) {
    QElapsedTimer spent;
    spent.start();
    while (m_at < m_lines.size()) {
        drawLine(m_lines[m_at++]);
        if (spent.elapsed() >= milliseconds)
            break;
    }
    return m_at < m_lines.size();
}

bool TranscriptPainter::finish() {
    return m_painter.end();
}

} // namespace longcode::transcript
