#include "people/import_wizard.h"
#include "people/verdict_model.h"
#include "support/fake_address_book.h"
#include "ui/gui_test.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryFile>

using namespace longcode;
using namespace longcode::people;
using namespace longcode::tests;

/// Bringing contacts in: choose, look, take over, take back.
class TestPeopleImport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void asksForAFileThatIsThere();
    void showsWhatWouldHappen();
    void readingCanBeStopped();
    void importsAndUndoes();
    void nothingToTakeEndsThere();
    void failureIsSaid();
    void verdictsAreOneLine();

private:
    void choose();
    [[nodiscard]] QString words(const char *label) const { return child<QLabel>(*m_wizard, label)->text(); }
    void press(const char *button) {
        QTest::mouseClick(child<QAbstractButton>(*m_wizard, button), Qt::LeftButton);
    }

    FakeAddressBook m_book;
    QTemporaryFile m_file;
    QPointer<ImportWizard> m_wizard;
};

void TestPeopleImport::init() {
    failOnAnyWarning();
    m_book.previewed.clear();
    m_book.imported.clear();
    m_book.undone = 0;
    m_book.canUndo.clear();
    QVERIFY(m_file.open());
    m_wizard = new ImportWizard(m_book, {QStringLiteral("US")});
    m_wizard->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_wizard));
}

void TestPeopleImport::cleanup() {
    delete m_wizard;
}

void TestPeopleImport::choose() {
    m_wizard->setFile(m_file.fileName());
    press("importNextButton");
}

void TestPeopleImport::asksForAFileThatIsThere() {
    QVERIFY(!child<QAbstractButton>(*m_wizard, "importNextButton")->isEnabled());
    type(child<QLineEdit>(*m_wizard, "importPath"), QStringLiteral("/nowhere/people.csv"));
    QVERIFY(!child<QAbstractButton>(*m_wizard, "importNextButton")->isEnabled());
    QVERIFY(!words("importPathProblem").isEmpty());
    m_wizard->setFile(m_file.fileName());
    QVERIFY(child<QAbstractButton>(*m_wizard, "importNextButton")->isEnabled());
    QVERIFY(words("importPathProblem").isEmpty());
}

void TestPeopleImport::showsWhatWouldHappen() {
    choose();
    QCOMPARE(m_book.previewed, QStringList{m_file.fileName()});
    QVERIFY(!child<QAbstractButton>(*m_wizard, "importCommitButton")->isEnabled());
    m_book.setPreviewProgress(40);
    QTRY_COMPARE(child<QProgressBar>(*m_wizard, "importProgress")->value(), 40);
    m_book.answerPreview(samplePreview());
    QTRY_VERIFY(child<QAbstractButton>(*m_wizard, "importCommitButton")->isEnabled());
    QVERIFY2(
        words("importTotals").contains(QStringLiteral("holds 6 rows: 4 would be added or joined, 2 refused")),
        qPrintable(words("importTotals")));
    auto *tabs = child<QTabWidget>(*m_wizard, "importTabs");
    QCOMPARE(tabs->count(), 4);
    QCOMPARE(tabs->tabText(0), QStringLiteral("Ready 2"));
    QCOMPARE(tabs->tabText(3), QStringLiteral("Refused 2"));
    const QAbstractItemModel *refused = child<QTableView>(*m_wizard, "importRefused")->model();
    QCOMPARE(refused->index(0, VerdictModel::Line).data().toString(), QStringLiteral("6"));
    QCOMPARE(refused->index(0, VerdictModel::What).data().toString(),
             QStringLiteral("There is no phone number in this row."));
    const QAbstractItemModel *merged = child<QTableView>(*m_wizard, "importMerged")->model();
    QVERIFY(
        merged->index(0, VerdictModel::What).data().toString().contains(QStringLiteral("+1 212-555-0188")));
    QVERIFY(m_book.imported.isEmpty());
}

void TestPeopleImport::readingCanBeStopped() {
    choose();
    press("importStopButton");
    QVERIFY(m_book.wasPreviewCancelled());
    QVERIFY(!child<QAbstractButton>(*m_wizard, "importCommitButton")->isEnabled());
    press("importBackButton");
    QVERIFY(child<QLineEdit>(*m_wizard, "importPath")->isVisible());
}

void TestPeopleImport::importsAndUndoes() {
    choose();
    m_book.answerPreview(samplePreview());
    QTRY_VERIFY(child<QAbstractButton>(*m_wizard, "importCommitButton")->isEnabled());
    press("importCommitButton");
    QCOMPARE(m_book.imported, QStringList{m_file.fileName()});
    QVERIFY(!child<QAbstractButton>(*m_wizard, "importFinishButton")->isEnabled());
    m_book.canUndo = QStringLiteral("the import of people.csv");
    m_book.answerImport(contacts::ImportTotals{.parsed = 2, .mended = 1, .merged = 1, .refused = 2});
    QTRY_COMPARE(words("importResult"),
                 QStringLiteral(
                     "3 contacts were added, 1 rows joined contacts that were there, 2 rows were refused."));
    QVERIFY(child<QAbstractButton>(*m_wizard, "importFinishButton")->isEnabled());
    press("importUndoButton");
    QCOMPARE(m_book.undone, 1);
    QTRY_VERIFY(!child<QAbstractButton>(*m_wizard, "importUndoButton")->isVisible());
}

void TestPeopleImport::nothingToTakeEndsThere() {
    choose();
    desk::ImportPreview preview;
    preview.fileName = QStringLiteral("<b>bad</b>.csv");
    preview.totals.refused = 3;
    m_book.answerPreview(preview);
    QTRY_VERIFY(words("importTotals").contains(QStringLiteral("Nothing in")));
    QCOMPARE(child<QLabel>(*m_wizard, "importTotals")->textFormat(), Qt::PlainText);
    QVERIFY(!child<QAbstractButton>(*m_wizard, "importCommitButton")->isEnabled());
}

void TestPeopleImport::failureIsSaid() {
    choose();
    m_book.answerPreview(
        failed(Failure{QStringLiteral("The file cannot be read."), QStringLiteral("Check it.")}));
    QTRY_COMPARE(words("importTotals"), QStringLiteral("The file cannot be read. Check it."));
}

void TestPeopleImport::verdictsAreOneLine() {
    contacts::RowVerdict row;
    row.line = 12'345;
    row.outcome = contacts::Outcome::Refused;
    row.contact.name = QStringLiteral("A\nB\u202eC");
    row.refusal = QStringLiteral("No.\nNever.");
    VerdictModel model({row}, {QStringLiteral("US")});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model.index(0, VerdictModel::Name).data().toString(), QStringLiteral("A BC"));
    QCOMPARE(model.index(0, VerdictModel::What).data().toString(), QStringLiteral("No. Never."));
}

QTEST_MAIN(TestPeopleImport)
#include "tst_people_import.moc"
