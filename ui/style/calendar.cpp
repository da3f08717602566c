#include "style/calendar.h"

#include "style/icons.h"
#include "style/theme.h"

#include <QCalendarWidget>
#include <QTextCharFormat>
#include <QToolButton>
#include <QTransform>

namespace longcode::style {

namespace {

constexpr int arrowExtent = 16;

} // namespace

void dressCalendar(QCalendarWidget &calendar) {
    const Tokens &tokens = tokensFor(&calendar);
    QPalette palette = calendar.palette();
    palette.setColor(QPalette::Base, tokens.surface);
    palette.setColor(QPalette::AlternateBase, tokens.surface);
    calendar.setPalette(palette);
    QTextCharFormat plain;
    plain.setForeground(tokens.text);
    calendar.setWeekdayTextFormat(Qt::Saturday, plain);
    calendar.setWeekdayTextFormat(Qt::Sunday, plain);
    QTextCharFormat heading;
    heading.setForeground(tokens.muted);
    calendar.setHeaderTextFormat(heading);
    // Qt paints month and year in the colours of a selection.
    if (auto *bar = calendar.findChild<QWidget *>(QStringLiteral("qt_calendar_navigationbar"))) {
        palette.setColor(QPalette::Highlight, tokens.surface);
        palette.setColor(QPalette::HighlightedText, tokens.text);
        bar->setPalette(palette);
    }
    const bool mirrored = calendar.layoutDirection() == Qt::RightToLeft;
    const auto setArrow = [&](const QString &name, bool pointsLeft) {
        const QPixmap right =
            iconPixmap(IconName::ChevronRight, arrowExtent, tokens.text, calendar.devicePixelRatioF());
        if (auto *button = calendar.findChild<QToolButton *>(name))
            button->setIcon(pointsLeft ? right.transformed(QTransform::fromScale(-1, 1)) : right);
    };
    setArrow(QStringLiteral("qt_calendar_prevmonth"), !mirrored);
    setArrow(QStringLiteral("qt_calendar_nextmonth"), mirrored);
}

} // namespace longcode::style
