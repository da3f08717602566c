#include "composer/composer.h"
#include "inbox/conversation_view.h"
#include "inbox/link_opener.h"
#include "rules/link_check.h"
#include "shell/inbox_page.h"
#include "support/pictures.h"
#include "support/window_test.h"

#include <QAction>
#include <QDialog>
#include <QLineEdit>
#include <QListView>
#include <QMenu>

using namespace longcode;
using namespace longcode::tests;

/// Draws the inbox with 10,000 conversations and everything that opens over it, in both schemes and sizes,
/// for people to look at. The pictures land in pictures/ of the build folder.
class TestDeskPictures : public QObject, private WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void cleanup() { dropWindow(); }
    void draws_data();
    void draws();

private:
    void fill();
    /// What the scene opens: to be drawn by itself; null: the window.
    [[nodiscard]] QWidget *prepare(const QString &scene);
    [[nodiscard]] QWidget *search();
    [[nodiscard]] QWidget *details();
    [[nodiscard]] QWidget *opened(const char *action, const char *name);
};

namespace {

constexpr int manyConversations = 10'000;

desk::Conversation numbered(int i) {
    static const QStringList names{QStringLiteral("Maria Keller"),
                                   QStringLiteral("نور بكري"),
                                   QStringLiteral("Wilhelmina-Alexandrovna von Hohenzollern-Sigmaringen"),
                                   QString(),
                                   QStringLiteral("Дмитрий Орлов"),
                                   QStringLiteral("Tom & Söhne <b>GmbH</b>")};
    desk::Conversation made;
    made.id = desk::ConversationId{100 + i};
    made.peer = phone::fromWire(QStringLiteral("+1212555%1").arg(i % 10'000, 4, 10, QLatin1Char('0')));
    made.own = phone::fromWire(QStringLiteral("+14155550100"));
    made.ownName = QStringLiteral("Sales");
    made.name = names.at(i % names.size());
    made.preview = i % 6 == 1
                       ? QStringLiteral("شكرا جزيلا، وصل الطلب اليوم")
                       : QStringLiteral("A preview that is longer than the row has room for, as most are");
    made.lastAt = sampleNow().addSecs(-600LL * i);
    made.unread = i % 4 == 1 ? i % 200 : 0;
    made.pinned = i < 2;
    if (i % 5 == 2)
        made.waitingSince = sampleNow().addSecs(-60LL * (i % 90));
    if (i % 7 == 3)
        made.scheduled = 1;
    if (i % 9 == 4)
        made.snoozedUntil = sampleNow().addDays(1);
    return made;
}

} // namespace

void TestDeskPictures::fill() {
    desk::Conversation known = *m_console->sample.inbox.conversation(SampleDesk::maria);
    known.language = QStringLiteral("en-US");
    known.zone = "America/New_York";
    QList<desk::Conversation> all{known};
    for (int i = 0; i < manyConversations; ++i)
        all.append(numbered(i));
    m_console->sample.inbox.setConversations(all);
    m_console->sample.account.setSenders(sandboxSenders());
}

QWidget *TestDeskPictures::opened(const char *action, const char *name) {
    child<QAction>(*m_window, action)->trigger();
    return child<QWidget>(*m_window, name);
}

QWidget *TestDeskPictures::search() {
    const auto maria = SampleDesk::maria;
    m_console->finder.answers[QStringLiteral("parcel")] = {
        personHit(desk::ConversationId{102}, QStringLiteral("Parcel Service Wilhelmina-Alexandrovna"),
                  QStringLiteral("+1 212-555-0102"), QStringLiteral("Parcel")),
        textHit(maria, desk::MessageRow{1003}, QStringLiteral("Maria Keller"),
                QStringLiteral("Has my parcel left? I was told that it would come on Monday at the latest"),
                QStringLiteral("parcel")),
        textHit(desk::ConversationId{101}, desk::MessageRow{7002}, QStringLiteral("نور بكري"),
                QStringLiteral("طلبي parcel رقم 4521 لم يصل"), QStringLiteral("parcel"))};
    m_window->inboxPage()->focusSearch();
    QTest::keyClicks(part("conversationSearch"), QStringLiteral("parcel"));
    QTest::qWait(120); // the pause after typing
    QTest::keyClick(part("conversationSearch"), Qt::Key_Down);
    return nullptr;
}

QWidget *TestDeskPictures::details() {
    inbox::ConversationView &view = m_window->inboxPage()->view();
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        const QModelIndex index = view.model()->index(row, 0);
        const auto message = index.data(desk::MessageRole).value<desk::Message>();
        if (message.state != desk::MessageState::Failed)
            continue;
        m_console->reasons.events[message.row] = sampleRawEvents(sampleNow());
        view.perform(inbox::MessageAction::Explain, index);
        return child<QWidget>(*m_window, "messageDialog");
    }
    return nullptr;
}

QWidget *TestDeskPictures::prepare(const QString &scene) {
    if (scene == QStringLiteral("search"))
        return search();
    if (scene == QStringLiteral("filters"))
        return opened("listNarrowAction", "searchFilters");
    if (scene == QStringLiteral("day"))
        return opened("goToDayAction", "dayJump");
    if (scene == QStringLiteral("details"))
        return details();
    if (scene == QStringLiteral("snooze"))
        return opened("listSnoozeAction", "snoozeMenu");
    if (scene == QStringLiteral("find")) {
        m_console->finder.places[QStringLiteral("order")] = {desk::MessageRow{3}, desk::MessageRow{1}};
        child<QAction>(*m_window, "findInConversationAction")->trigger();
        QTest::keyClicks(m_window->focusWidget(), QStringLiteral("order"));
        QTest::qWait(200); // the pause after typing
        return nullptr;
    }
    if (scene == QStringLiteral("link")) {
        const QList<rules::Link> links = rules::linksIn(
            QStringLiteral("Pay at https://www.pаypal.com.example.org/session/0123456789 now"));
        auto *dialog = new inbox::LinkDialog(links.first(), m_window.get());
        dialog->open();
        return dialog;
    }
    if (scene == QStringLiteral("bulk")) {
        auto *list = child<QListView>(*m_window, "conversationList");
        for (const int row : {1, 4})
            QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier,
                              list->visualRect(list->model()->index(row, 0)).center());
        child<QAction>(*m_window, "listPinAction")->trigger();
    }
    return nullptr;
}

