#include "contacts/import.h"
#include "contacts/vcard_reader.h"
#include "contacts/vcard_writer.h"

#include <QBuffer>
#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::contacts;

class TestVCard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void readsVersion3();
    void readsVersion4();
    void readsWhatPhonesWriteAs21();
    void readsSeveralCards();
    void readsLabelsOfGroups();
    void passesOverPhotographs();
    void boundsAreKept();
    void aCardWithoutEndIsRefused();
    void writesVersion4();
    void foldsAt75Octets();
    void readsBackWhatItWrote();
};

namespace {

QList<ContactDraft> draftsOf(QByteArray bytes, const VCardLimits &limits = {}) {
    QBuffer file(&bytes);
    file.open(QIODevice::ReadOnly);
    VCardReader reader(file, limits);
    QList<ContactDraft> drafts;
    ContactDraft draft;
    while (reader.read(draft))
        drafts.append(draft);
    return drafts;
}

QByteArray written(const Contact &contact) {
    QBuffer file;
    file.open(QIODevice::WriteOnly);
    writeVCard(file, contact);
    return file.data();
}

QList<RowVerdict> verdictsOf(QByteArray bytes) {
    QBuffer file(&bytes);
    file.open(QIODevice::ReadOnly);
    DryRun run(phone::Region{QStringLiteral("US")}, {});
    QList<RowVerdict> verdicts;
    static_cast<void>(dryRunVCards(file, run, [&verdicts](const RowVerdict &verdict) {
        verdicts.append(verdict);
        return true;
    }));
    return verdicts;
}

} // namespace

void TestVCard::readsVersion3() {
    const auto drafts =
        draftsOf("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\xC3\xAB M\xC3\xBCller\\, Dr.\r\n"
                 "N:M\xC3\xBCller;Zo\xC3\xAB;;Dr.;\r\nORG:Acme\\; Sons;Sales\r\n"
                 "TEL;TYPE=CELL,VOICE;TYPE=pref:+1 212 555 0188\r\nTEL;TYPE=WORK:(212) 555-0199\r\n"
                 "NOTE:line one\\nline \r\n two\r\nLANG:de\r\nTZ:Europe/Berlin\r\n"
                 "X-CUSTOMER-NO:A-17\r\nEND:VCARD\r\n");
    QCOMPARE(drafts.size(), 1);
    const ContactDraft &draft = drafts[0];
    QCOMPARE(draft.name, QStringLiteral("Zoë Müller, Dr."));
    QCOMPARE(draft.familyName, QStringLiteral("Müller"));
    QCOMPARE(draft.givenName, QStringLiteral("Zoë"));
    QCOMPARE(draft.organisation, QStringLiteral("Acme; Sons"));
    QCOMPARE(draft.numbers.size(), 2);
    QCOMPARE(draft.numbers[0].text, QStringLiteral("+1 212 555 0188"));
    QCOMPARE(draft.numbers[0].label, QStringLiteral("mobile"));
    QCOMPARE(draft.numbers[1].label, QStringLiteral("work"));
    QCOMPARE(draft.notes, QStringList{QStringLiteral("line one\nline two")});
    QCOMPARE(draft.language, QStringLiteral("de"));
    QCOMPARE(draft.zone, QStringLiteral("Europe/Berlin"));
    QCOMPARE(draft.custom, (QList<CustomField>{{QStringLiteral("customer no"), QStringLiteral("A-17")}}));
}

void TestVCard::readsVersion4() {
    const auto verdicts = verdictsOf("BEGIN:VCARD\nVERSION:4.0\nFN:Anna\n"
                                     "TEL;VALUE=uri;PREF=1;TYPE=\"voice,cell\":tel:+1-212-555-0188\n"
                                     "TEL;TYPE=fax:tel:+1-212-555-0177\nTEL;VALUE=text:37468\nEND:VCARD\n");
    QCOMPARE(verdicts.size(), 1);
    const Contact &contact = verdicts[0].contact;
    QCOMPARE(contact.numbers.size(), 2);
    QCOMPARE(contact.numbers[0].address.wire(), QStringLiteral("+12125550188"));
    QCOMPARE(contact.numbers[0].label, QStringLiteral("mobile"));
    QCOMPARE(contact.numbers[1].address.kind(), phone::AddressKind::ShortCode);
    QCOMPARE(verdicts[0].mended, QStringList{QStringLiteral("A fax or pager number was left out.")});
}

