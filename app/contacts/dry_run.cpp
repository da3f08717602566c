#include "contacts/dry_run.h"

#include "contacts/number_cell.h"
#include "contacts/plain_text.h"
#include "contacts/say.h"

#include <QRegularExpression>
#include <QSet>
#include <QTimeZone>

#include <algorithm>

namespace longcode::contacts {

namespace {

/// A number as a hash key of eight bytes; short codes apart from numbers.
quint64 keyOf(const phone::Address &address) {
    constexpr quint64 shortCode = 1ULL << 63;
    const QString digits = phone::digitsOf(address.wire());
    return digits.toULongLong() | (address.kind() == phone::AddressKind::ShortCode ? shortCode : 0);
}

/// Cleans one text of a draft, and says what was done to it.
class DraftCleaner {
public:
    explicit DraftCleaner(QStringList &mended) : m_mended(mended) {}

    [[nodiscard]] QString line(const QString &text, qsizetype longest, const QString &what) {
        return told(plainLine(text, longest), what);
    }
    [[nodiscard]] QString lines(const QString &text, qsizetype longest, const QString &what) {
        return told(plainLines(text, longest), what);
    }

private:
    QString told(const PlainText &plain, const QString &what) {
        if (plain.hadHidden)
            m_mended.append(Say::tr("%1: hidden characters were taken out.").arg(what));
        if (plain.wasCut)
            m_mended.append(Say::tr("%1 was too long and was cut.").arg(what));
        return plain.text;
    }
    QStringList &m_mended;
};

void takeNames(const ContactDraft &draft, DraftCleaner &clean, Contact &contact) {
    contact.name = clean.line(draft.name, bounds::name, Say::tr("The name"));
    contact.givenName = clean.line(draft.givenName, bounds::name, Say::tr("The given name"));
    contact.familyName = clean.line(draft.familyName, bounds::name, Say::tr("The family name"));
    contact.organisation = clean.line(draft.organisation, bounds::name, Say::tr("The company"));
    if (contact.name.isEmpty())
        contact.name = plainLine(QString(contact.givenName + u' ' + contact.familyName), bounds::name).text;
    if (contact.name.isEmpty())
        contact.name = contact.organisation;
}

void takeLanguage(const ContactDraft &draft, RowVerdict &verdict) {
    static const QRegularExpression tag(QStringLiteral("^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$"));
    const QString language = draft.language.trimmed().replace(u'_', u'-');
    if (language.isEmpty())
        return;
    if (tag.match(language).hasMatch())
        verdict.contact.language = language;
    else
        verdict.mended.append(Say::tr("The language “%1” was left out: it is no code such as en or pt-BR.")
                                  .arg(excerpt(language)));
}

bool isKnownZone(const QByteArray &id) {
    static const QSet<QByteArray> known = [] {
        const QList<QByteArray> ids = QTimeZone::availableTimeZoneIds();
        return QSet<QByteArray>(ids.begin(), ids.end());
    }();
    return known.contains(id);
}

void takeZone(const ContactDraft &draft, RowVerdict &verdict) {
    constexpr qsizetype longest = 64;
    const QString zone = draft.zone.trimmed();
    if (zone.isEmpty())
        return;
    const QByteArray id = zone.left(longest).toLatin1();
    if (zone.size() <= longest && zone.contains(u'/') && isKnownZone(id))
        verdict.contact.zone = id;
    else
        verdict.mended.append(
            Say::tr("The time zone “%1” was left out: it is no name such as America/New_York.")
                .arg(excerpt(zone)));
}

void takeCustom(const ContactDraft &draft, DraftCleaner &clean, RowVerdict &verdict) {
    for (const CustomField &field : draft.custom) {
        const QString name = clean.line(field.name, bounds::label, Say::tr("A field's name"));
        const QString value = clean.lines(field.value, bounds::value, name);
        if (name.isEmpty() || value.isEmpty())
            continue;
        if (verdict.contact.custom.size() == bounds::customFields) {
            verdict.mended.append(Say::tr("More than %1 fields of their own; the rest was left out.")
                                      .arg(bounds::customFields));
            return;
        }
        verdict.contact.custom.append({name, value});
    }
}

} // namespace

DryRun::DryRun(phone::Region home, OwnerOf ownerOf)
    : m_home(std::move(home)), m_ownerOf(std::move(ownerOf)) {}

void DryRun::takeNumbers(const ContactDraft &draft, RowVerdict &verdict) const {
    QStringList problems;
    QList<ContactNumber> &numbers = verdict.contact.numbers;
    for (const ContactDraft::Number &written : draft.numbers) {
        const NumberCell cell = readNumberCell(written.text, m_home);
        verdict.mended += cell.mended;
        problems += cell.problems;
        for (const phone::Address &address : cell.numbers) {
            const bool isThere =
                std::any_of(numbers.begin(), numbers.end(),
                            [&address](const ContactNumber &known) { return known.address == address; });
            if (!isThere && numbers.size() < bounds::numbers)
                numbers.append({address, plainLine(written.label, bounds::label).text});
        }
    }
    if (!numbers.isEmpty()) {
        for (const QString &problem : std::as_const(problems))
            verdict.mended.append(Say::tr("A number was left out. %1").arg(problem));
    } else if (!problems.isEmpty()) {
        verdict.refusal = problems.constFirst();
    } else {
        verdict.refusal = Say::tr("There is no phone number in this row.");
    }
}

/// Finds who has one of the numbers already: a kept contact, or an earlier row.
void DryRun::matchNumbers(RowVerdict &verdict) const {
    QSet<QString> owners;
    QSet<qint64> lines;
    for (const ContactNumber &number : std::as_const(verdict.contact.numbers)) {
        const quint64 key = keyOf(number.address);
        ContactId owner = m_ownerOf ? m_ownerOf(number.address) : ContactId();
        if (owner.isEmpty())
            owner = m_broughtTo.value(key);
        const qint64 line = m_lineOfNumber.value(key);
        if (owner.isEmpty() && line == 0)
            continue;
        verdict.matchedNumbers.append(number.address.international());
        if (!owner.isEmpty()) {
            owners.insert(owner.text());
            verdict.into = owner;
        } else {
            lines.insert(line);
        }
    }
    if (owners.size() + lines.size() > 1) {
        verdict.refusal =
            Say::tr("Its numbers (%1) belong to different contacts. Merge those first, or split the row.")
                .arg(verdict.matchedNumbers.join(QStringLiteral(", ")));
        verdict.into = {};
    } else if (lines.size() == 1) {
        verdict.intoLine = *lines.begin();
    }
}

void DryRun::remember(const RowVerdict &verdict) {
    if (verdict.outcome == Outcome::Refused)
        return;
    const qint64 line = verdict.intoLine > 0 ? verdict.intoLine : verdict.line;
    for (const ContactNumber &number : verdict.contact.numbers) {
        if (verdict.into.isEmpty())
            m_lineOfNumber.insert(keyOf(number.address), line);
        else
            m_broughtTo.insert(keyOf(number.address), verdict.into);
    }
}

void DryRun::count(RowVerdict &verdict) {
    if (!verdict.refusal.isEmpty()) {
        verdict.outcome = Outcome::Refused;
        ++m_totals.refused;
    } else if (verdict.intoLine > 0 || !verdict.into.isEmpty()) {
        verdict.outcome = Outcome::Merged;
        ++m_totals.merged;
    } else if (!verdict.mended.isEmpty()) {
        verdict.outcome = Outcome::Mended;
        ++m_totals.mended;
    } else {
        ++m_totals.parsed;
    }
}

RowVerdict DryRun::judge(const ContactDraft &draft) {
    RowVerdict verdict;
    verdict.line = draft.line;
    verdict.mended = draft.mended;
    verdict.refusal = draft.unreadable;
    DraftCleaner clean(verdict.mended);
    takeNames(draft, clean, verdict.contact);
    if (verdict.refusal.isEmpty())
        takeNumbers(draft, verdict);
    if (verdict.refusal.isEmpty()) {
        verdict.contact.note = clean.lines(draft.notes.join(u'\n'), bounds::note, Say::tr("The note"));
        takeLanguage(draft, verdict);
        takeZone(draft, verdict);
        takeCustom(draft, clean, verdict);
        matchNumbers(verdict);
    }
    count(verdict);
    remember(verdict);
    return verdict;
}

} // namespace longcode::contacts
