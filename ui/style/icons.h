#pragma once

#include <QIcon>
#include <QPixmap>

class QPainter;

namespace longcode::style {

/// Our own strokes, one SVG file each in resources/icons.
enum class IconName : quint8 {
    Inbox,
    Settings,
    Search,
    Plus,
    NewMessage,
    Send,
    More,
    Check,
    DoubleCheck,
    Warning,
    Clock,
    Phone,
    User,
    Close,
    Info,
    Relay,
    RelayOff,
    ChevronDown,
    ChevronRight,
    ArrowDown,
    Copy,
    Edit,
    Refresh,
    Paperclip,
    Key,
    Link,
    Flask,
    Plug,
    Prohibited,
    PanelRight,
    Pin,
    Snooze,
    Filter,
    Calendar,
    MarkUnread,
    ArrowUp,
    Smile,
    KeyboardReturn
};
inline constexpr int iconCount = static_cast<int>(IconName::KeyboardReturn) + 1;

/// Which token an icon takes its colour from each time it is painted, so it follows the theme by itself.
enum class IconTone : quint8 { Text, Muted, Accent, OnAccent, Warn, Danger };

/// Paints the strokes into the largest centred square of `rect`.
void paintIcon(QPainter *painter, const QRectF &rect, IconName name, const QColor &colour);

/// `extent` device-independent pixels wide and high, sharp at `devicePixelRatio`.
[[nodiscard]] QPixmap iconPixmap(IconName name, int extent, const QColor &colour, qreal devicePixelRatio = 1);

/// For buttons and menus.
[[nodiscard]] QIcon icon(IconName name, IconTone tone = IconTone::Text);

/// The program's own, for windows and task bars.
[[nodiscard]] QIcon applicationIcon();

} // namespace longcode::style
