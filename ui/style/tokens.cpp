#include "style/tokens.h"

#include "style/console_style.h"

#include <QApplication>
#include <QWidget>

namespace longcode::style {

const Tokens &lightTokens() {
    static const Tokens tokens{
        .window = QColor(QRgb(0xfff3f4f6)),
        .surface = QColor(QRgb(0xffffffff)),
        .raised = QColor(QRgb(0xffeef0f4)),
        .field = QColor(QRgb(0xfff3f4f6)),
        .border = QColor(QRgb(0xffe3e5ea)),
        .borderStrong = QColor(QRgb(0xffd3d7de)),
        .text = QColor(QRgb(0xff1b1f26)),
        .muted = QColor(QRgb(0xff5f6775)),
        .accent = QColor(QRgb(0xff00796b)),
        .accentText = QColor(QRgb(0xffffffff)),
        .accentSoft = QColor(QRgb(0xffe6f4f1)),
        .warn = QColor(QRgb(0xff9a4a00)),
        .warnSoft = QColor(QRgb(0xfffff5e0)),
        .danger = QColor(QRgb(0xffb3151c)),
        .dangerText = QColor(QRgb(0xffffffff)),
        .dangerSoft = QColor(QRgb(0xfffdecec)),
        .note = QColor(QRgb(0xfffff8dc)),
        .bubbleIn = QColor(QRgb(0xffe8ebf0)),
        .bubbleOut = QColor(QRgb(0xffd7f3ea)),
        .bubbleOutMuted = QColor(QRgb(0xff47665f)),
        .scrollHandle = QColor(QRgb(0xffc3c8d1)),
        .dark = false,
    };
    return tokens;
}

const Tokens &darkTokens() {
    static const Tokens tokens{
        .window = QColor(QRgb(0xff16181d)),
        .surface = QColor(QRgb(0xff1e2127)),
        .raised = QColor(QRgb(0xff2a2e37)),
        .field = QColor(QRgb(0xff16181d)),
        .border = QColor(QRgb(0xff2e323b)),
        .borderStrong = QColor(QRgb(0xff3c424e)),
        .text = QColor(QRgb(0xffe9ebef)),
        .muted = QColor(QRgb(0xff9aa2b0)),
        .accent = QColor(QRgb(0xff2fb6a0)),
        .accentText = QColor(QRgb(0xff06231e)),
        .accentSoft = QColor(QRgb(0xff20403b)),
        .warn = QColor(QRgb(0xfff2b452)),
        .warnSoft = QColor(QRgb(0xff3a2f18)),
        .danger = QColor(QRgb(0xffff9b96)),
        .dangerText = QColor(QRgb(0xff2b0a0a)),
        .dangerSoft = QColor(QRgb(0xff43201f)),
        .note = QColor(QRgb(0xff3a3620)),
        .bubbleIn = QColor(QRgb(0xff2a2e37)),
        .bubbleOut = QColor(QRgb(0xff134a41)),
        .bubbleOutMuted = QColor(QRgb(0xffa3c9c1)),
        .scrollHandle = QColor(QRgb(0xff4a515e)),
        .dark = true,
    };
    return tokens;
}

const Tokens &tokensFor(const QWidget *widget) {
    const QStyle *style = widget ? widget->style() : QApplication::style();
    if (const auto *ours = qobject_cast<const ConsoleStyle *>(style))
        return ours->tokens();
    const QPalette palette = widget ? widget->palette() : QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness() < 128 ? darkTokens() : lightTokens();
}

} // namespace longcode::style
