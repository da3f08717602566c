#include "people/contact_dialog.h"
#include "people/contact_form.h"
#include "people/known_words.h"
#include "people/merge_dialog.h"
#include "people/people_page.h"
#include "style/banner.h"
#include "support/fake_address_book.h"
#include "support/fake_inbox.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace longcode;
using namespace longcode::people;
using namespace longcode::tests;

namespace {

const phone::Region home{QStringLiteral("US")};

} // namespace

/// The contacts page, its form and the merging, by keys and clicks over an address book in memory.
class TestPeople : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void listsAndReads();
    void searchesAsOneTypes();
    void editsByKeys();
    void saysWhatIsWrongAtTheField();
    void keepsLanguageAndZone_data();
    void keepsLanguageAndZone();
    void addsAndRemovesRows();
    void asksBeforeChangesAreThrownAway();
    void failureKeepsTheDialog();
    void deletesOnlyAfterTheQuestion();
    void textsANumber();
    void mergesWithAChoice();
    void exportsAndUndoes();
    void beginsWithTheNumber();

private:
    void open(const QString &id);
    [[nodiscard]] ContactDialog *dialog() const { return child<ContactDialog>(*m_page, "contactDialog"); }
    void fill(const char *field, const QString &text) { type(child<QLineEdit>(*dialog(), field), text); }
    void press(const char *button) {
        QTest::mouseClick(child<QAbstractButton>(*m_page, button), Qt::LeftButton);
    }

    SampleClock m_clock;
    std::unique_ptr<FakeAddressBook> m_book;
    std::unique_ptr<FakeAccount> m_account;
    std::unique_ptr<PeoplePage> m_page;
};

void TestPeople::init() {
    failOnAnyWarning();
    m_book = std::make_unique<FakeAddressBook>();
    m_book->setContacts(sampleContacts());
    m_account = std::make_unique<FakeAccount>();
    m_page = std::make_unique<PeoplePage>(*m_book, *m_account, m_clock);
    m_page->resize(1000, 700);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestPeople::cleanup() {
    m_page.reset();
    m_account.reset();
    m_book.reset();
}

void TestPeople::open(const QString &id) {
    m_page->openContact(contacts::ContactId(id));
}

void TestPeople::listsAndReads() {
    auto *list = child<QListView>(*m_page, "peopleList");
    QCOMPARE(list->model()->rowCount(), 5);
    QCOMPARE(child<QLabel>(*m_page, "peopleCount")->text(), QStringLiteral("5 contacts"));
    const QModelIndexList found =
        list->model()->match(list->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("Maria Keller"));
    QCOMPARE(found.size(), 1);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(found.first()).center());
    QCOMPARE(child<QLabel>(*m_page, "contactTitle")->text(), QStringLiteral("Maria Keller"));
    QCOMPARE(child<QLabel>(*m_page, "contactSubtitle")->text(), QStringLiteral("Keller & Sons"));
    QCOMPARE(child<QLabel>(*m_page, "contactNumberWords1")->text(), QStringLiteral("(212) 555-0189"));
    QCOMPARE(child<QLabel>(*m_page, "factLanguage")->text(), QStringLiteral("English (en)"));
    // 10:43 UTC in November is 5:43 in New York.
    const QString zone = child<QLabel>(*m_page, "factZone")->text();
    QVERIFY2(zone.startsWith(QStringLiteral("America/New York, now ")) &&
                 zone.contains(QStringLiteral("5:43")),
             qPrintable(zone));
    QCOMPARE(child<QLabel>(*m_page, "factCustom0")->text(), QStringLiteral("K-1043"));
}

void TestPeople::searchesAsOneTypes() {
    m_page->focusSearch();
    QTest::keyClicks(child<QLineEdit>(*m_page, "peopleSearch"), QStringLiteral("maria"));
    auto *list = child<QListView>(*m_page, "peopleList");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTRY_COMPARE(child<QLabel>(*m_page, "peopleCount")->text(), QStringLiteral("1 of 5 contacts"));
    QTest::keyClick(child<QLineEdit>(*m_page, "peopleSearch"), Qt::Key_Down);
    QVERIFY(list->hasFocus());
    QCOMPARE(child<QLabel>(*m_page, "contactTitle")->text(), QStringLiteral("Maria Keller"));
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(dialog());
    QCOMPARE(child<QLineEdit>(*dialog(), "contactName")->text(), QStringLiteral("Maria Keller"));
}

void TestPeople::editsByKeys() {
    open(QStringLiteral("contact-1"));
    QTest::keyClick(m_page.get(), Qt::Key_F2);
    QVERIFY(QTest::qWaitForWindowExposed(dialog()));
    fill("contactName", QStringLiteral("Maria K."));
    fill("contactOrganisation", QStringLiteral("Keller GmbH"));
    child<QPlainTextEdit>(*dialog(), "contactNote")->setPlainText(QStringLiteral("One.\nTwo."));
    QTest::keyClick(child<QLineEdit>(*dialog(), "contactName"), Qt::Key_Return);
    const contacts::Contact kept = *m_book->contact(contacts::ContactId(QStringLiteral("contact-1")));
    QCOMPARE(kept.name, QStringLiteral("Maria K."));
    QCOMPARE(kept.organisation, QStringLiteral("Keller GmbH"));
    QCOMPARE(kept.note, QStringLiteral("One.\nTwo."));
    QCOMPARE(kept.numbers.size(), 2);
    QTRY_COMPARE(child<QLabel>(*m_page, "contactTitle")->text(), QStringLiteral("Maria K."));
}

