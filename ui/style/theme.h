#pragma once

#include "style/tokens.h"

#include <QFont>
#include <QObject>
#include <QPalette>

class QApplication;

namespace longcode::style {

enum class Scheme : quint8 { System, Light, Dark };

/// The look of the whole application: puts style, palette and fonts onto the QApplication and changes them
/// together. One per application, made by `main` before the first window; lives as long as it.
class Theme final : public QObject {
    Q_OBJECT
public:
    explicit Theme(QApplication &application, Scheme scheme = Scheme::System);

    [[nodiscard]] Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);
    [[nodiscard]] const Tokens &tokens() const;

Q_SIGNALS:
    /// Palette and style of every widget have changed already.
    void changed();

private:
    void apply();

    QApplication &m_application;
    Scheme m_scheme;
    bool m_systemIsDark;
};

[[nodiscard]] QPalette paletteOf(const Tokens &tokens);

enum class TextSize : quint8 { Tiny, Small, Body, Title };
enum class TextWeight : quint8 { Normal, Strong };

/// `base` (a widget's font) in one of the four sizes of the console.
[[nodiscard]] QFont textFont(const QFont &base, TextSize size, TextWeight weight = TextWeight::Normal);

} // namespace longcode::style
