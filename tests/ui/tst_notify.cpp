#include "notify/desktop_notices.h"
#include "notify/notifier.h"
#include "notify/tray.h"
#include "support/fake_alerts.h"
#include "support/fake_desk.h"
#include "ui/gui_test.h"

#include <QAction>
#include <QMenu>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::notify;
using namespace longcode::tests;

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

/// What is left when there is no server.
class KeptNotices final : public Notices {
    Q_OBJECT
public:
    void show(const Notice &notice) override { shown.append(notice); }
    void close(desk::ConversationId id) override { closed.append(id); }
    QList<Notice> shown;
    QList<desk::ConversationId> closed;
};

} // namespace

/// A notification server on the test's own bus, as the specification describes it.
class DesktopServer final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Told {
        uint replaces;
        QString title, body;
        QStringList actions;
        QVariantMap hints;
        uint id;
    };
    explicit DesktopServer(const QString &name)
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, name)), m_name(name) {
        m_bus.registerObject(path, this, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
    }
    ~DesktopServer() override {
        leave();
        QDBusConnection::disconnectFromBus(m_name);
    }
    bool come() { return m_bus.registerService(service); }
    void leave() { m_bus.unregisterService(service); }

    QStringList capabilities{QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup"),
                             QStringLiteral("inline-reply")};
    QList<Told> told;
    QList<uint> closed;

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &body,
                const QStringList &actions, const QVariantMap &hints, int) {
        const uint id = replaces != 0 ? replaces : ++m_last;
        told.append({replaces, title, body, actions, hints, id});
        return id;
    }
    void CloseNotification(uint id) {
        closed.append(id);
        Q_EMIT NotificationClosed(id, 3);
    }

Q_SIGNALS:
    void NotificationClosed(uint id, uint reason);
    void ActionInvoked(uint id, const QString &action);
    void NotificationReplied(uint id, const QString &text);

private:
    QDBusConnection m_bus;
    QString m_name;
    uint m_last = 40;
};

/// Notifications with a server that is there, that is not, and that dies; quick replies; and the tray's icon.
class TestNotify : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void showsEscapedWithActions();
    void plainServersGetPlainText();
    void laterOneTakesThePlace();
    void withdrawnCloses();
    void openingLeadsToTheConversation();
    void replyIsSentOnceAndKeepsTheDraft();
    void replyThatFailedIsNotDoubled();
    void replyWithAQuestionNeedsTheWindow();
    void withoutServerTheTrayTellsIt();
    void deadServerIsNoTrouble();
    void soundWhereTheServerHasNone();
    void hiddenAlertsOnlySound();
    void quietTimes();
    void iconCarriesTheFigure();
    void trayMenuAsks();

private:
    void tell(const QString &title, const QString &body, qint64 conversation = 1) {
        m_alerts.tell(sampleAlert(desk::ConversationId{conversation}, title, body));
    }
    void restart();

    std::unique_ptr<DesktopServer> m_server;
    KeptNotices *m_kept = nullptr;
    std::unique_ptr<DesktopNotices> m_notices;
    FakeAlerts m_alerts;
    std::unique_ptr<FakeOutbox> m_outbox;
    std::unique_ptr<FakeTeam> m_team;
    std::unique_ptr<Notifier> m_notifier;
    int m_beeps = 0;
};

void TestNotify::init() {
    failOnAnyWarning();
    QVERIFY2(sessionBus(), "the test needs a session bus of its own: dbus-run-session");
    static int servers = 0;
    m_server = std::make_unique<DesktopServer>(QStringLiteral("server-%1").arg(++servers));
    QVERIFY(m_server->come());
    m_outbox = std::make_unique<FakeOutbox>();
    m_team = std::make_unique<FakeTeam>();
    m_beeps = 0;
    restart();
}

void TestNotify::restart() {
    m_notifier.reset();
    auto kept = std::make_unique<KeptNotices>();
    m_kept = kept.get();
    m_notices = std::make_unique<DesktopNotices>(*sessionBus(), std::move(kept));
    m_notifier = std::make_unique<Notifier>(m_alerts, *m_outbox, *m_team, *m_notices, [this] { ++m_beeps; });
}