void TestPeople::saysWhatIsWrongAtTheField() {
    m_page->newContact();
    QVERIFY(QTest::qWaitForWindowActive(dialog()));
    press("saveContactButton");
    QVERIFY(child<QLabel>(*dialog(), "contactNameProblem")->isVisible());
    QCOMPARE(dialog()->focusWidget(), child<QLineEdit>(*dialog(), "contactName"));
    fill("contactName", QStringLiteral("Jo"));
    fill("contactNumberFirst0", QStringLiteral("12"));
    fill("contactZone", QStringLiteral("Atlantis"));
    press("saveContactButton");
    QVERIFY(!child<QLabel>(*dialog(), "contactNameProblem")->isVisible());
    QVERIFY(child<QLabel>(*dialog(), "contactNumberProblem0")->isVisible());
    QVERIFY(child<QLabel>(*dialog(), "contactZoneProblem")->isVisible());
    QCOMPARE(dialog()->focusWidget(), child<QLineEdit>(*dialog(), "contactNumberFirst0"));
    QCOMPARE(m_book->count(), 5);
    fill("contactNumberFirst0", QStringLiteral("212 555 0190"));
    fill("contactZone", QString());
    press("saveContactButton");
    QCOMPARE(m_book->count(), 6);
    QCOMPARE(m_book->all().last().numbers.first().address.wire(), QStringLiteral("+12125550190"));
}

void TestPeople::keepsLanguageAndZone_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("picked") << QStringLiteral("German (de)") << QStringLiteral("Europe/Berlin")
                            << QStringLiteral("de") << QByteArray("Europe/Berlin");
    QTest::newRow("typed") << QStringLiteral("PT-br") << QStringLiteral("america/sao paulo")
                           << QStringLiteral("pt-BR") << QByteArray("America/Sao_Paulo");
    QTest::newRow("by name") << QStringLiteral("french") << QString() << QStringLiteral("fr") << QByteArray();
}

void TestPeople::keepsLanguageAndZone() {
    QFETCH(QString, language);
    QFETCH(QString, zone);
    QFETCH(QString, tag);
    QFETCH(QByteArray, name);
    QCOMPARE(languageTag(language).value_or(QStringLiteral("?")), tag);
    QCOMPARE(zoneName(zone).value_or(QByteArray("?")), name);
    QVERIFY(!languageTag(QStringLiteral("Klingonish")));
    QVERIFY(!zoneName(QStringLiteral("Mars/Olympus")));
}

void TestPeople::addsAndRemovesRows() {
    open(QStringLiteral("contact-1"));
    press("editContactButton");
    QVERIFY(QTest::qWaitForWindowExposed(dialog()));
    press("contactNumberAdd");
    QCOMPARE(dialog()->focusWidget(), child<QLineEdit>(*dialog(), "contactNumberFirst2"));
    QTest::keyClicks(child<QLineEdit>(*dialog(), "contactNumberFirst2"), QStringLiteral("(212) 555-0188"));
    press("saveContactButton");
    QVERIFY(child<QLabel>(*dialog(), "contactNumberProblem2")->isVisible()); // twice
    press("contactNumberRemove0");
    press("contactFieldRemove0");
    press("saveContactButton");
    const contacts::Contact kept = *m_book->contact(contacts::ContactId(QStringLiteral("contact-1")));
    QCOMPARE(kept.numbers.size(), 2);
    QCOMPARE(kept.numbers.last().address.wire(), QStringLiteral("+12125550188"));
    QVERIFY(kept.custom.isEmpty());
}

void TestPeople::asksBeforeChangesAreThrownAway() {
    open(QStringLiteral("contact-1"));
    press("editContactButton");
    QPointer<ContactDialog> open = dialog();
    QVERIFY(QTest::qWaitForWindowExposed(open));
    fill("contactName", QStringLiteral("Other"));
    QTest::keyClick(open, Qt::Key_Escape);
    QVERIFY(open && open->isVisible());
    QVERIFY(child<QLabel>(*open, "contactTrouble")->isVisible());
    QTest::keyClick(open, Qt::Key_Escape);
    QTRY_VERIFY(!open);
    QCOMPARE(m_book->contact(contacts::ContactId(QStringLiteral("contact-1")))->name,
             QStringLiteral("Maria Keller"));
}

