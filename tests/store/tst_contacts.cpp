#include "protocol/facts.h"
#include "store/desk_values.h"
#include "store/fixture.h"
#include "store/team.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

const LogId relayLog(QStringLiteral("log"));
const QString work(QStringLiteral("+12125550199"));

ContactRecord person(const QString &id, const QString &name, const QStringList &numbers) {
    contacts::Contact contact;
    contact.id = contacts::ContactId(id);
    contact.name = name;
    for (const QString &number : numbers)
        contact.numbers.append({phone::fromWire(number), QStringLiteral("mobile")});
    return {contact};
}

ContactRecord mariaKeller() {
    ContactRecord record = person(QStringLiteral("c1"), QStringLiteral("María Keller"), {maria, work});
    record.contact.givenName = QStringLiteral("María");
    record.contact.familyName = QStringLiteral("Keller");
    record.contact.organisation = QStringLiteral("Blumen GmbH");
    record.contact.note = QStringLiteral("two\nlines");
    record.contact.language = QStringLiteral("es");
    record.contact.zone = QByteArrayLiteral("America/Chicago");
    record.contact.custom = {{QStringLiteral("Plan"), QStringLiteral("\"gold\", really")},
                             {QStringLiteral("x"), {}}};
    record.contact.numbers[1].label = QStringLiteral("work");
    return record;
}

} // namespace

/// The address book, and the names in the list that follow from it.
class TestContacts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comesBackWhole();
    void namesTheConversations();
    void numbersMoveAndGo();
    void removedWithItsNames();
    void renamingFromTheList();
    void sharedNames();
    void typedNamesOutliveContacts();
    void whatAPersonSaysLastWins();
    void mergedInOneStep();
    void foundBy_data();
    void foundBy();
    void withoutAnId();
    void manyAtOnce();

private:
    Reader &reader() { return *m_open->reader; }
    Store &store() { return *m_open->store; }
    QString nameOf(ConversationId id) { return reader().conversation(id)->name; }

    std::unique_ptr<OpenStore> m_open;
    ConversationId m_maria, m_work;
};

void TestContacts::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_open = std::make_unique<OpenStore>(StoreLimits{}, Place::Memory);
    m_maria = valueOf(store().begin({maria, ours}, at(0)));
    m_work = valueOf(store().begin({work, ours}, at(1)));
}

void TestContacts::comesBackWhole() {
    QVERIFY(valueOf(store().saveContacts({mariaKeller()}, NameSource::Person)).contactsChanged);
    m_open->reopen();
    QCOMPARE(reader().contact(QStringLiteral("c1")), std::optional(mariaKeller()));
    QCOMPARE(reader().contactOf(work), std::optional(mariaKeller()));
    QVERIFY(!reader().contactOf(QStringLiteral("+12125550000")));
    QVERIFY(!reader().contact(QStringLiteral("c2")));
    QCOMPARE(reader().contactCount(), 1);
}

void TestContacts::namesTheConversations() {
    const Changes changes = valueOf(store().saveContacts({mariaKeller()}, NameSource::Person));
    QCOMPARE(changes.conversations, (QList{m_maria, m_work}));
    const auto shown = *reader().conversation(m_work);
    QCOMPARE(shown.name, QStringLiteral("María Keller"));
    QCOMPARE(shown.zone, QByteArrayLiteral("America/Chicago"));
    QCOMPARE(shown.language, QStringLiteral("es"));
    QCOMPARE(reader().conversationKeys({ConversationFilter::Open, QStringLiteral("maria")}).size(), 2);
}

void TestContacts::numbersMoveAndGo() {
    valueOf(store().saveContacts({mariaKeller()}, NameSource::Person));
    // Another one takes a number over.
    valueOf(store().saveContacts({person(QStringLiteral("c2"), QStringLiteral("Bob"), {work})},
                                 NameSource::Person));
    QCOMPARE(nameOf(m_work), QStringLiteral("Bob"));
    QCOMPARE(nameOf(m_maria), QStringLiteral("María Keller"));
    QCOMPARE(reader().contact(QStringLiteral("c1"))->contact.numbers.size(), 1);
    // A number is taken away.
    const Changes changes = valueOf(
        store().saveContacts({person(QStringLiteral("c2"), QStringLiteral("Bob"), {})}, NameSource::Person));
    QVERIFY(changes.conversations.contains(m_work));
    QVERIFY(nameOf(m_work).isEmpty());
    QVERIFY(!reader().contactOf(work));
}

