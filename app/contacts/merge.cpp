#include "contacts/merge.h"

#include "contacts/plain_text.h"
#include "contacts/say.h"

#include <algorithm>

namespace longcode::contacts {

namespace {

/// The first where it says something; what gives way is said.
void fillIn(QString &first, const QString &second, const QString &what, Merge &merge) {
    if (first.isEmpty())
        first = second;
    else if (!second.isEmpty() && second != first)
        merge.notTaken.append(
            Say::tr("%1 “%2” was not taken: “%3” is there.").arg(what, excerpt(second), excerpt(first)));
}

void joinNumbers(Contact &contact, const QList<ContactNumber> &more, Merge &merge) {
    for (const ContactNumber &number : more) {
        const auto same =
            std::find_if(contact.numbers.begin(), contact.numbers.end(),
                         [&number](const ContactNumber &known) { return known.address == number.address; });
        if (same != contact.numbers.end()) {
            if (same->label.isEmpty())
                same->label = number.label;
        } else if (contact.numbers.size() < bounds::numbers) {
            contact.numbers.append(number);
        } else {
            merge.notTaken.append(Say::tr("%1 was not taken: a contact has at most %2 numbers.")
                                      .arg(number.address.international())
                                      .arg(bounds::numbers));
        }
    }
}

void joinNotes(Contact &contact, const QString &more, Merge &merge) {
    if (more.isEmpty() || contact.note.contains(more))
        return;
    const QString joined = contact.note.isEmpty() ? more : QString(contact.note + u'\n' + more);
    if (joined.size() <= bounds::note)
        contact.note = joined;
    else
        merge.notTaken.append(Say::tr("The note was not taken: both together are too long."));
}

void joinCustom(Contact &contact, const QList<CustomField> &more, Merge &merge) {
    for (const CustomField &field : more) {
        const auto same =
            std::find_if(contact.custom.begin(), contact.custom.end(), [&field](const CustomField &known) {
                return known.name.compare(field.name, Qt::CaseInsensitive) == 0;
            });
        if (same != contact.custom.end())
            fillIn(same->value, field.value, excerpt(field.name), merge);
        else if (contact.custom.size() < bounds::customFields)
            contact.custom.append(field);
        else
            merge.notTaken.append(Say::tr("The field “%1” was not taken: a contact has at most %2.")
                                      .arg(excerpt(field.name))
                                      .arg(bounds::customFields));
    }
}

} // namespace

Merge merged(const Contact &first, const Contact &second) {
    Merge merge;
    Contact contact = first;
    const bool hadName = !contact.name.isEmpty();
    fillIn(contact.name, second.name, Say::tr("The name"), merge);
    if (!hadName || contact.name == second.name) {
        fillIn(contact.givenName, second.givenName, Say::tr("The given name"), merge);
        fillIn(contact.familyName, second.familyName, Say::tr("The family name"), merge);
    }
    fillIn(contact.organisation, second.organisation, Say::tr("The company"), merge);
    fillIn(contact.language, second.language, Say::tr("The language"), merge);
    joinNumbers(contact, second.numbers, merge);
    joinNotes(contact, second.note, merge);
    joinCustom(contact, second.custom, merge);
    if (contact.zone.isEmpty())
        contact.zone = second.zone;
    else if (!second.zone.isEmpty() && second.zone != contact.zone)
        merge.notTaken.append(Say::tr("The time zone %1 was not taken: %2 is there.")
                                  .arg(QString::fromLatin1(second.zone), QString::fromLatin1(contact.zone)));
    merge.hasChanged = contact != first;
    merge.contact = contact;
    return merge;
}

} // namespace longcode::contacts
