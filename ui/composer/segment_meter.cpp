#include "composer/segment_meter.h"

#include "sms/sms.h"
#include "style/tokens.h"

#include <QPainter>

namespace longcode::composer {

namespace {

constexpr int usualWidth = 96;
constexpr int leastBar = 11;
constexpr int barHeight = 6;
constexpr qreal gap = 3.0;

} // namespace

SegmentMeter::SegmentMeter(QWidget *parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentMeter::setFills(const QList<double> &fills) {
    if (m_fills == fills)
        return;
    const bool sameCount = m_fills.size() == fills.size();
    m_fills = fills;
    if (!sameCount)
        updateGeometry();
    update();
}

QSize SegmentMeter::sizeHint() const {
    return {qMax(usualWidth, int(m_fills.size()) * (leastBar + int(gap))), barHeight + 4};
}

void SegmentMeter::paintEvent(QPaintEvent *) {
    const style::Tokens &tokens = style::tokensFor(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const qsizetype bars = qMax<qsizetype>(1, m_fills.size());
    const qreal barWidth = (width() - gap * qreal(bars - 1)) / qreal(bars);
    const qreal top = (height() - barHeight) / 2.0;
    for (qsizetype i = 0; i < bars; ++i) {
        const qsizetype place = layoutDirection() == Qt::RightToLeft ? bars - 1 - i : i;
        const QRectF bar(qreal(place) * (barWidth + gap), top, barWidth, barHeight);
        painter.setBrush(tokens.raised);
        painter.drawRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
        const double fill = m_fills.value(i);
        if (fill <= 0)
            continue;
        painter.setBrush(i < sms::maximumSegments ? tokens.accent : tokens.danger);
        painter.setClipRect(layoutDirection() == Qt::RightToLeft
                                ? QRectF(bar.right() - bar.width() * fill, top, bar.width() * fill, barHeight)
                                : QRectF(bar.left(), top, bar.width() * fill, barHeight));
        painter.drawRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
        painter.setClipping(false);
    }
}

} // namespace longcode::composer
