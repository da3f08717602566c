#include "contacts/columns.h"

#include "contacts/formula.h"
#include "contacts/plain_text.h"
#include "contacts/say.h"

#include <QHash>

#include <algorithm>
#include <string_view>

namespace longcode::data {
extern const std::string_view contactColumns;
} // namespace longcode::data

namespace longcode::contacts {

namespace {

/// Before the heading of a custom field whose name means something else ("Field: Phone").
constexpr QLatin1String ownField("Field: ");

/// "Téléphone 2 (mobile)" → "telephone mobile": as the table has it.
QString headingKey(const QString &heading) {
    QString key;
    for (const QChar c : heading.left(bounds::label).normalized(QString::NormalizationForm_D).toLower()) {
        if (c.isMark() || c.isDigit())
            continue;
        key += c.isLetter() ? c : QChar(u' ');
    }
    return key.simplified();
}

const QHash<QString, QString> &knownHeadings() {
    static const QHash<QString, QString> known = [] {
        QHash<QString, QString> read;
        const QString text = QString::fromUtf8(data::contactColumns.data(),
                                               static_cast<qsizetype>(data::contactColumns.size()));
        for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
            if (line.startsWith(u'#'))
                continue;
            for (const QString &heading : line.section(u'\t', 1).split(u','))
                read.insert(heading, line.section(u'\t', 0, 0));
        }
        read.insert(QStringLiteral("e"), QStringLiteral("number")); // "E.164" without its figures
        return read;
    }();
    return known;
}

QString fieldWord(const QString &heading) {
    return knownHeadings().value(headingKey(heading));
}

bool looksLikeNumber(const QString &cell) {
    constexpr qsizetype fewest = 7;
    constexpr qsizetype most = 15;
    const QString digits = phone::digitsOf(cell);
    const auto letters = std::count_if(cell.begin(), cell.end(), [](QChar c) { return c.isLetter(); });
    return digits.size() >= fewest && digits.size() <= most && letters <= 4 && !cell.contains(u'@') &&
           cell.size() <= 3 * digits.size();
}

/// Whether the row names columns rather than holding a contact.
bool isHeading(const QStringList &row) {
    const bool isKnown =
        std::any_of(row.begin(), row.end(), [](const QString &cell) { return !fieldWord(cell).isEmpty(); });
    return isKnown || std::none_of(row.begin(), row.end(), looksLikeNumber);
}

Field fieldOf(const QString &word, bool hasGiven, bool hasFamily) {
    if (word == QLatin1String("given-or-full"))
        return hasFamily && !hasGiven ? Field::GivenName : Field::FullName;
    if (word == QLatin1String("family-or-full"))
        return hasGiven && !hasFamily ? Field::FamilyName : Field::FullName;
    static const QHash<QString, Field> fields{
        {QStringLiteral("full"), Field::FullName},     {QStringLiteral("given"), Field::GivenName},
        {QStringLiteral("family"), Field::FamilyName}, {QStringLiteral("organisation"), Field::Organisation},
        {QStringLiteral("number"), Field::Number},     {QStringLiteral("note"), Field::Note},
        {QStringLiteral("language"), Field::Language}, {QStringLiteral("zone"), Field::Zone},
        {QStringLiteral("ignored"), Field::Ignored}};
    return fields.value(word, Field::Custom);
}

/// "Name" and "Customer" side by side: the first is the name, the other a field of its own.
void keepOneFullName(QList<Column> &columns) {
    bool hasFullName = false;
    for (Column &column : columns) {
        if (column.field != Field::FullName)
            continue;
        if (hasFullName)
            column.field = Field::Custom;
        hasFullName = true;
    }
}

Column columnOf(const QString &label, Field field) {
    if (label.startsWith(ownField))
        return {Field::Custom, label.mid(ownField.size())};
    return {label.isEmpty() ? Field::Ignored : field, label};
}

QList<Column> columnsOf(const QStringList &headings) {
    QStringList words;
    for (const QString &heading : headings)
        words.append(fieldWord(heading));
    const bool hasGiven = words.contains(QLatin1String("given"));
    const bool hasFamily = words.contains(QLatin1String("family"));
    QList<Column> columns;
    for (qsizetype i = 0; i < headings.size(); ++i) {
        const QString label = plainLine(withoutFormulaGuard(headings[i]), bounds::label).text;
        columns.append(columnOf(label, fieldOf(words[i], hasGiven, hasFamily)));
    }
    keepOneFullName(columns);
    return columns;
}

/// The column most of whose cells look like numbers.
qsizetype columnOfNumbers(const QList<QStringList> &rows, qsizetype firstRow, qsizetype columns) {
    qsizetype best = -1;
    qsizetype bestCount = (rows.size() - firstRow) / 2; // more than half
    for (qsizetype column = 0; column < columns; ++column) {
        const auto count =
            std::count_if(rows.begin() + firstRow, rows.end(),
                          [column](const QStringList &row) { return looksLikeNumber(row.value(column)); });
        if (count > bestCount) {
            bestCount = count;
            best = column;
        }
    }
    return best;
}

/// Without headings: the first column of words is the name.
qsizetype columnOfNames(const QStringList &row, qsizetype numbers) {
    for (qsizetype column = 0; column < row.size(); ++column)
        if (column != numbers &&
            std::any_of(row[column].begin(), row[column].end(), [](QChar c) { return c.isLetter(); }))
            return column;
    return -1;
}

void put(QString &target, const QString &cell) {
    if (target.isEmpty())
        target = cell;
    else if (!cell.isEmpty())
        target += u' ' + cell;
}

void putCell(ContactDraft &draft, const Column &column, const QString &cell) {
    switch (column.field) {
    case Field::Ignored:
        return;
    case Field::FullName:
        return put(draft.name, cell);
    case Field::GivenName:
        return put(draft.givenName, cell);
    case Field::FamilyName:
        return put(draft.familyName, cell);
    case Field::Organisation:
        return put(draft.organisation, cell);
    case Field::Number:
        return draft.numbers.append({cell, column.label});
    case Field::Note:
        return draft.notes.append(cell);
    case Field::Language:
        return put(draft.language, cell);
    case Field::Zone:
        return put(draft.zone, cell);
    case Field::Custom:
        return draft.custom.append({column.label, cell});
    }
}

} // namespace

