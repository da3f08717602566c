#pragma once

#include "base/failure.h"

#include <QLabel>
#include <QListWidget>
#include <QString>

class QVBoxLayout;
class QWidget;

namespace longcode::settings {

/// A label that shows plain text and wraps.
[[nodiscard]] QLabel *wrappedText(const QString &text, QWidget *parent);
/// The same, as a heading.
[[nodiscard]] QLabel *heading(const QString &text, QWidget *parent);
/// The same, in the muted colour; it follows the theme.
[[nodiscard]] QLabel *mutedText(const QString &text, QWidget *parent);

/// An empty list without a frame of its own, as high as four rows or more.
[[nodiscard]] QListWidget *plainList(const QString &objectName, const QString &accessibleName,
                                     QWidget *parent);

/// "What. Remedy."
[[nodiscard]] QString inOneLine(const Failure &failure);

} // namespace longcode::settings