void TestNotify::cleanup() {
    m_notifier.reset();
    m_notices.reset();
    m_server.reset();
    m_outbox.reset();
    m_team.reset();
}

void TestNotify::showsEscapedWithActions() {
    tell(QStringLiteral("Maria <b>K</b>"), QStringLiteral("<img src=http://127.0.0.1/x> & more"));
    QTRY_COMPARE(m_server->told.size(), 1);
    const DesktopServer::Told told = m_server->told.first();
    QCOMPARE(told.title, QStringLiteral("Maria <b>K</b>")); // titles are never markup
    QCOMPARE(told.body, QStringLiteral("&lt;img src=http://127.0.0.1/x&gt; &amp; more"));
    QCOMPARE(told.actions.value(0), QStringLiteral("default"));
    QVERIFY(told.actions.contains(QStringLiteral("inline-reply")));
    QCOMPARE(told.hints.value(QStringLiteral("urgency")).toInt(), 1);
    desk::Alert failure = sampleAlert(desk::ConversationId{2}, QStringLiteral("Not delivered"), {});
    failure.kind = desk::AlertKind::Failed;
    failure.canReply = false;
    m_alerts.tell(failure);
    QTRY_COMPARE(m_server->told.size(), 2);
    QCOMPARE(m_server->told.last().hints.value(QStringLiteral("urgency")).toInt(), 2);
    QVERIFY(!m_server->told.last().actions.contains(QStringLiteral("inline-reply")));
}

void TestNotify::plainServersGetPlainText() {
    m_server->capabilities = {QStringLiteral("body")};
    tell(QStringLiteral("Tom"), QStringLiteral("a < b & c"));
    QTRY_COMPARE(m_server->told.size(), 1);
    QCOMPARE(m_server->told.first().body, QStringLiteral("a < b & c"));
    QVERIFY(m_server->told.first().actions.isEmpty());
}

void TestNotify::laterOneTakesThePlace() {
    tell(QStringLiteral("Maria"), QStringLiteral("one"));
    QTRY_COMPARE(m_server->told.size(), 1);
    tell(QStringLiteral("Maria"), QStringLiteral("two"));
    tell(QStringLiteral("Maria"), QStringLiteral("three"));
    QTRY_COMPARE(m_server->told.constLast().body, QStringLiteral("three"));
    for (qsizetype i = 1; i < m_server->told.size(); ++i)
        QCOMPARE(m_server->told[i].replaces, m_server->told.first().id);
    tell(QStringLiteral("Tom"), QStringLiteral("other"), 2);
    QTRY_COMPARE(m_server->told.constLast().body, QStringLiteral("other"));
    QCOMPARE(m_server->told.constLast().replaces, 0U);
}

void TestNotify::withdrawnCloses() {
    tell(QStringLiteral("Maria"), QStringLiteral("one"));
    QTRY_COMPARE(m_server->told.size(), 1);
    tell(QStringLiteral("Maria"), QStringLiteral("two")); // its answer is still on the way
    m_alerts.withdraw(desk::ConversationId{1});
    QTRY_COMPARE(m_server->closed, QList<uint>{m_server->told.first().id});
}

void TestNotify::openingLeadsToTheConversation() {
    const QSignalSpy opened(m_notifier.get(), &Notifier::conversationRequested);
    tell(QStringLiteral("Maria"), QStringLiteral("one"), 7);
    QTRY_COMPARE(m_server->told.size(), 1);
    QTest::qWait(0);
    const uint id = m_server->told.first().id;
    tell(QStringLiteral("Tom"), QStringLiteral("two"), 8);
    QTRY_COMPARE(m_server->told.size(), 2);
    Q_EMIT m_server->ActionInvoked(id, QStringLiteral("default"));
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().value<desk::ConversationId>().value, qint64(7));
    Q_EMIT m_server->ActionInvoked(99'999, QStringLiteral("default")); // another program's
    tell(QStringLiteral("Tom"), QStringLiteral("three"), 8);
    QTRY_COMPARE(m_server->told.size(), 3);
    QCOMPARE(opened.size(), 1);
}

