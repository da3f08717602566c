#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

/// Languages and time zones as people pick them. Pure functions.
namespace longcode::people {

/// "German (de)" for every language the system knows, by name.
[[nodiscard]] QStringList languageChoices();
/// "German (de)" of "de"; a tag the system does not know stays as it is.
[[nodiscard]] QString languageInWords(const QString &tag);
/// The BCP 47 tag of what a person picked or typed ("German (de)", "de", "pt-br", "German"); an empty text is
/// an empty tag, none: it is no language.
[[nodiscard]] std::optional<QString> languageTag(const QString &typed);

/// IANA names of places ("America/Chicago"), by name.
[[nodiscard]] QStringList zoneChoices();
/// The IANA name of what a person typed, in any case, blanks for underscores; an empty text is an empty name,
/// none: no zone is called so.
[[nodiscard]] std::optional<QByteArray> zoneName(const QString &typed);

} // namespace longcode::people
