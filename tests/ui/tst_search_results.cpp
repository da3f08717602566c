#include "inbox/hit_delegate.h"
#include "inbox/search_filters.h"
#include "style/chip.h"
#include "style/theme.h"
#include "ui/list_parts.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QToolButton>

using namespace longcode;
using namespace longcode::tests;
using inbox::ConversationListPane;

/// Searching from the list: as one types, narrowed, through the hits, and back.
class TestSearchResults : public QObject, private ListPaneTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<style::Theme>(*qApp, style::Scheme::Dark); }
    void init();
    void cleanup();
    void searchesAsOneTypes();
    void opensTheHitAndGoesThroughThem();
    void leavesToTheListAsItWas();
    void saysWhatToTry();
    void saysWhyItFailed();
    void narrowsAndWidens();
    void fetchesMoreHits();
    void cutsLinesToTheFirstMark();

private:
    void typeSearch(const QString &text);
    [[nodiscard]] QList<desk::SearchHit> parcelHits() const;

    std::unique_ptr<style::Theme> m_theme;
};

void TestSearchResults::init() {
    failOnAnyWarning();
    QVERIFY(showPane());
}

void TestSearchResults::cleanup() {
    dropPane();
}

void TestSearchResults::typeSearch(const QString &text) {
    QTest::keyClick(m_pane.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *field = find<QLineEdit>("conversationSearch");
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, text);
}

QList<desk::SearchHit> TestSearchResults::parcelHits() const {
    const QString word = QStringLiteral("parcel");
    return {
        personHit(desk::ConversationId{2}, QStringLiteral("Parcel Service"), QStringLiteral("+1 313"), word),
        textHit(desk::ConversationId{1}, desk::MessageRow{1003}, QStringLiteral("Maria Keller"),
                QStringLiteral("the parcel is here"), word),
        textHit(desk::ConversationId{7}, desk::MessageRow{7002}, QStringLiteral("نور بكري"),
                QStringLiteral("your parcel, نعم"), word)};
}

