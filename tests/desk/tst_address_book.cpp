#include "desk/contact_journal.h"
#include "desk/live_address_book.h"
#include "store/desk_values.h"
#include "store/fixture.h"
#include "support/manual_clock.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;
using contacts::Contact;
using contacts::ContactId;

namespace {

const phone::Region home{QStringLiteral("US")};

Contact person(const QString &name, const QStringList &numbers) {
    Contact contact;
    contact.name = name;
    for (const QString &number : numbers)
        contact.numbers.append({phone::fromWire(number), QStringLiteral("mobile")});
    return contact;
}

Contact half() {
    Contact contact = person(QStringLiteral("Half"), {QStringLiteral("+13125550101")});
    contact.id = ContactId(QStringLiteral("x-1"));
    return contact;
}

struct Rig {
    OpenStore open{{}, Place::Memory};
    ManualClock clock;
    std::unique_ptr<LiveAddressBook> book;
    std::unique_ptr<QAbstractItemModelTester> tester;

    Rig() { start(); }
    void start() {
        tester.reset();
        book = std::make_unique<LiveAddressBook>(*open.store, *open.reader, open.folder.path(), home, clock);
        tester = std::make_unique<QAbstractItemModelTester>(
            &book->contacts(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    /// As after the end of the program.
    void restart() {
        tester.reset();
        book.reset();
        open.reopen();
        start();
    }
    QString file(const QString &name, const QByteArray &content) {
        QFile file(open.folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write a file");
        return file.fileName();
    }
    [[nodiscard]] QStringList names() {
        QStringList names;
        for (int row = 0; row < book->contacts().rowCount(); ++row)
            names.append(book->contacts().index(row, 0).data().toString());
        return names;
    }
    /// An import that has got as far as writing down that it will add this contact.
    [[nodiscard]] bool beginsToImport(ContactJournal &journal, const Contact &added) const {
        return journal.begin({JournalKind::Import, QStringLiteral("half.csv"), clock.now()}) &&
               journal.write({{Contact(), added}});
    }
    [[nodiscard]] QStringList kept() {
        QStringList all;
        for (const QString &id : open.reader->contactIds()) {
            const Contact contact = open.reader->contact(id)->contact;
            QStringList numbers;
            for (const auto &number : contact.numbers)
                numbers.append(number.address.wire());
            all.append(contact.name + QLatin1Char('=') + numbers.join(QLatin1Char(',')));
        }
        all.sort();
        return all;
    }
};

template <typename T>
Result<T, Failure> answerOf(const QFuture<Result<T, Failure>> &future) {
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        qFatal("no answer came");
    return future.result();
}

template <typename T>
T goodAnswer(const QFuture<Result<T, Failure>> &future) {
    const auto answer = answerOf(future);
    if (!answer)
        qFatal("%s", qUtf8Printable(answer.error().what));
    return *answer;
}

} // namespace

class TestAddressBook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void savesAndFinds();
    void takesNumbersOver();
    void tellsColleagues();
    void previewsWithoutChanging();
    void importsAndTakesBack();
    void importMergesIntoWhatIsThere();
    void undoLeavesWhatPeopleChanged();
    void importThatFailsLeavesNothing();
    void importCutShortIsTakenBackAtTheNextStart();
    void anImportUnderWayIsNotForgotten();
    void theEndDoesNotWaitForTheWayBack();
    void theListIsReadOnceForAnImport();
    void importsLeaveWhatPeopleTyped();
    void cancelledImport();
    void tenThousandBrokenNumbers();
    void mergesAndTakesBack();
    void likelyDuplicates();
    void exportsAreSafeAndReadAgain_data();
    void exportsAreSafeAndReadAgain();
    void cannotWriteOrRead();
};

void TestAddressBook::savesAndFinds() {
    Rig rig;
    QSignalSpy changed(rig.book.get(), &AddressBook::changed);
    const auto id = goodAnswer(
        rig.book->save(person(QStringLiteral("Maria\u202E Lopez"), {maria, QStringLiteral("+12125550189")})));
    QVERIFY(!id.isEmpty());
    QTRY_COMPARE(rig.names(), QStringList{QStringLiteral("Maria Lopez")});
    QVERIFY(!changed.isEmpty());
    QCOMPARE(rig.book->count(), 1);
    QCOMPARE(rig.book->of(phone::fromWire(QStringLiteral("+12125550189")))->id, id);
    QVERIFY(!rig.book->of(phone::fromWire(QStringLiteral("+12125550100"))));
    goodAnswer(rig.book->save(person(QStringLiteral("Tom"), {QStringLiteral("+13125550123")})));
    QTRY_COMPARE(rig.names(), (QStringList{QStringLiteral("Maria Lopez"), QStringLiteral("Tom")}));
    rig.book->setSearch(QStringLiteral("lop"));
    QCOMPARE(rig.names(), QStringList{QStringLiteral("Maria Lopez")});
    rig.book->setSearch({});
    Contact changedOne = *rig.book->contact(id);
    changedOne.zone = QByteArrayLiteral("America/New_York");
    goodAnswer(rig.book->save(changedOne));
    QCOMPARE(rig.book->contact(id)->zone, QByteArrayLiteral("America/New_York"));
    QCOMPARE(rig.book->count(), 2);
    goodAnswer(rig.book->remove(id));
    QTRY_COMPARE(rig.names(), QStringList{QStringLiteral("Tom")});
}

void TestAddressBook::takesNumbersOver() {
    Rig rig;
    const auto first =
        goodAnswer(rig.book->save(person(QStringLiteral("A"), {maria, QStringLiteral("+12125550189")})));
    goodAnswer(rig.book->save(person(QStringLiteral("B"), {maria})));
    QCOMPARE(rig.kept(), (QStringList{QStringLiteral("A=+12125550189"), QStringLiteral("B=") + maria}));
    QCOMPARE(rig.book->contact(first)->numbers.size(), 1);
}

void TestAddressBook::tellsColleagues() {
    Rig rig;
    QSignalSpy named(rig.book.get(), &LiveAddressBook::namedHere);
    const auto id = goodAnswer(rig.book->save(person(QStringLiteral("A"), {maria})));
    QCOMPARE(named.size(), 1);
    QCOMPARE(named.first(), (QList<QVariant>{maria, QStringLiteral("A")}));
    Contact noted = *rig.book->contact(id);
    noted.note = QStringLiteral("for us alone");
    goodAnswer(rig.book->save(noted));
    QCOMPARE(named.size(), 1);
}

void TestAddressBook::previewsWithoutChanging() {
    Rig rig;
    goodAnswer(rig.book->save(person(QStringLiteral("Maria"), {maria})));
    const QString path = rig.file(QStringLiteral("people.csv"), "Name;Phone\n"
                                                                "Tom;(312) 555-0123\n"
                                                                "M. Lopez;+1 212 555 0188\n"
                                                                "Nobody;12-34\n"
                                                                "Hid\xE2\x80\xAE"
                                                                "den;+13125550124\n"
                                                                "Empty;\n");
    const ImportPreview preview = goodAnswer(rig.book->preview(path));
    QCOMPARE(preview.fileName, QStringLiteral("people.csv"));
    QCOMPARE(preview.format, ContactFormat::Csv);
    QCOMPARE(preview.totals.parsed, 1);
    QCOMPARE(preview.totals.mended, 1);
    QCOMPARE(preview.totals.merged, 1);
    QCOMPARE(preview.totals.refused, 2);
    QCOMPARE(preview.merged.first().into, rig.book->of(phone::fromWire(maria))->id);
    QVERIFY(!preview.refused.first().refusal.isEmpty());
    QCOMPARE(preview.whyEnded, QString());
    QCOMPARE(rig.book->count(), 1);
    QCOMPARE(rig.book->undoable(), QString());
}

void TestAddressBook::importsAndTakesBack() {
    Rig rig;
    goodAnswer(rig.book->save(person(QStringLiteral("Zoe"), {QStringLiteral("+12125550177")})));
    const QStringList before = rig.kept();
    QByteArray csv = "Name,Phone,Phone 2,Notes\n";
    for (int i = 0; i < 1300; ++i) // several transactions
        csv += "P" + QByteArray::number(i) + ",+1312555" + QByteArray::number(1000 + i) + ",,n\n";
    csv += "Again,+13125551000,+13125559999,more\n"; // into a row of an earlier transaction
    const auto totals = goodAnswer(rig.book->import(rig.file(QStringLiteral("people.csv"), csv)));
    QCOMPARE(totals.parsed, 1300);
    QCOMPARE(totals.merged, 1);
    QCOMPARE(rig.book->count(), 1301);
    const auto first = rig.book->of(phone::fromWire(QStringLiteral("+13125559999")));
    QCOMPARE(first->name, QStringLiteral("P0"));
    QCOMPARE(first->note, QStringLiteral("n\nmore"));
    QVERIFY(rig.book->undoable().contains(QStringLiteral("people.csv")));
    // A week later.
    rig.restart();
    QVERIFY(rig.book->undoable().contains(QStringLiteral("people.csv")));
    QVERIFY(goodAnswer(rig.book->undoLast()).contains(QStringLiteral("1300")));
    QCOMPARE(rig.kept(), before);
    QCOMPARE(rig.book->undoable(), QString());
    QVERIFY(!answerOf(rig.book->undoLast()));
}

void TestAddressBook::importMergesIntoWhatIsThere() {
    Rig rig;
    const auto id = goodAnswer(rig.book->save(person(QStringLiteral("Maria"), {maria})));
    const Contact before = *rig.book->contact(id);
    goodAnswer(rig.book->import(rig.file(QStringLiteral("a.vcf"), "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Other\r\n"
                                                                  "TEL:+12125550188\r\nTEL:+12125550190\r\n"
                                                                  "END:VCARD\r\n")));
    QCOMPARE(rig.book->contact(id)->numbers.size(), 2);
    QCOMPARE(rig.book->contact(id)->name, QStringLiteral("Maria"));
    goodAnswer(rig.book->undoLast());
    QCOMPARE(*rig.book->contact(id), before);
}

void TestAddressBook::undoLeavesWhatPeopleChanged() {
    Rig rig;
    goodAnswer(
        rig.book->import(rig.file(QStringLiteral("a.csv"), "Name,Phone\nA,+13125550101\nB,+13125550102\n")));
    Contact changed = *rig.book->of(phone::fromWire(QStringLiteral("+13125550102")));
    changed.note = QStringLiteral("called");
    goodAnswer(rig.book->save(changed));
    const QString words = goodAnswer(rig.book->undoLast());
    QCOMPARE(rig.kept(), QStringList{QStringLiteral("B=+13125550102")});
    QVERIFY2(words.contains(QStringLiteral("B was changed after the import")), qPrintable(words));
}

void TestAddressBook::importThatFailsLeavesNothing() {
    OpenStore open({}, Place::Memory);
    open.reopen({.maximumPages = 1});
    const ManualClock clock;
    LiveAddressBook book(*open.store, *open.reader, open.folder.path(), home, clock);
    QFile file(open.folder.filePath(QStringLiteral("many.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Name,Phone\n");
    for (int i = 0; i < 5000; ++i)
        file.write("P" + QByteArray::number(i) + ",+1312555" + QByteArray::number(1000 + i) + "\n");
    file.close();
    const auto answer = answerOf(book.import(file.fileName()));
    QVERIFY(!answer);
    QVERIFY(!answer.error().what.isEmpty());
    QCOMPARE(book.count(), 0);
    QCOMPARE(book.undoable(), QString());
}

void TestAddressBook::importCutShortIsTakenBackAtTheNextStart() {
    Rig rig;
    const Contact added = half();
    ContactJournal journal(rig.open.folder.path());
    QVERIFY(rig.beginsToImport(journal, added));
    valueOf(rig.open.store->saveContacts({{added}}, store::NameSource::File));
    // Here the program ended.
    rig.restart();
    QTRY_COMPARE(rig.book->count(), 0);
    QTRY_VERIFY(!QFile::exists(ContactJournal::underWayPath(rig.open.folder.path())));
}

// One that is not taken back yet must not be written over by the next.
void TestAddressBook::anImportUnderWayIsNotForgotten() {
    Rig rig;
    const Contact added = half();
    ContactJournal journal(rig.open.folder.path());
    QVERIFY(rig.beginsToImport(journal, added));
    ContactJournal second(rig.open.folder.path());
    QVERIFY(!second.begin({JournalKind::Import, QStringLiteral("next.csv"), rig.clock.now()}));
    valueOf(rig.open.store->saveContacts({{added}}, store::NameSource::File));
    goodAnswer(rig.book->import(rig.file(QStringLiteral("next.csv"), "Name,Phone\nNext,+13125550102\n")));
    QCOMPARE(rig.kept(), QStringList{QStringLiteral("Next=+13125550102")});
    QVERIFY(rig.book->undoable().contains(QStringLiteral("next.csv")));
}

void TestAddressBook::theEndDoesNotWaitForTheWayBack() {
    Rig rig;
    QByteArray csv = "Name,Phone\n";
    for (int i = 0; i < 20'000; ++i)
        csv += "P" + QByteArray::number(i) + ",+131255" + QByteArray::number(10'000 + i) + "\n";
    const auto future = rig.book->import(rig.file(QStringLiteral("people.csv"), csv));
    QTRY_VERIFY(rig.book->count() > 0);
    rig.tester.reset();
    rig.book.reset();
    // Some of it is still there: it was not taken back while the window waited to close.
    QVERIFY(rig.open.reader->contactCount() > 0);
    QVERIFY(QFile::exists(ContactJournal::underWayPath(rig.open.folder.path())));
    rig.restart();
    QTRY_COMPARE_WITH_TIMEOUT(rig.book->count(), 0, 60'000);
    QTRY_VERIFY(!QFile::exists(ContactJournal::underWayPath(rig.open.folder.path())));
}

void TestAddressBook::theListIsReadOnceForAnImport() {
    Rig rig;
    QByteArray csv = "Name,Phone\n";
    for (int i = 0; i < 10'000; ++i)
        csv += "P" + QByteArray::number(i) + ",+131255" + QByteArray::number(10'000 + i) + "\n";
    QSignalSpy resets(&rig.book->contacts(), &QAbstractItemModel::modelReset);
    goodAnswer(rig.book->import(rig.file(QStringLiteral("people.csv"), csv)));
    QCOMPARE(resets.size(), 0);
    QTRY_COMPARE(rig.book->contacts().rowCount(), rig.book->count());
    QVERIFY(rig.book->count() > 0);
    QCOMPARE(resets.size(), 1);
}

void TestAddressBook::importsLeaveWhatPeopleTyped() {
    Rig rig;
    const auto conversation = valueOf(rig.open.store->begin({maria, ours}, at(0)));
    const auto shown = [&] { return rig.open.reader->conversation(conversation)->name; };
    valueOf(rig.open.store->rename(conversation, QStringLiteral("Mum")));
    goodAnswer(rig.book->import(rig.file(QStringLiteral("a.csv"), "Name,Phone\nM. Lopez,+1 212 555 0188\n")));
    QCOMPARE(shown(), QStringLiteral("Mum"));
    goodAnswer(rig.book->undoLast());
    QCOMPARE(shown(), QStringLiteral("Mum"));
    goodAnswer(rig.book->import(rig.file(QStringLiteral("a.csv"), "Name,Phone\nM. Lopez,+1 212 555 0188\n")));
    goodAnswer(rig.book->remove(rig.book->of(phone::fromWire(maria))->id));
    QCOMPARE(shown(), QStringLiteral("Mum"));
}

void TestAddressBook::cancelledImport() {
    Rig rig;
    QByteArray csv = "Name,Phone\n";
    for (int i = 0; i < 20'000; ++i)
        csv += "P" + QByteArray::number(i) + ",+131255" + QByteArray::number(10'000 + i) + "\n";
    auto future = rig.book->import(rig.file(QStringLiteral("people.csv"), csv));
    QTRY_VERIFY(rig.book->count() > 0);
    future.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(rig.book->count(), 0, 60'000);
    QCOMPARE(rig.book->undoable(), QString());
}

void TestAddressBook::tenThousandBrokenNumbers() {
    Rig rig;
    QByteArray csv = "Name,Phone\n";
    for (int i = 0; i < 10'000; ++i) {
        const QByteArray number = QByteArray::number(1000 + i % 9000);
        const QByteArray broken = i % 5 == 0   ? QByteArray("12-" + number)
                                  : i % 5 == 1 ? QByteArray("1.2125550188E+99")
                                  : i % 5 == 2 ? QByteArray("n/a")
                                  : i % 5 == 3 ? QByteArray("<b>" + number + "</b>")
                                               : QByteArray("\xE2\x80\x8B");
        csv += "<img src=http://x/" + number + ">," + broken + "\n";
    }
    csv += "Good,+13125550101\n";
    const QString path = rig.file(QStringLiteral("broken.csv"), csv);
    const ImportPreview preview = goodAnswer(rig.book->preview(path));
    QCOMPARE(preview.totals.rows(), 10'001);
    QCOMPARE(preview.totals.refused, 10'000);
    QCOMPARE(preview.refused.size(), 1'000);
    QCOMPARE(goodAnswer(rig.book->import(path)).refused, 10'000);
    QCOMPARE(rig.kept(), QStringList{QStringLiteral("Good=+13125550101")});
}

void TestAddressBook::mergesAndTakesBack() {
    Rig rig;
    const auto a = goodAnswer(rig.book->save(person(QStringLiteral("Maria"), {maria})));
    const auto b =
        goodAnswer(rig.book->save(person(QStringLiteral("M. Lopez"), {QStringLiteral("+12125550190")})));
    const QStringList before = rig.kept();
    const Contact together = rig.book->merged({a, b});
    QCOMPARE(together.numbers.size(), 2);
    QCOMPARE(together.name, QStringLiteral("Maria"));
    QCOMPARE(goodAnswer(rig.book->merge({a, b}, together)), a);
    QCOMPARE(rig.book->count(), 1);
    QVERIFY(rig.book->undoable().contains(QStringLiteral("Maria")));
    rig.restart();
    goodAnswer(rig.book->undoLast());
    QCOMPARE(rig.kept(), before);
}

void TestAddressBook::likelyDuplicates() {
    Rig rig;
    goodAnswer(rig.book->save(person(QStringLiteral("Maria Lopez"), {maria})));
    goodAnswer(rig.book->save(person(QStringLiteral("maria  lopez"), {QStringLiteral("+12125550190")})));
    goodAnswer(rig.book->save(person(QStringLiteral("Tom"), {QStringLiteral("+13125550123")})));
    goodAnswer(rig.book->save(person(QStringLiteral("Elif"), {QStringLiteral("+13125550124")})));
    const auto groups = rig.book->likelyDuplicates();
    QCOMPARE(groups.size(), 1);
    QCOMPARE(groups.first().size(), 2);
    goodAnswer(rig.book->save(person(QStringLiteral("TOM"), {QStringLiteral("+13125550125")})));
    QCOMPARE(rig.book->likelyDuplicates().size(), 2);
}

void TestAddressBook::exportsAreSafeAndReadAgain_data() {
    QTest::addColumn<ContactFormat>("format");
    QTest::addColumn<QString>("name");
    QTest::newRow("csv") << ContactFormat::Csv << QStringLiteral("out.csv");
    QTest::newRow("vcard") << ContactFormat::VCard << QStringLiteral("out.vcf");
}

void TestAddressBook::exportsAreSafeAndReadAgain() {
    QFETCH(ContactFormat, format);
    QFETCH(QString, name);
    Rig rig;
    Contact evil =
        person(QStringLiteral("=HYPERLINK(\"http://x\")"), {maria, QStringLiteral("+12125550190")});
    evil.note = QStringLiteral("two\nlines; and, more");
    goodAnswer(rig.book->save(evil));
    goodAnswer(rig.book->save(person(QStringLiteral("نور"), {QStringLiteral("+97145550100")})));
    const QStringList before = rig.kept();
    const QString path = rig.open.folder.filePath(name);
    QCOMPARE(goodAnswer(rig.book->exportTo(path, format)), 2);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    if (format == ContactFormat::Csv)
        QVERIFY2(bytes.contains("'=HYPERLINK") && !bytes.contains("\n=HYPERLINK"), bytes.constData());
    else
        QVERIFY(bytes.startsWith("BEGIN:VCARD\r\nVERSION:4.0\r\n"));
    for (const QString &id : rig.open.reader->contactIds())
        goodAnswer(rig.book->remove(ContactId(id)));
    goodAnswer(rig.book->import(path));
    QCOMPARE(rig.kept(), before);
}

void TestAddressBook::cannotWriteOrRead() {
    Rig rig;
    const auto unread = answerOf(rig.book->preview(QStringLiteral("/nonexistent/people.csv")));
    QVERIFY(!unread);
    QVERIFY(!unread.error().remedy.isEmpty());
    QVERIFY(!answerOf(rig.book->exportTo(QStringLiteral("/nonexistent/out.csv"), ContactFormat::Csv)));
    const auto none = answerOf(rig.book->import(rig.file(QStringLiteral("a.csv"), "Name,Town\nA,Rome\n")));
    QVERIFY(!none);
    QVERIFY(none.error().what.contains(QStringLiteral("a.csv")));
}

QTEST_GUILESS_MAIN(TestAddressBook)
#include "tst_address_book.moc"
