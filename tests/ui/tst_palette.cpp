#include "palette/command_palette.h"
#include "palette/fuzzy.h"
#include "palette/palette_model.h"
#include "support/fake_search.h"
#include "ui/gui_test.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::palette;
using namespace longcode::tests;

/// The command palette: what fits, in which order, and by keys alone.
class TestPalette : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void fits_data();
    void fits();
    void ranksBeginningsFirst();
    void collectsMenusOnce();
    void lastUsedComesFirst();
    void modelKeepsItsContract();
    void worksByKeys();
    void findsConversationsAndGivesTheSearchBack();
    void saysWhenNothingFits();

private:
    [[nodiscard]] QList<Command> sample();
    [[nodiscard]] static QStringList titles(const QAbstractItemModel &model);

    std::unique_ptr<QMenu> m_menu;
};

void TestPalette::init() {
    failOnAnyWarning();
}

QList<Command> TestPalette::sample() {
    m_menu = std::make_unique<QMenu>();
    const auto add = [this](QMenu *menu, const char *text, const char *name, const QKeySequence &key) {
        QAction *action = menu->addAction(QString::fromUtf8(text));
        action->setObjectName(QLatin1String(name));
        action->setShortcut(key);
        return action;
    };
    add(m_menu.get(), "&New conversation…", "new", QKeySequence(Qt::CTRL | Qt::Key_N));
    add(m_menu.get(), "&Close conversation", "close", QKeySequence(Qt::CTRL | Qt::Key_E));
    m_menu->addSeparator();
    QMenu *theme = m_menu->addMenu(QStringLiteral("&Theme"));
    add(theme, "&Dark", "dark", {});
    add(theme, "L&ight", "light", {});
    add(m_menu.get(), "Not now", "disabled", {})->setEnabled(false);
    return commandsOf(
        {{QStringLiteral("View"), m_menu->actions()}, {QStringLiteral("Again"), m_menu->actions()}});
}

QStringList TestPalette::titles(const QAbstractItemModel &model) {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.append(model.index(row, 0).data(TitleRole).toString());
    return all;
}

void TestPalette::fits_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("title");
    QTest::addColumn<bool>("does");
    const QString title = QStringLiteral("Next unread conversation");
    QTest::newRow("nothing typed") << QString() << title << true;
    QTest::newRow("beginnings in any order") << QStringLiteral("unr nex") << title << true;
    QTest::newRow("a part") << QStringLiteral("read") << title << true;
    QTest::newRow("letters in order") << QStringLiteral("nuc") << title << true;
    QTest::newRow("other order") << QStringLiteral("cun") << title << false;
    QTest::newRow("one word does not fit") << QStringLiteral("next zebra") << title << false;
    QTest::newRow("case and accents") << QStringLiteral("MARQUEE") << QStringLiteral("Marquée") << true;
    QTest::newRow("of the path") << QStringLiteral("view") << title << true;
}

void TestPalette::fits() {
    QFETCH(QString, typed);
    QFETCH(QString, title);
    QFETCH(bool, does);
    QCOMPARE(fuzzyScore(typed, title, QStringLiteral("View")).has_value(), does);
}

void TestPalette::ranksBeginningsFirst() {
    const auto score = [](const char *title) {
        return *fuzzyScore(QStringLiteral("clo"), QString::fromLatin1(title), {});
    };
    QVERIFY(score("Close conversation") > score("Never close"));
    QVERIFY(score("Never close") > score("Disclose"));
    QVERIFY(score("Disclose") > score("Call over"));
}

void TestPalette::collectsMenusOnce() {
    const QList<Command> commands = sample();
    QCOMPARE(commands.size(), 5);
    QCOMPARE(commands[0].title, QStringLiteral("New conversation…"));
    QCOMPARE(commands[0].keys, QStringLiteral("Ctrl+N"));
    QCOMPARE(commands[2].path, QStringLiteral("View › Theme"));
    QAction shown(QStringLiteral("&Copy\tCtrl+C"));
    QCOMPARE(titleOf(shown), QStringLiteral("Copy"));
    QCOMPARE(keysOf(shown), QStringLiteral("Ctrl+C"));
}

