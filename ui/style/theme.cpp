#include "style/theme.h"

#include "style/console_style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QToolTip>

namespace longcode::style {

namespace {

constexpr qreal bodyPointSize = 10.5;

/// Names the emoji font right after the text font: with many Noto fonts installed Qt would else choose
/// monochrome symbols and break emoji sequences apart.
QFont applicationFont(QFont font) {
    const bool generic =
        font.family() == QLatin1String("Sans Serif") || font.family() == QLatin1String("Sans");
    const QStringList known = QFontDatabase::families();
    QStringList families{font.family()};
    if (generic && known.contains(QLatin1String("Noto Sans")))
        families = {QStringLiteral("Noto Sans")};
    if (known.contains(QLatin1String("Noto Color Emoji")))
        families << QStringLiteral("Noto Color Emoji");
    font.setFamilies(families);
    if (generic)
        font.setPointSizeF(bodyPointSize); // no desktop has chosen a font
    return font;
}

void setForAllStates(QPalette &palette, QPalette::ColorRole role, const QColor &colour,
                     const QColor &disabled) {
    palette.setColor(QPalette::Active, role, colour);
    palette.setColor(QPalette::Inactive, role, colour);
    palette.setColor(QPalette::Disabled, role, disabled);
}

QColor blend(const QColor &a, const QColor &b) {
    return {(a.red() + b.red()) / 2, (a.green() + b.green()) / 2, (a.blue() + b.blue()) / 2};
}

} // namespace

Theme::Theme(QApplication &application, Scheme scheme)
    : m_application(application)
    , m_scheme(scheme)
    , m_systemIsDark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128) {
    m_application.setFont(applicationFont(QApplication::font()));
    apply();
}

void Theme::setScheme(Scheme scheme) {
    if (m_scheme == scheme)
        return;
    m_scheme = scheme;
    apply();
    Q_EMIT changed();
}

const Tokens &Theme::tokens() const {
    const bool dark = m_scheme == Scheme::Dark || (m_scheme == Scheme::System && m_systemIsDark);
    return dark ? darkTokens() : lightTokens();
}

void Theme::apply() {
    QApplication::setStyle(new ConsoleStyle(tokens())); // the application owns its style
    const QPalette palette = paletteOf(tokens());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

QPalette paletteOf(const Tokens &tokens) {
    QPalette palette;
    const QColor faint = blend(tokens.muted, tokens.surface);
    setForAllStates(palette, QPalette::Window, tokens.surface, tokens.surface);
    setForAllStates(palette, QPalette::WindowText, tokens.text, faint);
    setForAllStates(palette, QPalette::Base, tokens.field, tokens.field);
    setForAllStates(palette, QPalette::AlternateBase, tokens.raised, tokens.raised);
    setForAllStates(palette, QPalette::Text, tokens.text, faint);
    setForAllStates(palette, QPalette::PlaceholderText, tokens.muted, faint);
    setForAllStates(palette, QPalette::Button, tokens.surface, tokens.surface);
    setForAllStates(palette, QPalette::ButtonText, tokens.text, faint);
    setForAllStates(palette, QPalette::BrightText, tokens.danger, faint);
    setForAllStates(palette, QPalette::Highlight, tokens.accent, tokens.raised);
    setForAllStates(palette, QPalette::HighlightedText, tokens.accentText, faint);
    setForAllStates(palette, QPalette::Link, tokens.accent, faint);
    setForAllStates(palette, QPalette::LinkVisited, tokens.accent, faint);
    setForAllStates(palette, QPalette::ToolTipBase, tokens.raised, tokens.raised);
    setForAllStates(palette, QPalette::ToolTipText, tokens.text, tokens.text);
    setForAllStates(palette, QPalette::Light, tokens.raised, tokens.raised);
    setForAllStates(palette, QPalette::Midlight, tokens.raised, tokens.raised);
    setForAllStates(palette, QPalette::Mid, tokens.border, tokens.border);
    setForAllStates(palette, QPalette::Dark, tokens.borderStrong, tokens.borderStrong);
    setForAllStates(palette, QPalette::Shadow, tokens.borderStrong, tokens.borderStrong);
    return palette;
}

QFont textFont(const QFont &base, TextSize size, TextWeight weight) {
    QFont font = base;
    const qreal factor = size == TextSize::Tiny    ? 0.79
                         : size == TextSize::Small ? 0.87
                         : size == TextSize::Title ? 1.1
                                                   : 1.0;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    font.setWeight(weight == TextWeight::Strong ? QFont::Bold : QFont::Normal);
    return font;
}

} // namespace longcode::style