bool ColumnPlan::has(Field field) const {
    return std::any_of(columns.begin(), columns.end(),
                       [field](const Column &column) { return column.field == field; });
}

ColumnPlan guessColumns(const QList<QStringList> &firstRows) {
    ColumnPlan plan;
    if (firstRows.isEmpty())
        return plan;
    const QStringList &first = firstRows.constFirst();
    plan.hasHeading = isHeading(first);
    if (plan.hasHeading)
        plan.columns = columnsOf(first);
    else
        plan.columns.resize(first.size());
    if (plan.has(Field::Number))
        return plan;
    const qsizetype numbers = columnOfNumbers(firstRows, plan.hasHeading ? 1 : 0, plan.columns.size());
    if (numbers < 0)
        return plan;
    plan.columns[numbers].field = Field::Number;
    if (!plan.hasHeading)
        if (const qsizetype names = columnOfNames(first, numbers); names >= 0)
            plan.columns[names].field = Field::FullName;
    return plan;
}

QString customHeading(const QString &name) {
    return fieldWord(name).isEmpty() && !name.startsWith(ownField) ? name : QString(ownField + name);
}

ContactDraft draftOf(const CsvRow &row, const ColumnPlan &plan) {
    ContactDraft draft;
    draft.line = row.line;
    if (row.isTooLong)
        draft.unreadable = Say::tr("The row never ends: a line break or a quotation mark is missing.");
    if (row.hasStrayQuote)
        draft.mended.append(Say::tr("A quotation mark has no partner; it was read as a character."));
    if (row.wasCut)
        draft.mended.append(
            Say::tr("The row has too many or too long cells; what was too much was left out."));
    const qsizetype cells = std::min(row.cells.size(), plan.columns.size());
    for (qsizetype i = 0; i < cells; ++i)
        if (!row.cells[i].isEmpty())
            putCell(draft, plan.columns[i], withoutFormulaGuard(row.cells[i]));
    return draft;
}

} // namespace longcode::contacts