void TestNotify::replyIsSentOnceAndKeepsTheDraft() {
    m_outbox->holdSends = true;
    m_outbox->drafts[desk::ConversationId{1}] = QStringLiteral("half written");
    tell(QStringLiteral("Maria"), QStringLiteral("one"));
    tell(QStringLiteral("Tom"), QStringLiteral("two"), 2);
    QTRY_COMPARE(m_server->told.size(), 2);
    QTest::qWait(0);
    Q_EMIT m_server->NotificationReplied(m_server->told.first().id, QStringLiteral("On its way."));
    Q_EMIT m_server->NotificationReplied(m_server->told.first().id, QStringLiteral("On its way."));
    QTRY_COMPARE(m_outbox->sent.size(), 1);
    QCOMPARE(m_outbox->sent.first().second, QStringLiteral("On its way."));
    QCOMPARE(m_outbox->drafts.value(desk::ConversationId{1}), QStringLiteral("half written"));
    m_outbox->answer(desk::MessageRow{1});
    QTRY_COMPARE(m_server->closed.size(), 1);
    QCOMPARE(m_outbox->sent.size(), 1);
}

void TestNotify::replyThatFailedIsNotDoubled() {
    const QSignalSpy needed(m_notifier.get(), &Notifier::replyNeedsWindow);
    m_outbox->holdSends = true;
    tell(QStringLiteral("Maria"), QStringLiteral("one"));
    QTRY_COMPARE(m_server->told.size(), 1);
    QTest::qWait(0);
    Q_EMIT m_server->NotificationReplied(m_server->told.first().id, QStringLiteral("On its way."));
    QTRY_COMPARE(m_outbox->sent.size(), 1);
    m_outbox->drafts[desk::ConversationId{1}] = QStringLiteral("On its way."); // as the outbox does
    m_outbox->answer(failed(desk::SendProblem{desk::SendProblemKind::NotStored, {}}));
    QTRY_COMPARE(needed.size(), 1);
    QCOMPARE(needed.first().last().toString(), QStringLiteral("On its way."));
    // It stays the draft: the window adds it only to what does not hold it yet.
    QCOMPARE(m_outbox->drafts.value(desk::ConversationId{1}), QStringLiteral("On its way."));
}

void TestNotify::replyWithAQuestionNeedsTheWindow() {
    const QSignalSpy needed(m_notifier.get(), &Notifier::replyNeedsWindow);
    m_team->question = desk::AnswerQuestion{};
    tell(QStringLiteral("Maria"), QStringLiteral("one"));
    QTRY_COMPARE(m_server->told.size(), 1);
    const uint id = m_server->told.first().id;
    tell(QStringLiteral("Tom"), QStringLiteral("two"), 2);
    QTRY_COMPARE(m_server->told.size(), 2);
    Q_EMIT m_server->NotificationReplied(id, QStringLiteral("Yes."));
    QTRY_COMPARE(needed.size(), 1);
    QCOMPARE(needed.first().last().toString(), QStringLiteral("Yes."));
    m_team->question.reset();
    m_outbox->problem = desk::SendProblem{desk::SendProblemKind::OptedOut, {}};
    Q_EMIT m_server->NotificationReplied(id, QStringLiteral("Yes!"));
    QTRY_COMPARE(needed.size(), 2);
    QVERIFY(m_outbox->sent.isEmpty());
}

void TestNotify::withoutServerTheTrayTellsIt() {
    m_server->leave();
    restart();
    tell(QStringLiteral("Maria"), QStringLiteral("one"));
    QTRY_COMPARE(m_kept->shown.size(), 1);
    QCOMPARE(m_kept->shown.first().body, QStringLiteral("one"));
    QVERIFY(m_server->come());
    tell(QStringLiteral("Maria"), QStringLiteral("two"));
    QTRY_COMPARE(m_server->told.size(), 1);
}

