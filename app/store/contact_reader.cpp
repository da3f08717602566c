#include "store/connection.h"
#include "store/desk_values.h"
#include "store/needle.h"
#include "store/reader.h"
#include "store/rows.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace longcode::store {

namespace {

QList<contacts::CustomField> customOf(const QString &json) {
    QList<contacts::CustomField> fields;
    for (const QJsonValue &field : QJsonDocument::fromJson(json.toUtf8()).array())
        fields.append({field.toArray().at(0).toString(), field.toArray().at(1).toString()});
    return fields;
}

QStringList idsOf(Statement &row) {
    QStringList ids;
    while (row.next())
        ids.append(row.text(0));
    return ids;
}

} // namespace

std::optional<ContactRecord> contactRecord(Connection &connection, const QString &id) {
    contacts::Contact contact;
    {
        Statement row(connection,
                      "SELECT name, given_name, family_name, organisation, note, language, zone, custom"
                      " FROM contacts WHERE id = ?",
                      id);
        if (!row.next())
            return std::nullopt;
        contact.id = contacts::ContactId(id);
        contact.name = row.text(0);
        contact.givenName = row.text(1);
        contact.familyName = row.text(2);
        contact.organisation = row.text(3);
        contact.note = row.text(4);
        contact.language = row.text(5);
        contact.zone = row.text(6).toLatin1();
        if (const QString custom = row.text(7); !custom.isEmpty())
            contact.custom = customOf(custom);
    }
    Statement row(connection,
                  "SELECT address, label FROM contact_numbers WHERE contact = ? ORDER BY position", id);
    while (row.next())
        contact.numbers.append({phone::fromWire(row.text(0)), row.text(1)});
    return ContactRecord{contact};
}

QStringList Reader::contactIds(const QString &search) {
    const Needle needle = needleOf(search);
    if (needle.name.isEmpty()) {
        Statement row(*m_connection, "SELECT id FROM contacts ORDER BY folded, id");
        return idsOf(row);
    }
    Statement row(*m_connection,
                  "SELECT id FROM contacts WHERE instr(folded, ?1) > 0 OR instr(words, ?1) > 0"
                  " OR (?2 <> '' AND id IN (SELECT contact FROM contact_numbers WHERE ?2 <> ''"
                  "   AND instr(address, ?2) > 0)) ORDER BY folded, id",
                  needle.name, needle.digits);
    return idsOf(row);
}

std::optional<ContactRecord> Reader::contact(const QString &id) {
    return contactRecord(*m_connection, id);
}

std::optional<ContactRecord> Reader::contactOf(const QString &address) {
    QString id;
    {
        Statement row(*m_connection, "SELECT contact FROM contact_numbers WHERE address = ?", address);
        if (!row.next())
            return std::nullopt;
        id = row.text(0);
    }
    return contactRecord(*m_connection, id);
}

QList<ContactLine> Reader::contactLines() {
    QList<ContactLine> lines;
    Statement row(*m_connection,
                  "SELECT c.id, c.name, ifnull(n.address, '') FROM contacts c"
                  " LEFT JOIN contact_numbers n ON n.contact = c.id ORDER BY c.folded, c.id, n.position");
    while (row.next())
        lines.append({row.text(0), row.text(1), row.text(2)});
    return lines;
}

int Reader::contactCount() {
    return static_cast<int>(m_connection->number(QStringLiteral("SELECT count(*) FROM contacts")));
}

} // namespace longcode::store
