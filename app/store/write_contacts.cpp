#include "store/operations.h"

#include "store/desk_values.h"
#include "store/rows.h"
#include "store/write_session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <functional>

namespace longcode::store {

namespace {

using contacts::Contact;

QString customAsJson(const QList<contacts::CustomField> &fields) {
    if (fields.isEmpty())
        return QStringLiteral("");
    QJsonArray array;
    for (const contacts::CustomField &field : fields)
        array.append(QJsonArray{field.name, field.value});
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

/// What a contact is sorted by: his name, and without one what else is known of him.
QString sortedBy(const Contact &contact) {
    if (!contact.name.trimmed().isEmpty())
        return foldedForSearch(contact.name.simplified());
    if (!contact.organisation.trimmed().isEmpty())
        return foldedForSearch(contact.organisation.simplified());
    return contact.numbers.isEmpty() ? QStringLiteral("") : contact.numbers.first().address.wire();
}

QString otherWords(const Contact &contact) {
    const QStringList words{contact.givenName, contact.familyName, contact.organisation};
    return foldedForSearch(words.join(QLatin1Char(' ')).simplified());
}

QString plainName(const Contact &contact) {
    return contact.name.simplified();
}

void tellPeer(WriteSession &session, const QString &peer) {
    Statement row(session.connection(),
                  "SELECT id FROM conversations INDEXED BY conversations_of_peer WHERE peer = ?", peer);
    while (row.next())
        session.tell({row.integer(0)});
}

/// The index from a customer to his name, which the list and its search read. What a person typed for this
/// number stays before what his contact is called.
void nameInList(WriteSession &session, const QString &peer, const QString &name, const QString &folded) {
    Connection &connection = session.connection();
    if (name.isEmpty())
        Statement(connection, "DELETE FROM names WHERE peer = ? AND typed = ''", peer).run();
    else
        Statement(connection,
                  "INSERT INTO names(peer, name, folded) VALUES (?, ?, ?) ON CONFLICT(peer) DO UPDATE"
                  " SET name = excluded.name, folded = excluded.folded WHERE typed = ''",
                  peer, name, folded)
            .run();
    tellPeer(session, peer);
}

/// A person said what this customer is called; an empty name takes back what he said before.
void typeName(WriteSession &session, const QString &peer, const QString &name, const QString &folded) {
    Connection &connection = session.connection();
    if (name.isEmpty())
        Statement(connection, "DELETE FROM names WHERE peer = ?", peer).run();
    else
        Statement(connection,
                  "INSERT INTO names(peer, name, folded, typed) VALUES (?1, ?2, ?3, ?2) ON CONFLICT(peer)"
                  " DO UPDATE SET name = excluded.name, folded = excluded.folded, typed = excluded.typed",
                  peer, name, folded)
            .run();
    tellPeer(session, peer);
}

bool hasTypedName(Connection &connection, const QString &peer) {
    return Statement(connection, "SELECT 1 FROM names WHERE peer = ? AND typed <> ''", peer).next();
}

QStringList numbersOf(Connection &connection, const QString &id) {
    QStringList numbers;
    Statement row(connection, "SELECT address FROM contact_numbers WHERE contact = ?", id);
    while (row.next())
        numbers.append(row.text(0));
    return numbers;
}

void removeNumber(WriteSession &session, const QString &address) {
    Statement(session.connection(), "DELETE FROM contact_numbers WHERE address = ?", address).run();
    nameInList(session, address, {}, {});
}

void writeContact(Connection &connection, const Contact &contact) {
    Statement(
        connection,
        "INSERT INTO contacts(id, name, folded, words, given_name, family_name, organisation, note,"
        " language, zone, custom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET"
        " name = excluded.name, folded = excluded.folded, words = excluded.words,"
        " given_name = excluded.given_name, family_name = excluded.family_name,"
        " organisation = excluded.organisation, note = excluded.note, language = excluded.language,"
        " zone = excluded.zone, custom = excluded.custom",
        contact.id.text(), contact.name, sortedBy(contact), otherWords(contact), contact.givenName,
        contact.familyName, contact.organisation, contact.note, contact.language,
        QString::fromLatin1(contact.zone), customAsJson(contact.custom))
        .run();
}

/// Numbers whose name a person says with this contact: of these what was typed before gives way.
using SaidAnew = std::function<bool(const QString &number)>;

void writeNumbers(WriteSession &session, const Contact &contact, const SaidAnew &isSaidAnew) {
    const QString name = plainName(contact);
    const QString folded = foldedForSearch(name);
    int position = 0;
    for (const contacts::ContactNumber &number : contact.numbers) {
        if (number.address.isEmpty())
            continue;
        Statement(session.connection(),
                  "INSERT INTO contact_numbers(address, contact, position, label) VALUES (?, ?, ?, ?)"
                  " ON CONFLICT(address) DO UPDATE SET contact = excluded.contact,"
                  " position = excluded.position, label = excluded.label",
                  number.address.wire(), contact.id.text(), position++, number.label)
            .run();
        const QString wire = number.address.wire();
        if (isSaidAnew(wire) && hasTypedName(session.connection(), wire))
            typeName(session, wire, name, folded);
        else
            nameInList(session, wire, name, folded);
    }
}

/// A person says the name of a contact's numbers when he changes it, or gives the contact a number; but no
/// name says nothing of a number that has one.
SaidAnew saidAnew(Connection &connection, const Contact &contact, NameSource source) {
    if (source == NameSource::File)
        return [](const QString &) { return false; };
    const QString name = plainName(contact);
    const auto known = contactRecord(connection, contact.id.text());
    if (known && plainName(known->contact) != name)
        return [](const QString &) { return true; };
    QSet<QString> had;
    if (known) {
        for (const contacts::ContactNumber &number : known->contact.numbers)
            had.insert(number.address.wire());
    }
    return [name, had](const QString &number) { return !name.isEmpty() && !had.contains(number); };
}

Status save(WriteSession &session, const Contact &contact, NameSource source) {
    if (contact.id.isEmpty())
        return StoreError{StoreErrorKind::NotFound, {}};
    Connection &connection = session.connection();
    const SaidAnew isSaidAnew = saidAnew(connection, contact, source);
    QSet<QString> kept;
    for (const contacts::ContactNumber &number : contact.numbers)
        kept.insert(number.address.wire());
    for (const QString &number : numbersOf(connection, contact.id.text())) {
        if (!kept.contains(number))
            removeNumber(session, number);
    }
    writeContact(connection, contact);
    writeNumbers(session, contact, isSaidAnew);
    session.noteContacts();
    return {};
}

void remove(WriteSession &session, const QString &id) {
    Connection &connection = session.connection();
    for (const QString &number : numbersOf(connection, id))
        removeNumber(session, number);
    if (Statement(connection, "DELETE FROM contacts WHERE id = ?", id).run() > 0)
        session.noteContacts();
}

/// A name said of one number is the name of the person who has it. The parts of the old one are gone with it.
bool renameContactOf(WriteSession &session, const QString &peer, const QString &name) {
    Connection &connection = session.connection();
    QString id, before;
    {
        Statement row(connection,
                      "SELECT c.id, c.name FROM contact_numbers n JOIN contacts c ON c.id = n.contact"
                      " WHERE n.address = ?",
                      peer);
        if (!row.next())
            return false;
        id = row.text(0);
        before = row.text(1);
    }
    const QString folded = foldedForSearch(name);
    typeName(session, peer, name, folded);
    if (before.simplified() == name)
        return true;
    const auto known = contactRecord(connection, id);
    if (!known)
        return false;
    Contact contact = known->contact;
    contact.name = name;
    contact.givenName.clear();
    contact.familyName.clear();
    writeContact(connection, contact);
    for (const QString &number : numbersOf(connection, id)) {
        if (hasTypedName(connection, number))
            typeName(session, number, name, folded);
        else
            nameInList(session, number, name, folded);
    }
    session.noteContacts();
    return true;
}

} // namespace

void namePeer(WriteSession &session, const QString &peer, const QString &name) {
    const QString plain = name.simplified();
    if (!renameContactOf(session, peer, plain))
        typeName(session, peer, plain, foldedForSearch(plain));
}

Status saveContacts(WriteSession &session, const QList<ContactRecord> &contacts, NameSource source) {
    for (const ContactRecord &record : contacts) {
        if (Status status = save(session, record.contact, source))
            return status;
        if (session.connection().hasFailed())
            return session.connection().takeError();
    }
    return {};
}

Status removeContacts(WriteSession &session, const QStringList &ids) {
    for (const QString &id : ids)
        remove(session, id);
    return {};
}

} // namespace longcode::store