void TestVCard::readsWhatPhonesWriteAs21() {
    const auto drafts =
        draftsOf("BEGIN:VCARD\r\nVERSION:2.1\r\n"
                 "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=\r\n=AB;;;\r\n"
                 "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Zo=EB=20M=FCller=\r\n Dr=2E\r\n"
                 "TEL;CELL:2125550188\r\nTEL;HOME;VOICE:2125550199\r\n"
                 "NOTE;ENCODING=QUOTED-PRINTABLE:a=3Db=\r\n=0D=0Ac\r\nEND:VCARD\r\n");
    QCOMPARE(drafts.size(), 1);
    QCOMPARE(drafts[0].familyName, QStringLiteral("Müller"));
    QCOMPARE(drafts[0].givenName, QStringLiteral("Zoë"));
    QCOMPARE(drafts[0].name, QStringLiteral("Zoë Müller Dr."));
    QCOMPARE(drafts[0].numbers[0].label, QStringLiteral("mobile"));
    QCOMPARE(drafts[0].numbers[1].label, QStringLiteral("home"));
    QCOMPARE(drafts[0].notes, QStringList{QStringLiteral("a=b\r\nc")});
}

void TestVCard::readsSeveralCards() {
    const auto drafts =
        draftsOf("rubbish before\nBEGIN:VCARD\nFN:A\nTEL:1\nEND:VCARD\n\n\nbegin:vcard\nfn:B\n"
                 "BEGIN:VCARD\nFN:an agent within\nEND:VCARD\ntel:2\nend:vcard\nEND:VCARD\n"
                 "BEGIN:VEVENT\nFN:no card\nEND:VEVENT\nBEGIN:VCARD\nFN:C\nEND:VCARD");
    QCOMPARE(drafts.size(), 3);
    QCOMPARE(drafts[0].name, QStringLiteral("A"));
    QCOMPARE(drafts[0].line, 2);
    QCOMPARE(drafts[1].name, QStringLiteral("B"));
    QCOMPARE(drafts[1].numbers.size(), 1);
    QCOMPARE(drafts[1].line, 8);
    QCOMPARE(drafts[2].name, QStringLiteral("C"));
    QVERIFY(drafts[2].unreadable.isEmpty());
}

void TestVCard::readsLabelsOfGroups() {
    const auto drafts =
        draftsOf("BEGIN:VCARD\nFN:A\nitem1.TEL;type=pref:1\nitem2.TEL:2\nitem1.X-ABLabel:_$!<Mobile>!$_\n"
                 "item2.X-ABLabel:Boat\nX-ABUID:secret\nEND:VCARD\n");
    QCOMPARE(drafts[0].numbers[0].label, QStringLiteral("Mobile"));
    QCOMPARE(drafts[0].numbers[1].label, QStringLiteral("Boat"));
    QVERIFY(drafts[0].custom.isEmpty());
}

