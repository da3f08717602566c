#pragma once

#include <QColor>

class QWidget;

/// How the console looks: one palette in two schemes, the widget style, icons and small widgets. Knows
/// nothing of messages. UI thread only.
namespace longcode::style {

/// The colours everything is painted with, by purpose. A `Soft` colour is a background on which its namesake
/// is readable text.
struct Tokens {
    QColor window;       ///< behind everything, and behind bubbles
    QColor surface;      ///< panes, lists, menus
    QColor raised;       ///< badges, hovered rows
    QColor field;        ///< inside inputs
    QColor border;       ///< between panes, around buttons
    QColor borderStrong; ///< around inputs and check boxes
    QColor text;
    QColor muted;
    QColor accent;     ///< fills, links, and accented text on surface
    QColor accentText; ///< on an accent fill
    QColor accentSoft; ///< the selected row
    QColor warn;
    QColor warnSoft;
    QColor danger;
    QColor dangerText; ///< on a danger fill
    QColor dangerSoft;
    QColor note;
    QColor bubbleIn;
    QColor bubbleOut;
    QColor bubbleOutMuted; ///< small print on bubbleOut
    QColor scrollHandle;
    bool dark = false;
};

[[nodiscard]] const Tokens &lightTokens();
[[nodiscard]] const Tokens &darkTokens();

/// The tokens of the style that paints `widget` (null: the application's). With a foreign style: the scheme
/// that fits the lightness of the palette.
[[nodiscard]] const Tokens &tokensFor(const QWidget *widget);

} // namespace longcode::style