void TestContacts::removedWithItsNames() {
    valueOf(store().saveContacts({mariaKeller()}, NameSource::Person));
    const Changes changes = valueOf(store().removeContacts({QStringLiteral("c1"), QStringLiteral("nobody")}));
    QVERIFY(changes.contactsChanged);
    QCOMPARE(changes.conversations.size(), 2);
    QVERIFY(nameOf(m_maria).isEmpty());
    QVERIFY(reader().conversation(m_maria)->zone.isEmpty());
    QCOMPARE(reader().contactCount(), 0);
    QVERIFY(valueOf(store().removeContacts({QStringLiteral("c1")})).isEmpty());
}

void TestContacts::renamingFromTheList() {
    // Without a contact it is a name alone.
    QVERIFY(!valueOf(store().rename(m_maria, QStringLiteral("Mary"))).contactsChanged);
    QCOMPARE(nameOf(m_maria), QStringLiteral("Mary"));
    QCOMPARE(reader().contactCount(), 0);
    valueOf(store().saveContacts({mariaKeller()}, NameSource::Person));
    const Changes changes = valueOf(store().rename(m_work, QStringLiteral("Mary K.")));
    QVERIFY(changes.contactsChanged);
    QCOMPARE(nameOf(m_maria), QStringLiteral("Mary K."));
    QCOMPARE(nameOf(m_work), QStringLiteral("Mary K."));
    const auto contact = reader().contact(QStringLiteral("c1"))->contact;
    QCOMPARE(contact.name, QStringLiteral("Mary K."));
    QVERIFY(contact.givenName.isEmpty() && contact.familyName.isEmpty());
    QCOMPARE(contact.organisation, QStringLiteral("Blumen GmbH"));
    QCOMPARE(reader().contactIds(QStringLiteral("mary")), QStringList{QStringLiteral("c1")});
    QVERIFY(!valueOf(store().rename(m_work, QStringLiteral("Mary K."))).contactsChanged);
}

void TestContacts::sharedNames() {
    valueOf(store().saveContacts({mariaKeller()}, NameSource::Person));
    LoggedEvent fact{.seq = 1, .receivedAt = at(10), .intent = {}, .event = {}};
    fact.team =
        std::make_shared<TeamEntry>(TeamEntry{protocol::SharedContact{work, QStringLiteral("Mrs Keller")},
                                              QStringLiteral("ann"), QStringLiteral("id1"), at(10)});
    QVERIFY(valueOf(store().applyEvents(relayLog, {fact}, Arrival::Live)).contactsChanged);
    QCOMPARE(nameOf(m_maria), QStringLiteral("Mrs Keller"));
    QCOMPARE(reader().contact(QStringLiteral("c1"))->contact.name, QStringLiteral("Mrs Keller"));
}

// An import, its being taken back, and the end of a contact leave what a person called the number.
void TestContacts::typedNamesOutliveContacts() {
    valueOf(store().rename(m_maria, QStringLiteral("Mum")));
    valueOf(store().saveContacts({mariaKeller()}, NameSource::File));
    QCOMPARE(nameOf(m_maria), QStringLiteral("Mum"));
    QCOMPARE(nameOf(m_work), QStringLiteral("María Keller"));
    QCOMPARE(reader().conversationKeys({ConversationFilter::Open, QStringLiteral("mum")}).size(), 1);
    valueOf(store().changeContacts({QStringLiteral("c1")}, {}, NameSource::File));
    QCOMPARE(nameOf(m_maria), QStringLiteral("Mum"));
    QVERIFY(nameOf(m_work).isEmpty());
    valueOf(store().saveContacts({mariaKeller()}, NameSource::File));
    valueOf(store().saveContacts({person(QStringLiteral("c1"), QStringLiteral("María Keller"), {work})},
                                 NameSource::File));
    QCOMPARE(nameOf(m_maria), QStringLiteral("Mum"));
    // Said of a contact's number it is the contact's name too, and stays when that goes.
    valueOf(store().rename(m_work, QStringLiteral("Office")));
    QCOMPARE(reader().contact(QStringLiteral("c1"))->contact.name, QStringLiteral("Office"));
    valueOf(store().removeContacts({QStringLiteral("c1")}));
    QCOMPARE(nameOf(m_work), QStringLiteral("Office"));
    valueOf(store().rename(m_work, QString()));
    QVERIFY(nameOf(m_work).isEmpty());
}

