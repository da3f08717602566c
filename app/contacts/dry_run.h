#pragma once

#include "contacts/contact.h"

#include <QHash>
#include <QStringList>

#include <functional>

namespace longcode::contacts {

enum class Outcome : quint8 { Parsed, Mended, Merged, Refused };

/// What would become of one row or card.
struct RowVerdict {
    qint64 line = 0;
    Outcome outcome = Outcome::Parsed;
    Contact contact;            ///< what would be added, or what is brought to the other one
    QStringList mended;         ///< sentences: what was changed or left out; also on merged rows
    qint64 intoLine = 0;        ///< Merged: the earlier row of this file, or 0
    ContactId into;             ///< Merged: the contact that is kept already, or empty
    QStringList matchedNumbers; ///< Merged: the numbers they share, international
    QString refusal;            ///< Refused: a sentence
};

struct ImportTotals {
    qint64 parsed = 0;
    qint64 mended = 0;
    qint64 merged = 0;
    qint64 refused = 0;
    [[nodiscard]] qint64 rows() const { return parsed + mended + merged + refused; }
};

/// Judges the rows of an import one after the other and changes nothing. Remembers 16 bytes or so for each
/// number, not the rows, so a file of millions needs little memory.
class DryRun {
public:
    /// Whose number it is among the contacts that are kept already; empty for nobody's.
    using OwnerOf = std::function<ContactId(const phone::Address &)>;

    DryRun(phone::Region home, OwnerOf ownerOf);

    [[nodiscard]] RowVerdict judge(const ContactDraft &draft);
    [[nodiscard]] const ImportTotals &totals() const { return m_totals; }

private:
    void takeNumbers(const ContactDraft &draft, RowVerdict &verdict) const;
    void matchNumbers(RowVerdict &verdict) const;
    void remember(const RowVerdict &verdict);
    void count(RowVerdict &verdict);

    phone::Region m_home;
    OwnerOf m_ownerOf;
    QHash<quint64, qint64> m_lineOfNumber; ///< the row that first has it
    QHash<quint64, ContactId> m_broughtTo; ///< numbers that rows bring to contacts which are kept already
    ImportTotals m_totals;
};

} // namespace longcode::contacts