void TestDeskPictures::draws_data() {
    QTest::addColumn<QString>("scene");
    QTest::addColumn<style::Scheme>("scheme");
    QTest::addColumn<QSize>("size");
    for (const char *scene :
         {"many", "bulk", "search", "filters", "day", "find", "details", "link", "snooze"}) {
        const QString name = QString::fromLatin1(scene);
        QTest::newRow(qPrintable(QString(name + QStringLiteral("-light"))))
            << name << style::Scheme::Light << QSize(1440, 900);
        QTest::newRow(qPrintable(QString(name + QStringLiteral("-dark-small"))))
            << name << style::Scheme::Dark << QSize(1024, 700);
    }
}

void TestDeskPictures::draws() {
    QFETCH(const QString, scene);
    QFETCH(const style::Scheme, scheme);
    QFETCH(const QSize, size);
    pictureTheme().setScheme(scheme);
    makeWindow(size);
    fill();
    m_window->showConsole(m_console);
    QVERIFY(showWindow());
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    QWidget *over = prepare(scene);
    QCOMPARE(m_window->size(), size);
    keepPicture(over ? *over : *m_window,
                QStringLiteral("desk-") + QString::fromLatin1(QTest::currentDataTag()));
    if (over)
        over->close();
    QCOMPARE(m_window->grab().toImage().pixelColor(3, size.height() - 3).lightness() < 128,
             scheme == style::Scheme::Dark);
}

QTEST_MAIN(TestDeskPictures)
#include "tst_desk_pictures.moc"