void TestSearchResults::searchesAsOneTypes() {
    QAbstractItemModelTester tester(&m_parts->search.hits(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy searched(m_pane.get(), &ConversationListPane::searchedChanged);
    m_parts->search.answers[QStringLiteral("parc")] = parcelHits();
    typeSearch(QStringLiteral("parc"));
    QTRY_COMPARE(m_parts->search.query().text, QStringLiteral("parc"));
    auto *hits = find<QListView>("searchHits");
    QTRY_VERIFY(hits->isVisible());
    QCOMPARE(hits->model()->rowCount(), 3);
    QVERIFY(!find<QListView>("conversationList")->isVisible());
    QVERIFY(!find<QWidget>("filterBar")->isVisible()); // they narrow the list, not the search
    QCOMPARE(searched.back().front().toString(), QStringLiteral("parc"));
}

void TestSearchResults::opensTheHitAndGoesThroughThem() {
    QSignalSpy messages(m_pane.get(), &ConversationListPane::messageChosen);
    QSignalSpy people(m_pane.get(), &ConversationListPane::conversationChosen);
    m_parts->search.answers[QStringLiteral("parcel")] = parcelHits();
    typeSearch(QStringLiteral("parcel"));
    QTest::keyClick(find<QLineEdit>("conversationSearch"), Qt::Key_Return); // does not wait for the pause
    QCOMPARE(people.count(), 1);
    QCOMPARE(people.front().front().value<desk::ConversationId>(), desk::ConversationId{2});
    QTest::keyClick(m_pane.get(), Qt::Key_F3);
    QCOMPARE(messages.count(), 1);
    QCOMPARE(messages.back().at(1).value<desk::MessageRow>(), desk::MessageRow{1003});
    QTest::keyClick(m_pane.get(), Qt::Key_F3);
    QCOMPARE(messages.back().at(1).value<desk::MessageRow>(), desk::MessageRow{7002});
    QTest::keyClick(m_pane.get(), Qt::Key_F3); // the last one stays
    QCOMPARE(messages.count(), 2);
    QTest::keyClick(m_pane.get(), Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(messages.back().front().value<desk::ConversationId>(), desk::ConversationId{1});
    auto *hits = find<QListView>("searchHits");
    QTest::mouseClick(hits->viewport(), Qt::LeftButton, {},
                      hits->visualRect(hits->model()->index(2, 0)).center());
    QCOMPARE(messages.back().at(1).value<desk::MessageRow>(), desk::MessageRow{7002});
}

void TestSearchResults::leavesToTheListAsItWas() {
    m_pane->select(desk::ConversationId{4});
    auto *list = find<QListView>("conversationList");
    typeSearch(QStringLiteral("x"));
    QTRY_VERIFY(!list->isVisible());
    auto *field = find<QLineEdit>("conversationSearch");
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(list->isVisible());
    QVERIFY(list->hasFocus());
    QVERIFY(field->text().isEmpty());
    QCOMPARE(list->currentIndex().row(), 3);
    QVERIFY(m_parts->search.query().isEmpty());
}

void TestSearchResults::saysWhatToTry() {
    typeSearch(QStringLiteral("zzz"));
    auto *words = find<QLabel>("searchWords");
    QTRY_VERIFY(words->isVisible());
    m_parts->search.answer({});
    QVERIFY(words->text().startsWith(QStringLiteral("Nothing found. Try a part of a name")));
    QCOMPARE(words->textFormat(), Qt::PlainText);
}

void TestSearchResults::saysWhyItFailed() {
    typeSearch(QStringLiteral("zzz"));
    QTRY_COMPARE(m_parts->search.queries.size(), 1);
    m_parts->search.fail({QStringLiteral("The store cannot be read."), {}});
    QCOMPARE(find<QLabel>("searchWords")->text(),
             QStringLiteral("The search did not work. The store cannot be read."));
}

void TestSearchResults::narrowsAndWidens() {
    typeSearch(QStringLiteral("zzz"));
    QTest::mouseClick(find<QToolButton>("searchFilterButton"), Qt::LeftButton);
    auto *filters = find<inbox::SearchFilters>("searchFilters");
    QTRY_VERIFY(filters->isVisible());
    filters->findChild<QComboBox *>(QStringLiteral("searchNumber"))->setCurrentIndex(2);
    filters->findChild<QDateEdit *>(QStringLiteral("searchFrom"))->setDate(QDate(2026, 11, 1));
    auto *state = filters->findChild<QComboBox *>(QStringLiteral("searchState"));
    state->setCurrentIndex(state->findData(int(desk::MessageState::Failed)));
    filters->findChild<QCheckBox *>(QStringLiteral("searchMedia"))->setChecked(true);
    QTest::keyClicks(filters->findChild<QLineEdit *>(QStringLiteral("searchCode")), QStringLiteral("40001"));
    filters->hide();
    QTRY_COMPARE(m_parts->search.query().errorCode, QStringLiteral("40001"));
    const desk::SearchQuery query = m_parts->search.query();
    QCOMPARE(query.text, QStringLiteral("zzz"));
    QCOMPARE(query.own->wire(), QStringLiteral("+18885550142"));
    QCOMPARE(query.from, QDate(2026, 11, 1));
    QVERIFY(!query.to.isValid());
    QVERIFY(query.state == desk::MessageState::Failed);
    QVERIFY(query.hasMedia);
    const auto chips = [this] {
        return m_pane->findChildren<style::Chip *>(QStringLiteral("searchNarrowing"));
    };
    QTRY_COMPARE(chips().size(), 5);
    for (style::Chip *chip : chips()) {
        if (chip->text().startsWith(QStringLiteral("Error 40001")))
            QTest::mouseClick(chip, Qt::LeftButton);
    }
    QTRY_VERIFY(m_parts->search.query().errorCode.isEmpty());
    QTRY_COMPARE(chips().size(), 4);
}

void TestSearchResults::fetchesMoreHits() {
    QList<desk::SearchHit> page;
    for (int i = 0; i < 60; ++i)
        page << textHit(desk::ConversationId{1}, desk::MessageRow{i + 1}, QStringLiteral("Maria"),
                        QStringLiteral("word %1").arg(i), QStringLiteral("word"));
    m_parts->search.answers[QStringLiteral("word")] = page;
    m_parts->search.model.more = page;
    typeSearch(QStringLiteral("word"));
    auto *hits = find<QListView>("searchHits");
    QTRY_VERIFY(hits->isVisible());
    hits->scrollToBottom();
    QTRY_VERIFY(m_parts->search.model.pagesFetched > 0);
}

void TestSearchResults::cutsLinesToTheFirstMark() {
    const QFontMetrics metrics(QApplication::font());
    const QString text =
        QStringLiteral("a long beginning that has nothing to do with it, and then the parcel "
                       "comes, with some more words behind it");
    const auto begin = text.indexOf(QStringLiteral("parcel"));
    const inbox::FittedLine line = inbox::fitted(text, {{begin, 6}}, metrics, 200);
    QVERIFY(metrics.horizontalAdvance(line.text) <= 200);
    QCOMPARE(line.marks.size(), 1);
    QCOMPARE(line.text.mid(line.marks.front().first, line.marks.front().second), QStringLiteral("parcel"));
    const inbox::FittedLine whole = inbox::fitted(text, {{begin, 6}}, metrics, 5000);
    QCOMPARE(whole.text, text);
}

QTEST_MAIN(TestSearchResults)
#include "tst_search_results.moc"