void TestNotify::deadServerIsNoTrouble() {
    tell(QStringLiteral("Maria"), QStringLiteral("one"));
    QTRY_COMPARE(m_server->told.size(), 1);
    m_server.reset();
    m_alerts.withdraw(desk::ConversationId{1});
    tell(QStringLiteral("Maria"), QStringLiteral("two"));
    QTRY_COMPARE(m_kept->shown.size(), 1);
    m_server = std::make_unique<DesktopServer>(QStringLiteral("server-again"));
    QVERIFY(m_server->come());
    tell(QStringLiteral("Maria"), QStringLiteral("three"));
    QTRY_COMPARE(m_server->told.size(), 1);
    QCOMPARE(m_server->told.first().replaces, 0U); // the number was the dead one's
}

void TestNotify::soundWhereTheServerHasNone() {
    desk::Alert loud = sampleAlert(desk::ConversationId{1}, QStringLiteral("Maria"), QStringLiteral("one"));
    loud.sound = true;
    m_alerts.tell(loud);
    QTRY_COMPARE(m_server->told.size(), 1);
    QCOMPARE(m_beeps, 1);
    QVERIFY(m_server->told.first().hints.contains(QStringLiteral("sound-name")));
    m_server->capabilities.append(QStringLiteral("sound"));
    restart();
    m_alerts.tell(loud);
    QTRY_COMPARE(m_server->told.size(), 2);
    QCOMPARE(m_beeps, 1);
}

void TestNotify::hiddenAlertsOnlySound() {
    desk::Alert hidden = sampleAlert(desk::ConversationId{1}, QStringLiteral("Maria"), QStringLiteral("one"));
    hidden.show = false;
    hidden.sound = true;
    m_alerts.tell(hidden);
    QCOMPARE(m_beeps, 1);
    tell(QStringLiteral("Tom"), QStringLiteral("two"), 2);
    QTRY_COMPARE(m_server->told.size(), 1);
    QCOMPARE(m_server->told.first().title, QStringLiteral("Tom"));
}

void TestNotify::quietTimes() {
    const QDateTime now(QDate(2026, 11, 24), QTime(22, 30), Qt::LocalTime);
    QCOMPARE(quietUntil(Quiet::ForAnHour, now.toUTC()).toLocalTime(),
             QDateTime(QDate(2026, 11, 24), QTime(23, 30), Qt::LocalTime));
    QCOMPARE(quietUntil(Quiet::UntilTomorrow, now.toUTC()).toLocalTime(),
             QDateTime(QDate(2026, 11, 25), QTime(8, 0), Qt::LocalTime));
    QVERIFY(!quietUntil(Quiet::Off, now).isValid());
}

void TestNotify::iconCarriesTheFigure() {
    const QImage plain = iconWithFigure(0).pixmap(QSize(32, 32), 1.0).toImage();
    const QImage two = iconWithFigure(2).pixmap(QSize(32, 32), 1.0).toImage();
    const QImage three = iconWithFigure(3).pixmap(QSize(32, 32), 1.0).toImage();
    QVERIFY(plain != two);
    QVERIFY(two != three);
    QCOMPARE(iconWithFigure(100).pixmap(QSize(32, 32), 1.0).toImage(),
             iconWithFigure(5000).pixmap(QSize(32, 32), 1.0).toImage());
}

void TestNotify::trayMenuAsks() {
    Tray tray;
    const QSignalSpy quiet(&tray, &Tray::quietRequested);
    const QSignalSpy begun(&tray, &Tray::newConversationRequested);
    QVERIFY(!child<QAction>(tray.menu(), "trayNewAction")->isEnabled());
    tray.setConsoleOpen(true);
    child<QAction>(tray.menu(), "trayNewAction")->trigger();
    QCOMPARE(begun.size(), 1);
    QVERIFY(!child<QAction>(tray.menu(), "trayLoudAction")->isVisible());
    child<QAction>(tray.menu(), "trayTomorrowAction")->trigger();
    QVERIFY(quiet.first().first().value<Quiet>() == Quiet::UntilTomorrow);
    tray.setQuietUntil(sampleNow());
    QVERIFY(child<QAction>(tray.menu(), "trayLoudAction")->isVisible());
}

QTEST_MAIN(TestNotify)
#include "tst_notify.moc"
