#pragma once

#include "contacts/contact.h"
#include "contacts/csv_reader.h"

namespace longcode::contacts {

enum class Field : quint8 {
    Ignored,
    FullName,
    GivenName,
    FamilyName,
    Organisation,
    Number,
    Note,
    Language,
    Zone,
    Custom
};

struct Column {
    Field field = Field::Ignored;
    QString label; ///< of a number or a custom field: its heading, cleaned
    friend bool operator==(const Column &, const Column &) = default;
};

/// What the columns of a file mean: guessed, then changed by a person as they like.
struct ColumnPlan {
    QList<Column> columns;
    bool hasHeading = true; ///< the first row holds no contact
    [[nodiscard]] bool has(Field field) const;
};

/// Guesses from headings in English, German, Spanish and French, and where they say nothing about numbers,
/// from what the first rows hold.
[[nodiscard]] ColumnPlan guessColumns(const QList<QStringList> &firstRows);

/// The heading that is read again as a custom field of that name, even where the name means something else.
[[nodiscard]] QString customHeading(const QString &name);

[[nodiscard]] ContactDraft draftOf(const CsvRow &row, const ColumnPlan &plan);

} // namespace longcode::contacts