void TestPalette::lastUsedComesFirst() {
    PaletteModel model;
    model.setCommands(sample(), {QStringLiteral("dark"), QStringLiteral("close")});
    QCOMPARE(titles(model), (QStringList{QStringLiteral("Dark"), QStringLiteral("Close conversation"),
                                         QStringLiteral("New conversation…"), QStringLiteral("Light")}));
    model.setTyped(QStringLiteral("conv"));
    QCOMPARE(titles(model),
             (QStringList{QStringLiteral("Close conversation"), QStringLiteral("New conversation…")}));
}

void TestPalette::modelKeepsItsContract() {
    PaletteModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setCommands(sample(), {});
    model.setTyped(QStringLiteral("li"));
    model.setPeople({personHit(desk::ConversationId{7}, QStringLiteral("Li Wei"),
                               QStringLiteral("+86 10 1234"), QStringLiteral("Li"))});
    QCOMPARE(titles(model), (QStringList{QStringLiteral("Light"), QStringLiteral("Li Wei")}));
    QVERIFY(model.index(1).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("+86 10 1234")));
}

void TestPalette::worksByKeys() {
    QWidget window;
    window.resize(900, 600);
    window.show();
    QPointer<CommandPalette> palette = new CommandPalette(sample(), {}, nullptr, &window);
    QString chosen;
    connect(palette, &CommandPalette::commandChosen, this,
            [&](QAction *action) { chosen = action->objectName(); });
    palette->open();
    QVERIFY(QTest::qWaitForWindowActive(palette));
    auto *field = child<QLineEdit>(*palette, "paletteField");
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("conversation"));
    QTest::keyClick(field, Qt::Key_Down);
    QVERIFY(field->accessibleDescription().startsWith(QStringLiteral("Close conversation")));
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Up);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(chosen, QStringLiteral("close"));
    QTRY_VERIFY(!palette);
}

void TestPalette::findsConversationsAndGivesTheSearchBack() {
    QWidget window;
    window.resize(900, 600);
    window.show();
    FakeSearch search;
    desk::SearchQuery before;
    before.text = QStringLiteral("order");
    search.start(before);
    search.answer({textHit(desk::ConversationId{1}, {5}, QStringLiteral("Maria"),
                           QStringLiteral("your order"), QStringLiteral("order"))});
    QPointer<CommandPalette> palette = new CommandPalette(sample(), {}, &search, &window);
    qint64 chosen = 0;
    connect(palette, &CommandPalette::conversationChosen, this,
            [&](desk::ConversationId id) { chosen = id.value; });
    palette->open();
    QVERIFY(QTest::qWaitForWindowActive(palette));
    QTest::keyClicks(child<QLineEdit>(*palette, "paletteField"), QStringLiteral("noor"));
    QTRY_COMPARE(search.query().text, QStringLiteral("noor"));
    search.answer({personHit(desk::ConversationId{7}, QStringLiteral("<b>Noor</b>"),
                             QStringLiteral("+971 4 555 0100"), QStringLiteral("Noor")),
                   textHit(desk::ConversationId{1}, {6}, QStringLiteral("Maria"), QStringLiteral("noor"),
                           QStringLiteral("noor"))});
    auto *list = child<QListView>(*palette, "paletteList");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QCOMPARE(titles(*list->model()), QStringList{QStringLiteral("<b>Noor</b>")});
    QTest::keyClick(child<QLineEdit>(*palette, "paletteField"), Qt::Key_Return);
    QCOMPARE(chosen, qint64(7));
    QTRY_VERIFY(!palette);
    QCOMPARE(search.query().text, QStringLiteral("order"));
}

void TestPalette::saysWhenNothingFits() {
    QWidget window;
    window.resize(900, 600);
    window.show();
    QPointer<CommandPalette> palette = new CommandPalette(sample(), {}, nullptr, &window);
    palette->open();
    QVERIFY(QTest::qWaitForWindowActive(palette));
    QTest::keyClicks(child<QLineEdit>(*palette, "paletteField"), QStringLiteral("zzz"));
    QVERIFY(child<QLabel>(*palette, "paletteNothing")->isVisible());
    QTest::keyClick(child<QLineEdit>(*palette, "paletteField"), Qt::Key_Return);
    QVERIFY(palette->isVisible());
    QTest::keyClick(palette, Qt::Key_Escape);
    QTRY_VERIFY(!palette);
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
