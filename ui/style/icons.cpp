#include "style/icons.h"

#include "style/tokens.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>

namespace longcode::style {

namespace {

constexpr std::array<const char *, iconCount> fileNames{
    "inbox",         "settings",       "search",       "plus",     "new-message", "send",
    "more",          "check",          "double-check", "warning",  "clock",       "phone",
    "user",          "close",          "info",         "relay",    "relay-off",   "chevron-down",
    "chevron-right", "arrow-down",     "copy",         "edit",     "refresh",     "paperclip",
    "key",           "link",           "flask",        "plug",     "prohibited",  "panel-right",
    "pin",           "snooze",         "filter",       "calendar", "mark-unread", "arrow-up",
    "smile",         "keyboard-return"};

QString filePath(IconName name) {
    return QLatin1String(":/longcode/icons/") + QLatin1String(fileNames[static_cast<size_t>(name)]) +
           QLatin1String(".svg");
}

QColor colourOf(IconTone tone, QIcon::Mode mode) {
    const Tokens &tokens = tokensFor(nullptr);
    if (mode == QIcon::Disabled)
        return tokens.scrollHandle;
    switch (tone) {
    case IconTone::Text:
        return tokens.text;
    case IconTone::Muted:
        return tokens.muted;
    case IconTone::Accent:
        return tokens.accent;
    case IconTone::OnAccent:
        return tokens.accentText;
    case IconTone::Warn:
        return tokens.warn;
    case IconTone::Danger:
        return tokens.danger;
    }
    return tokens.text;
}

/// Draws one of our icons in the colours of the moment.
class StrokeIconEngine final : public QIconEngine {
public:
    StrokeIconEngine(IconName name, IconTone tone) : m_name(name), m_tone(tone) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override {
        paintIcon(painter, rect, m_name, colourOf(m_tone, mode));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override {
        return iconPixmap(m_name, qMin(size.width(), size.height()), colourOf(m_tone, mode));
    }
    [[nodiscard]] QIconEngine *clone() const override { return new StrokeIconEngine(m_name, m_tone); }
    bool isNull() override { return false; }

private:
    IconName m_name;
    IconTone m_tone;
};

} // namespace

QPixmap iconPixmap(IconName name, int extent, const QColor &colour, qreal devicePixelRatio) {
    const int pixels = qMax(1, qRound(extent * devicePixelRatio));
    const QString key = QStringLiteral("longcode-%1-%2-%3").arg(int(name)).arg(pixels).arg(colour.rgba());
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QSvgRenderer renderer(filePath(name));
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), colour);
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void paintIcon(QPainter *painter, const QRectF &rect, IconName name, const QColor &colour) {
    const qreal extent = qMin(rect.width(), rect.height());
    if (extent < 1)
        return;
    const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1;
    const QPixmap pixmap = iconPixmap(name, qRound(extent), colour, ratio);
    const QPointF corner = rect.center() - QPointF(extent / 2, extent / 2);
    painter->drawPixmap(QPointF(qRound(corner.x()), qRound(corner.y())), pixmap);
}

QIcon icon(IconName name, IconTone tone) {
    return QIcon(new StrokeIconEngine(name, tone));
}

QIcon applicationIcon() {
    return QIcon(QStringLiteral(":/longcode/icons/longcode.svg"));
}

} // namespace longcode::style
