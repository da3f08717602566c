#pragma once

#include "base/failure.h"

#include <QLabel>
#include <QListWidget>
#include <QString>

class QVBoxLayout;
class QWidget;

namespace longcode::style {
class Panel;
}

namespace longcode::settings {

/// A label that shows plain text and wraps.
[[nodiscard]] QLabel *wrappedText(const QString &text, QWidget *parent);
/// The same, as a heading.
[[nodiscard]] QLabel *heading(const QString &text, QWidget *parent);
/// The same, in the muted colour; it follows the theme.
[[nodiscard]] QLabel *mutedText(const QString &text, QWidget *parent);

/// A rounded card with a heading; `column` becomes its layout, below the heading.
[[nodiscard]] style::Panel *makeCard(const QString &title, QVBoxLayout *&column, QWidget *parent);

/// How wide pages of cards are.
inline constexpr int cardPageWidth = 640;
/// A page that scrolls, with one column of cards in the middle, at most `widest` wide. Returns the column.
[[nodiscard]] QVBoxLayout *makeCardPage(QWidget *page, int widest);

/// An empty list without a frame of its own, as high as four rows or more.
[[nodiscard]] QListWidget *plainList(const QString &objectName, const QString &accessibleName,
                                     QWidget *parent);

/// "What. Remedy."
[[nodiscard]] QString inOneLine(const Failure &failure);

} // namespace longcode::settings
