#include "inbox/contact_panel.h"
#include "inbox/conversation_header.h"
#include "inbox/conversation_list_pane.h"
#include "inbox/conversation_view.h"
#include "inbox/reading_pane.h"
#include "style/theme.h"
#include "support/fake_desk.h"
#include "support/fake_diagnoses.h"
#include "ui/list_parts.h"

#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QScrollBar>

using namespace longcode;
using namespace longcode::tests;

namespace {

/// The three panes side by side, as the main window arranges them.
class Panes final : public QWidget {
public:
    explicit Panes(SampleDesk &desk)
        : parts(desk)
        , list(new inbox::ConversationListPane(parts.desk(), this))
        , header(new inbox::ConversationHeader(desk.inbox, desk.account, parts.team, this))
        , reading(new inbox::ReadingPane({desk.inbox, parts.search, diagnoses, parts.clock}, this))
        , view(&reading->view())
        , contact(new inbox::ContactPanel(desk.inbox, desk.account, this)) {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(0);
        list->setFixedWidth(320);
        contact->setFixedWidth(260);
        auto *middle = new QVBoxLayout;
        middle->setSpacing(0);
        middle->addWidget(header);
        middle->addWidget(reading, 1);
        row->addWidget(list);
        row->addLayout(middle, 1);
        row->addWidget(contact);
    }
    void open(desk::ConversationId id) {
        list->select(id);
        header->show(id);
        reading->open(id);
        contact->show(id);
    }

    ListParts parts;
    FakeDiagnoses diagnoses;
    inbox::ConversationListPane *list;
    inbox::ConversationHeader *header;
    inbox::ReadingPane *reading;
    inbox::ConversationView *view;
    inbox::ContactPanel *contact;
};

} // namespace

/// Draws the panes in both schemes and sizes, for people to look at, and checks that each scheme reaches the
/// pixels. The pictures land in pictures/ of the build folder.
class TestInboxPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void draws_data();
    void draws();
};

void TestInboxPictures::init() {
    failOnAnyWarning();
}

void TestInboxPictures::draws_data() {
    QTest::addColumn<style::Scheme>("scheme");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<qint64>("conversation");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    const QSize large(1376, 900);
    const QSize small(960, 700);
    QTest::newRow("inbox-light") << style::Scheme::Light << large << SampleDesk::maria.value
                                 << Qt::LeftToRight;
    QTest::newRow("inbox-dark") << style::Scheme::Dark << large << SampleDesk::maria.value << Qt::LeftToRight;
    QTest::newRow("inbox-light-small")
        << style::Scheme::Light << small << SampleDesk::longNames.value << Qt::LeftToRight;
    QTest::newRow("inbox-dark-small")
        << style::Scheme::Dark << small << SampleDesk::stopped.value << Qt::LeftToRight;
    QTest::newRow("inbox-light-arabic")
        << style::Scheme::Light << large << SampleDesk::noor.value << Qt::LeftToRight;
    QTest::newRow("inbox-dark-mirrored")
        << style::Scheme::Dark << small << SampleDesk::maria.value << Qt::RightToLeft;
}

void TestInboxPictures::draws() {
    QFETCH(const style::Scheme, scheme);
    QFETCH(const QSize, size);
    QFETCH(const qint64, conversation);
    QFETCH(const Qt::LayoutDirection, direction);
    style::Theme theme(*qApp, scheme);
    QApplication::setLayoutDirection(direction);
    SampleDesk desk;
    desk.inbox.setSyntheticMessages(SampleDesk::longNames, 500, 500);
    Panes panes(desk);
    panes.resize(size);
    panes.open(desk::ConversationId{conversation});
    panes.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panes));
    if (desk::ConversationId{conversation} == SampleDesk::longNames)
        panes.view->verticalScrollBar()->setValue(panes.view->verticalScrollBar()->maximum() / 2);
    QTest::keyClick(panes.view, Qt::Key_Up);
    const QImage picture = panes.grab().toImage();
    const QDir folder(QStringLiteral(LONGCODE_PICTURE_DIR));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    QVERIFY(picture.save(folder.filePath(QLatin1String(QTest::currentDataTag()) + QLatin1String(".png"))));

    const bool mirrored = direction == Qt::RightToLeft;
    const QPoint besideMessages =
        panes.view->mapTo(&panes, QPoint(mirrored ? panes.view->width() - 3 : 3, 2));
    QCOMPARE(picture.pixelColor(besideMessages), theme.tokens().window);
    const QPoint insideList = panes.list->mapTo(&panes, QPoint(5, 5));
    QCOMPARE(picture.pixelColor(insideList), theme.tokens().surface);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

QTEST_MAIN(TestInboxPictures)
#include "inbox_pictures.moc"