void TestVCard::passesOverPhotographs() {
    QByteArray card("BEGIN:VCARD\r\nFN:A\r\nPHOTO;ENCODING=b;TYPE=JPEG:\r\n");
    for (int i = 0; i < 20'000; ++i)
        card += " " + QByteArray(73, 'A') + "\r\n";
    card += "TEL:2125550188\r\nEND:VCARD\r\n";
    const auto drafts = draftsOf(card);
    QCOMPARE(drafts.size(), 1);
    QCOMPARE(drafts[0].numbers.size(), 1);
    QVERIFY(drafts[0].mended.isEmpty());
}

void TestVCard::boundsAreKept() {
    VCardLimits limits;
    limits.propertyBytes = 100;
    limits.properties = 3;
    limits.cards = 1;
    const QByteArray card =
        "BEGIN:VCARD\nFN:" + QByteArray(5000, 'x') + "\nTEL:1\nTEL:2\nTEL:3\nTEL:4\nEND:VCARD\n";
    QByteArray two = card + card;
    QBuffer file(&two);
    file.open(QIODevice::ReadOnly);
    VCardReader reader(file, limits);
    ContactDraft draft;
    QVERIFY(reader.read(draft));
    QVERIFY(draft.name.size() <= 100);
    QCOMPARE(draft.mended, QStringList{QStringLiteral("A value was too long and was cut.")});
    QCOMPARE(draft.numbers.size(), 2);
    QVERIFY(!reader.read(draft));
    QVERIFY(reader.whyEnded().contains(QStringLiteral("more than 1 cards")));
}

void TestVCard::aCardWithoutEndIsRefused() {
    const auto verdicts = verdictsOf("BEGIN:VCARD\nFN:A\nTEL:2125550188\n");
    QCOMPARE(verdicts.size(), 1);
    QCOMPARE(verdicts[0].outcome, Outcome::Refused);
    QVERIFY(verdicts[0].refusal.contains(QStringLiteral("cut off")));
}

void TestVCard::writesVersion4() {
    Contact contact;
    contact.name = QStringLiteral("Müller, Zoë; Dr.");
    contact.givenName = QStringLiteral("Zoë");
    contact.familyName = QStringLiteral("Müller");
    contact.numbers = {{phone::fromWire(QStringLiteral("+12125550188")), QStringLiteral("mobile")},
                       {phone::fromWire(QStringLiteral("+12125550199")), QStringLiteral("Boat")},
                       {phone::fromWire(QStringLiteral("37468")), {}}};
    contact.note = QStringLiteral("a\\b\nc");
    contact.custom = {{QStringLiteral("the \"No\""), QStringLiteral("1;2")}};
    QCOMPARE(
        QString::fromUtf8(written(contact)),
        QStringLiteral("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Müller\\, Zoë\\; Dr.\r\nN:Müller;Zoë;;;\r\n"
                       "TEL;VALUE=uri;TYPE=cell:tel:+12125550188\r\nitem2.TEL;VALUE=uri:tel:+12125550199\r\n"
                       "item2.X-ABLABEL:Boat\r\nTEL;VALUE=text:37468\r\nNOTE:a\\\\b\\nc\r\n"
                       "X-LONGCODE-FIELD;NAME=\"the ^'No^'\":1\\;2\r\nEND:VCARD\r\n"));
}

void TestVCard::foldsAt75Octets() {
    Contact contact;
    contact.name = QStringLiteral("x").repeated(3) + QStringLiteral("😀").repeated(60);
    const QByteArray card = written(contact);
    for (const QByteArray &line : card.split('\n')) {
        QVERIFY(line.size() <= 76); // with the CR
        QVERIFY(line.isValidUtf8());
    }
    QCOMPARE(draftsOf(card)[0].name, contact.name);
}

void TestVCard::readsBackWhatItWrote() {
    Contact contact;
    contact.name = QStringLiteral("BEGIN:VCARD\\n ^n");
    contact.givenName = QStringLiteral("a;b");
    contact.familyName = QStringLiteral("c,d\\");
    contact.organisation = QStringLiteral("E; F");
    contact.numbers = {{phone::fromWire(QStringLiteral("+12125550188")), QStringLiteral("mobile")},
                       {phone::fromWire(QStringLiteral("+12125550199")), QStringLiteral("a; b")},
                       {phone::fromWire(QStringLiteral("37468")), QStringLiteral("work")}};
    contact.note = QStringLiteral("END:VCARD\nBEGIN:VCARD\nTEL:1\n\\n; , : ") +
                   QStringLiteral("long ").repeated(60) + u'!';
    contact.language = QStringLiteral("pt-BR");
    contact.zone = "America/Sao_Paulo";
    contact.custom = {{QStringLiteral("=\"^\":;,"), QStringLiteral("<b>\n</b>")}};
    const auto verdicts = verdictsOf(written(contact));
    QCOMPARE(verdicts.size(), 1);
    QCOMPARE(verdicts[0].contact, contact);
}

QTEST_GUILESS_MAIN(TestVCard)
#include "tst_vcard.moc"
