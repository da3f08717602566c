#include "store/operations.h"

#include "store/desk_values.h"
#include "store/rows.h"
#include "store/write_session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

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

/// The index from a customer to his name, which the list and its search read.
void nameInList(WriteSession &session, const QString &peer, const QString &name, const QString &folded) {
    Connection &connection = session.connection();
    if (name.isEmpty())
        Statement(connection, "DELETE FROM names WHERE peer = ?", peer).run();
    else
        Statement(connection,
                  "INSERT INTO names(peer, name, folded) VALUES (?, ?, ?)"
                  " ON CONFLICT(peer) DO UPDATE SET name = excluded.name, folded = excluded.folded",
                  peer, name, folded)
            .run();
    tellPeer(session, peer);
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

void writeNumbers(WriteSession &session, const Contact &contact) {
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
        nameInList(session, number.address.wire(), name, folded);
    }
}

Status save(WriteSession &session, const Contact &contact) {
    if (contact.id.isEmpty())
        return StoreError{StoreErrorKind::NotFound, {}};
    Connection &connection = session.connection();
    QSet<QString> kept;
    for (const contacts::ContactNumber &number : contact.numbers)
        kept.insert(number.address.wire());
    for (const QString &number : numbersOf(connection, contact.id.text())) {
        if (!kept.contains(number))
            removeNumber(session, number);
    }
    writeContact(connection, contact);
    writeNumbers(session, contact);
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
    const QString folded = foldedForSearch(name);
    for (const QString &number : numbersOf(connection, id))
        nameInList(session, number, name, folded);
    session.noteContacts();
    return true;
}

} // namespace

void namePeer(WriteSession &session, const QString &peer, const QString &name) {
    const QString plain = name.simplified();
    if (!renameContactOf(session, peer, plain))
        nameInList(session, peer, plain, foldedForSearch(plain));
}

Status saveContacts(WriteSession &session, const QList<ContactRecord> &contacts) {
    for (const ContactRecord &record : contacts) {
        if (Status status = save(session, record.contact))
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