void TestPeople::failureKeepsTheDialog() {
    m_book->problem = Failure{QStringLiteral("The disk is full."), QStringLiteral("Make room.")};
    open(QStringLiteral("contact-1"));
    press("editContactButton");
    fill("contactName", QStringLiteral("Other"));
    press("saveContactButton");
    QTRY_VERIFY(child<QLabel>(*dialog(), "contactTrouble")->isVisible());
    QCOMPARE(child<QLabel>(*dialog(), "contactTrouble")->text(),
             QStringLiteral("The disk is full. Make room."));
}

void TestPeople::deletesOnlyAfterTheQuestion() {
    open(QStringLiteral("contact-4"));
    press("deleteContactButton");
    auto *question = child<QMessageBox>(*m_page, "deleteContactQuestion");
    QCOMPARE(question->textFormat(), Qt::PlainText);
    QVERIFY(question->text().contains(QStringLiteral("<b>Bold</b>")));
    QTest::keyClick(question, Qt::Key_Escape);
    QCOMPARE(m_book->count(), 5);
    QTRY_VERIFY(!m_page->findChild<QMessageBox *>());
    press("deleteContactButton");
    press("confirmDeleteButton");
    QTRY_COMPARE(m_book->count(), 4);
    QTRY_VERIFY(child<QLabel>(*m_page, "peopleEmpty")->isVisible());
}

void TestPeople::textsANumber() {
    const QSignalSpy asked(m_page.get(), &PeoplePage::textRequested);
    open(QStringLiteral("contact-1"));
    press("textNumberButton1");
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<phone::Address>().wire(), QStringLiteral("+12125550189"));
}

void TestPeople::mergesWithAChoice() {
    QList<contacts::Contact> all = sampleContacts();
    contacts::Contact twin;
    twin.id = contacts::ContactId(QStringLiteral("contact-6"));
    twin.name = QStringLiteral("M. Keller");
    twin.numbers = {{phone::fromWire(QStringLiteral("+12125550191")), {}}};
    all.append(twin);
    m_book->setContacts(all);
    m_book->duplicates = {{all.first().id, twin.id}};
    const int usual = QApplication::doubleClickInterval();
    QApplication::setDoubleClickInterval(2000); // slow machines look in time too
    child<QAction>(*m_page, "duplicatesAction")->trigger();
    auto *merging = child<MergeDialog>(*m_page, "mergeDialog");
    QVERIFY(QTest::qWaitForWindowExposed(merging));
    QVERIFY(child<QRadioButton>(*merging, "mergeName0")->isChecked());
    QVERIFY(child<QLabel>(*merging, "mergeNumbers")->text().contains(QStringLiteral("(212) 555-0191")));
    child<QRadioButton>(*merging, "mergeName1")->click();
    auto *merge = child<QPushButton>(*merging, "mergeButton");
    QVERIFY(!merge->isEnabled()); // a double click would merge what nobody has seen yet
    QVERIFY(!merge->hasFocus());
    QTRY_VERIFY(merge->isEnabled());
    QApplication::setDoubleClickInterval(usual);
    press("mergeButton");
    QTRY_COMPARE(m_book->count(), 5);
    const auto kept = m_book->of(phone::fromWire(QStringLiteral("+12125550191")));
    QVERIFY(kept);
    QCOMPARE(kept->name, QStringLiteral("M. Keller"));
    QCOMPARE(kept->numbers.size(), 3);
    QTRY_VERIFY(!m_page->findChild<MergeDialog *>());
    m_book->duplicates.clear();
    child<QAction>(*m_page, "duplicatesAction")->trigger();
    QVERIFY(child<style::Banner>(*m_page, "peopleSaid")->isVisible());
}

void TestPeople::exportsAndUndoes() {
    m_page->exportTo(QStringLiteral("/tmp/all.vcf"), desk::ContactFormat::VCard);
    QCOMPARE(m_book->exported.size(), 1);
    QVERIFY(m_book->exported.first().second == desk::ContactFormat::VCard);
    QTRY_VERIFY(child<style::Banner>(*m_page, "peopleSaid")->text().contains(QStringLiteral("/tmp/all.vcf")));
    auto *undo = child<QAction>(*m_page, "undoContactsAction");
    QVERIFY(!undo->isEnabled());
    m_book->canUndo = QStringLiteral("the import of people.csv");
    Q_EMIT m_book->changed();
    QVERIFY(undo->isEnabled());
    undo->trigger();
    QCOMPARE(m_book->undone, 1);
}

void TestPeople::beginsWithTheNumber() {
    const phone::Address known = phone::fromWire(QStringLiteral("+12125550188"));
    QCOMPARE(contactFor(*m_book, known, QStringLiteral("x")).name, QStringLiteral("Maria Keller"));
    const phone::Address other = phone::fromWire(QStringLiteral("+12125550777"));
    const contacts::Contact begun = contactFor(*m_book, other, QStringLiteral("Tom"));
    QVERIFY(begun.id.isEmpty());
    QCOMPARE(begun.name, QStringLiteral("Tom"));
    QCOMPARE(begun.numbers.first().address, other);
}

QTEST_MAIN(TestPeople)
#include "tst_people.moc"