void TestContacts::whatAPersonSaysLastWins() {
    valueOf(store().rename(m_maria, QStringLiteral("Mum")));
    valueOf(store().saveContacts({mariaKeller()}, NameSource::Person));
    QCOMPARE(nameOf(m_maria), QStringLiteral("María Keller"));
    valueOf(store().rename(m_maria, QStringLiteral("Mum")));
    QCOMPARE(nameOf(m_work), QStringLiteral("Mum"));
    // A change of something else says nothing of the name, and neither does a contact without one.
    ContactRecord noted = *reader().contact(QStringLiteral("c1"));
    noted.contact.note = QStringLiteral("called");
    valueOf(store().saveContacts({noted}, NameSource::Person));
    QCOMPARE(nameOf(m_maria), QStringLiteral("Mum"));
    valueOf(store().saveContacts({person(QStringLiteral("c2"), QString(), {maria})}, NameSource::Person));
    QCOMPARE(nameOf(m_maria), QStringLiteral("Mum"));
}

void TestContacts::mergedInOneStep() {
    valueOf(store().saveContacts({person(QStringLiteral("c1"), QStringLiteral("Mary"), {maria}),
                                  person(QStringLiteral("c2"), QStringLiteral("Mary"), {work})},
                                 NameSource::Person));
    valueOf(store().changeContacts({QStringLiteral("c2")},
                                   {person(QStringLiteral("c1"), QStringLiteral("Mary"), {maria, work})},
                                   NameSource::File));
    QCOMPARE(reader().contactIds(), QStringList{QStringLiteral("c1")});
    QCOMPARE(nameOf(m_work), QStringLiteral("Mary"));
    QCOMPARE(errorOf(store().changeContacts({QStringLiteral("c1")},
                                            {person({}, QStringLiteral("Nobody"), {})}, NameSource::File)),
             StoreErrorKind::NotFound);
    QCOMPARE(reader().contactCount(), 1);
}

void TestContacts::foundBy_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("ids");
    const QString c1(QStringLiteral("c1")), c2(QStringLiteral("c2")), c3(QStringLiteral("c3"));
    QTest::newRow("nothing: by name") << QString() << QStringList{c2, c1, c3};
    QTest::newRow("spaces") << QStringLiteral("  ") << QStringList{c2, c1, c3};
    QTest::newRow("accents") << QStringLiteral("MARIA") << QStringList{c1};
    QTest::newRow("organisation") << QStringLiteral("blumen") << QStringList{c1};
    QTest::newRow("last digits") << QStringLiteral("0199") << QStringList{c1};
    QTest::newRow("as written") << QStringLiteral("(212) 555-0177") << QStringList{c3};
    QTest::newRow("nobody") << QStringLiteral("zzz") << QStringList{};
}

void TestContacts::foundBy() {
    QFETCH(QString, typed);
    QFETCH(QStringList, ids);
    valueOf(store().saveContacts(
        {mariaKeller(), person(QStringLiteral("c2"), QStringLiteral("Ångström"), {}),
         person(QStringLiteral("c3"), QStringLiteral("zoé"), {QStringLiteral("+12125550177")})},
        NameSource::Person));
    QCOMPARE(reader().contactIds(typed), ids);
}

void TestContacts::withoutAnId() {
    QCOMPARE(errorOf(store().saveContacts({mariaKeller(), person({}, QStringLiteral("Nobody"), {})},
                                          NameSource::Person)),
             StoreErrorKind::NotFound);
    QCOMPARE(reader().contactCount(), 0);
}

void TestContacts::manyAtOnce() {
    QList<ContactRecord> many;
    for (int i = 0; i < 3000; ++i)
        many.append(person(QStringLiteral("c%1").arg(i), QStringLiteral("Customer %1").arg(i),
                           {QStringLiteral("+1415%1").arg(2000000 + i)}));
    many.append(person(QStringLiteral("m"), QStringLiteral("Maria"), {maria}));
    const Changes changes = valueOf(store().saveContacts(many, NameSource::File));
    QCOMPARE(changes.conversations, QList{m_maria});
    QCOMPARE(reader().contactCount(), 3001);
    QCOMPARE(reader().contactOf(QStringLiteral("+14152002999"))->contact.name,
             QStringLiteral("Customer 2999"));
}

QTEST_GUILESS_MAIN(TestContacts)
#include "tst_contacts.moc"
