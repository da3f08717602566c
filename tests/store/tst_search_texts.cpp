#include "store/desk_values.h"
#include "store/fixture.h"
#include "store/needle.h"
#include "store/snippet.h"
#include "support/filled_store.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <thread>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

/// Texts and people that a search finds, and how they are shown.
class TestSearchTexts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void finds_data();
    void finds();
    void pages();
    void commonBeginnings();
    void filters();
    void inOneConversation();
    void people_data();
    void people();
    void snippets_data();
    void snippets();
    void marksFitTheText();
    void foldsAsTheIndexDoes();
    void dayJump();
    void interrupted();

private:
    QStringList textsFor(const MessageFilter &filter, int limit = 100) {
        QStringList texts;
        for (const TextHit &hit : m_open.reader->searchTexts(filter, {}, limit))
            texts.append(m_open.reader->message(hit.row)->text);
        return texts;
    }
    OpenStore m_open;
    QHash<QString, ConversationId> m_ids;
};

void TestSearchTexts::initTestCase() {
    const auto add = [this](const QString &key, const QString &peer, const QString &name,
                            const QStringList &texts) {
        const auto id = valueOf(m_open.store->begin({peer, ours}, at(0)));
        m_ids.insert(key, id);
        if (!name.isEmpty())
            valueOf(m_open.store->rename(id, name));
        for (int i = 0; i < texts.size(); ++i)
            valueOf(m_open.store->writeIntent(textTo(id, key + QString::number(i), texts.at(i), i)));
    };
    add(QStringLiteral("maria"), maria, QStringLiteral("María López"),
        {QStringLiteral("order ready"), QStringLiteral("order late"), QStringLiteral("Ordinary day")});
    add(QStringLiteral("london"), QStringLiteral("+442079460958"), QString(),
        {QStringLiteral("Déjà vu, naïve CAFÉ"), QStringLiteral("नमस्ते दुनिया"), QStringLiteral("مرحبا order"),
         QStringLiteral("заказ готов")});
    add(QStringLiteral("zoe"), QStringLiteral("+13125550142"), QStringLiteral("Zoë O'Neill-Strauß"),
        {QStringLiteral("thanks 😀 a"), QStringLiteral("It's \"quoted\" OR (not)")});
}

void TestSearchTexts::finds_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("found");
    const QString ready = QStringLiteral("order ready"), late = QStringLiteral("order late"),
                  ordinary = QStringLiteral("Ordinary day"), arabic = QStringLiteral("مرحبا order"),
                  cafe = QStringLiteral("Déjà vu, naïve CAFÉ");
    QTest::newRow("newest first") << QStringLiteral("order") << QStringList{arabic, late, ready};
    QTest::newRow("the last by its beginning")
        << QStringLiteral("ord") << QStringList{arabic, ordinary, late, ready};
    QTest::newRow("the others whole") << QStringLiteral("ord late") << QStringList{};
    QTest::newRow("all words") << QStringLiteral("late order") << QStringList{late};
    QTest::newRow("accents") << QStringLiteral("deja NAIVE cafe") << QStringList{cafe};
    QTest::newRow("accents typed") << QStringLiteral("cafe\u0301") << QStringList{cafe};
    QTest::newRow("Arabic") << QStringLiteral("مرح") << QStringList{arabic};
    QTest::newRow("Cyrillic, other case")
        << QStringLiteral("ЗАКАЗ") << QStringList{QStringLiteral("заказ готов")};
    QTest::newRow("signs that the index cuts at")
        << QStringLiteral("नमस्ते") << QStringList{QStringLiteral("नमस्ते दुनिया")};
    QTest::newRow("operators are words")
        << QStringLiteral("quoted or not") << QStringList{QStringLiteral("It's \"quoted\" OR (not)")};
    QTest::newRow("only an emoji") << QStringLiteral("😀") << QStringList{};
    QTest::newRow("one letter") << QStringLiteral("o") << QStringList{};
    QTest::newRow("only signs") << QStringLiteral("\"*(") << QStringList{};
    QTest::newRow("nothing like it") << QStringLiteral("zzz") << QStringList{};
}

void TestSearchTexts::finds() {
    QFETCH(QString, typed);
    QFETCH(QStringList, found);
    MessageFilter filter;
    filter.text = typed;
    QCOMPARE(textsFor(filter), found);
    QVERIFY(!m_open.reader->takeError());
}

void TestSearchTexts::pages() {
    MessageFilter filter;
    filter.text = QStringLiteral("ord");
    QList<MessageRow> rows;
    for (MessageRow before;;) {
        const auto page = m_open.reader->searchTexts(filter, before, 3);
        for (const TextHit &hit : page)
            rows.append(hit.row);
        if (page.size() < 3)
            break;
        before = page.last().row;
    }
    QCOMPARE(rows.size(), 4);
    QVERIFY(std::is_sorted(rows.rbegin(), rows.rend()));
    QVERIFY(m_open.reader->searchTexts(filter, {}, 0).isEmpty());
}

// Long beginnings are looked for in another way when they are common; the hits are the same as when every
// text is read.
void TestSearchTexts::commonBeginnings() {
    const QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(),
                      {.conversations = 20, .messages = 6000, .inFirst = 1000, .rareWordEvery = 700}));
    const auto store = *Store::open(folder.path());
    const auto reader = *store->openReader();
    for (const QString &typed :
         {QStringLiteral("your"), QStringLiteral("the o"), QStringLiteral("the order"),
          QStringLiteral("zirco"), QStringLiteral("appointm"), QStringLiteral("you z"),
          QStringLiteral("broom zirc"), QStringLiteral("that orde"), QStringLiteral("fasti")}) {
        const QStringList words = typed.split(QLatin1Char(' '));
        QList<qint64> expected;
        for (qint64 row = 6000; row >= 1; --row) {
            const QStringList said = reader->message({row})->text.toLower().split(
                QRegularExpression(QStringLiteral("\\W+"), QRegularExpression::UseUnicodePropertiesOption));
            bool has = std::any_of(said.begin(), said.end(),
                                   [&words](const QString &word) { return word.startsWith(words.last()); });
            for (qsizetype i = 0; i + 1 < words.size(); ++i)
                has = has && said.contains(words.at(i));
            if (has)
                expected.append(row);
        }
        MessageFilter filter;
        filter.text = typed;
        QList<qint64> found;
        for (MessageRow before;;) {
            const auto page = reader->searchTexts(filter, before, 50);
            for (const TextHit &hit : page)
                found.append(hit.row.value);
            if (page.size() < 50)
                break;
            before = page.last().row;
        }
        QVERIFY(!reader->takeError());
        QCOMPARE(found, expected);
    }
}

void TestSearchTexts::filters() {
    OpenStore open;
    const LogId log(QStringLiteral("log"));
    QList<LoggedEvent> events;
    const auto hear = [&events](const QString &own, const QString &text, int second, bool media) {
        const QString id = QStringLiteral("m%1").arg(events.size());
        auto event = logged(events.size() + 1,
                            {events::MessageEventKind::Received, id, id, maria, own, text, {}, second});
        if (media)
            factsOf(event).media.resize(1);
        events.append(event);
    };
    hear(ours, QStringLiteral("order one"), 0, false);
    hear(ours, QStringLiteral("order two"), 10, true);
    hear(QStringLiteral("+14155550199"), QStringLiteral("order three"), 20, false);
    auto bad = logged(4, {events::MessageEventKind::Finalized, QStringLiteral("e"), QStringLiteral("f"), ours,
                          maria, QStringLiteral("order four"), QStringLiteral("delivery_failed"), 30});
    factsOf(bad).errors.append(
        events::EventError{QStringLiteral("40008"), QStringLiteral("Undeliverable"), {}});
    events.append(bad);
    valueOf(open.store->applyEvents(log, events, Arrival::Live));
    const auto count = [&open](const MessageFilter &filter) {
        const auto found = open.reader->searchTexts(filter, {}, 100).size();
        if (const auto why = open.reader->takeError())
            qFatal("%s", qUtf8Printable(why->detail));
        return found;
    };
    for (const QString &text : {QString(), QStringLiteral("order")}) {
        MessageFilter all;
        all.text = text;
        QCOMPARE(count(all), 4);
        MessageFilter own = all;
        own.own = ours;
        QCOMPARE(count(own), 3);
        MessageFilter late = all;
        late.fromMs = at(10).toMSecsSinceEpoch();
        QCOMPARE(count(late), 3);
        late.toMs = at(30).toMSecsSinceEpoch();
        QCOMPARE(count(late), 2);
        MessageFilter failed = all;
        failed.state = MessageState::Failed;
        QCOMPARE(count(failed), 1);
        MessageFilter media = all;
        media.hasMedia = true;
        QCOMPARE(count(media), 1);
        MessageFilter code = all;
        code.errorCode = QStringLiteral("40008");
        QCOMPARE(count(code), 1);
        code.hasMedia = true;
        QCOMPARE(count(code), 0);
        code = all;
        code.errorCode = QStringLiteral("40009");
        QCOMPARE(count(code), 0);
    }
}

void TestSearchTexts::inOneConversation() {
    MessageFilter filter;
    filter.text = QStringLiteral("order");
    filter.in = m_ids.value(QStringLiteral("maria"));
    QCOMPARE(textsFor(filter), (QStringList{QStringLiteral("order late"), QStringLiteral("order ready")}));
    QCOMPARE(m_open.reader->findTexts(*filter.in, QStringLiteral("order"), 10).size(), 2);
    QCOMPARE(m_open.reader->findTexts(*filter.in, QStringLiteral("order"), 1).size(), 1);
    QCOMPARE(m_open.reader->findTexts(*filter.in, QStringLiteral("zaka"), 10).size(), 0);
}

void TestSearchTexts::people_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("found");
    const QStringList m{QStringLiteral("maria")}, l{QStringLiteral("london")}, z{QStringLiteral("zoe")}, none;
    QTest::newRow("name") << QStringLiteral("maria") << m;
    QTest::newRow("name parts in any order") << QStringLiteral("lopez maria") << m;
    QTest::newRow("beginnings") << QStringLiteral("lo mar") << m;
    QTest::newRow("middle of a name") << QStringLiteral("ÓPEZ") << m;
    QTest::newRow("accent not typed") << QStringLiteral("zoe") << z;
    QTest::newRow("apostrophe") << QStringLiteral("o'neill") << z;
    QTest::newRow("last four digits") << QStringLiteral("0188") << m;
    QTest::newRow("national form") << QStringLiteral("(212) 555-0188") << m;
    QTest::newRow("international form") << QStringLiteral("+44 20 7946 0958") << l;
    QTest::newRow("with the trunk zero") << QStringLiteral("020 7946 0958") << l;
    QTest::newRow("with the trunk zero in brackets") << QStringLiteral("+44 (0)20 7946 0958") << l;
    QTest::newRow("dialled from Europe") << QStringLiteral("0044 20 7946 0958") << l;
    QTest::newRow("dialled from America") << QStringLiteral("011 44 20 7946 0958") << l;
    QTest::newRow("name and digits") << QStringLiteral("maria 0188") << m;
    QTest::newRow("name and others' digits") << QStringLiteral("maria 0142") << none;
    QTest::newRow("text alone finds nobody") << QStringLiteral("ready") << none;
    QTest::newRow("nothing") << QString() << none;
    QTest::newRow("signs") << QStringLiteral("()") << none;
}

void TestSearchTexts::people() {
    QFETCH(QString, typed);
    QFETCH(QStringList, found);
    MessageFilter filter;
    filter.text = typed;
    QStringList names;
    for (const ConversationId id : m_open.reader->searchPeople(filter, 10))
        names.append(m_ids.key(id));
    QVERIFY(!m_open.reader->takeError());
    QCOMPARE(names, found);
    filter.hasMedia = true; // people have none
    QVERIFY(m_open.reader->searchPeople(filter, 10).isEmpty());
    filter.hasMedia = false;
    filter.own = QStringLiteral("+19995550100");
    QVERIFY(m_open.reader->searchPeople(filter, 10).isEmpty());
}

void TestSearchTexts::snippets_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("shown"); // what is marked stands in square brackets
    const QString filler = QStringLiteral("many words that say nothing and go on ");
    QTest::newRow("short") << QStringLiteral("Your order is ready") << QStringLiteral("order")
                           << QStringLiteral("Your [order] is ready");
    QTest::newRow("only the part typed") << QStringLiteral("Reordering orders") << QStringLiteral("ord")
                                         << QStringLiteral("Reordering [ord]ers");
    QTest::newRow("whole words but the last")
        << QStringLiteral("order orders late lately") << QStringLiteral("order la")
        << QStringLiteral("[order] orders [la]te [la]tely");
    QTest::newRow("accents stay") << QStringLiteral("un Café crème") << QStringLiteral("cafe cre")
                                  << QStringLiteral("un [Café] [crè]me");
    QTest::newRow("accents of their own")
        << QStringLiteral("cafe\u0301s") << QStringLiteral("cafe") << QStringLiteral("[cafe\u0301]s");
    QTest::newRow("lines and controls become blanks")
        << QStringLiteral("one\ntwo\tthree\u0007four") << QStringLiteral("two")
        << QStringLiteral("one [two] three four");
    QTest::newRow("direction signs stay what they are")
        << QStringLiteral("\u202eabc order\u202c") << QStringLiteral("order")
        << QStringLiteral("\u202eabc [order]\u202c");
    QTest::newRow("markup is text") << QStringLiteral("<b>order</b>") << QStringLiteral("order")
                                    << QStringLiteral("<b>[order]</b>");
    QTest::newRow("emoji counts two")
        << QStringLiteral("😀 order") << QStringLiteral("order") << QStringLiteral("😀 [order]");
    QTest::newRow("cut in front") << filler.repeated(4) + QStringLiteral("order") << QStringLiteral("order")
                                  << QStringLiteral("…nothing and go on ") + filler.repeated(3) +
                                         QStringLiteral("[order]");
    QTest::newRow("cut behind") << QStringLiteral("order ") + filler.repeated(5) << QStringLiteral("order")
                                << QStringLiteral("[order] ") + filler.repeated(3) +
                                       QStringLiteral("many words that say…");
    QTest::newRow("nothing typed") << QStringLiteral("some text") << QString() << QStringLiteral("some text");
    QTest::newRow("empty") << QString() << QStringLiteral("order") << QString();
}

void TestSearchTexts::snippets() {
    QFETCH(QString, text);
    QFETCH(QString, typed);
    QFETCH(QString, shown);
    const Snippet snippet = snippetOf(text, needleOf(typed).words);
    QString marked = snippet.text;
    for (auto mark = snippet.marks.crbegin(); mark != snippet.marks.crend(); ++mark) {
        marked.insert(mark->first + mark->second, QLatin1Char(']'));
        marked.insert(mark->first, QLatin1Char('['));
    }
    QCOMPARE(marked, shown);
}

// Whatever the text and wherever it is cut: every mark lies within, and no character is cut in two.
void TestSearchTexts::marksFitTheText() {
    const QString pieces[]{QStringLiteral("😀"),     QStringLiteral("e\u0301"), QStringLiteral(" "),
                           QStringLiteral("order"),  QStringLiteral("مرحبا"),   QStringLiteral("x"),
                           QStringLiteral("\u200d"), QStringLiteral("\n")};
    QRandomGenerator random(4);
    const QStringList words = needleOf(QStringLiteral("order")).words;
    for (int round = 0; round < 3000; ++round) {
        QString text;
        for (quint32 i = random.bounded(120u); i > 0; --i)
            text += pieces[random.bounded(8u)];
        const Snippet snippet = snippetOf(text, words, 40);
        QVERIFY(snippet.text.size() <= 80);
        QVERIFY(snippet.text.isValidUtf16());
        qsizetype end = 0;
        for (const auto &[begin, length] : snippet.marks) {
            QVERIFY(begin >= end && length > 0 && begin + length <= snippet.text.size());
            // Less than the whole word only where the text was cut.
            QVERIFY(QStringLiteral("order").startsWith(snippet.text.sliced(begin, length)));
            QVERIFY(length == 5 || begin + length == snippet.text.size() - 1);
            end = begin + length;
        }
        QCOMPARE(snippet.marks.isEmpty(), marksIn(text, words).isEmpty());
    }
}

// Every letter of the basic plane that this SQLite knows, against the words it cuts from it.
void TestSearchTexts::foldsAsTheIndexDoes() {
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("fold"));
    database.setDatabaseName(QStringLiteral(":memory:"));
    QVERIFY(database.open());
    QStringList differing;
    int same = 0;
    {
        QSqlQuery query(database);
        QVERIFY(query.exec(QStringLiteral("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='unicode61 "
                                          "remove_diacritics 2')")));
        QVERIFY(query.exec(QStringLiteral("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")));
        QVERIFY(query.exec(QStringLiteral("BEGIN")));
        query.prepare(QStringLiteral("INSERT INTO t(rowid, text) VALUES (?, ?)"));
        for (char32_t c = 0x21; c < 0x3000; ++c) {
            query.bindValue(0, qint64(c));
            query.bindValue(1, QStringLiteral("a%1b").arg(QChar(static_cast<char16_t>(c))));
            QVERIFY(query.exec());
        }
        QHash<qint64, QStringList> words;
        QVERIFY(query.exec(QStringLiteral("SELECT doc, term FROM v ORDER BY doc, offset")));
        while (query.next())
            words[query.value(0).toLongLong()].append(query.value(1).toString());
        for (char32_t c = 0x21; c < 0x3000; ++c) {
            QStringList ownWords;
            for (const Word &word : wordsOf(QStringLiteral("a%1b").arg(QChar(static_cast<char16_t>(c)))))
                ownWords.append(word.folded);
            // Later letters are unknown to SQLite 3.40 or the other way round; Cherokee got its small ones
            // late.
            const bool isOld = QChar::category(c) != QChar::Other_NotAssigned &&
                               QChar::unicodeVersion(c) <= QChar::Unicode_6_1 &&
                               QChar::script(c) != QChar::Script_Cherokee;
            if (ownWords == words.value(qint64(c)))
                ++same;
            else if (isOld)
                differing.append(
                    QStringLiteral("U+%1 %2/%3")
                        .arg(QString::number(c, 16), ownWords.join(u' '), words.value(qint64(c)).join(u' ')));
        }
    }
    database = QSqlDatabase();
    QSqlDatabase::removeDatabase(QStringLiteral("fold"));
    // A letter with two accents, and signs that became letters later: they are found, only not marked.
    QVERIFY2(differing.size() < 30 && same > 6000, qPrintable(differing.join(QStringLiteral(", "))));
}

void TestSearchTexts::dayJump() {
    const ConversationId id = m_ids.value(QStringLiteral("maria"));
    const auto since = [&](int second) {
        const auto place = m_open.reader->firstSince(id, at(second).toMSecsSinceEpoch());
        return place ? m_open.reader->message(place->row)->text : QStringLiteral("none");
    };
    QCOMPARE(since(-100), QStringLiteral("order ready"));
    QCOMPARE(since(1), QStringLiteral("order late"));
    QCOMPARE(since(3), QStringLiteral("none"));
}

// An interrupted search returns early, says nothing of a failure, and the next one is whole.
void TestSearchTexts::interrupted() {
    const QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 20, .messages = 20000, .inFirst = 1000}));
    const auto store = *Store::open(folder.path());
    const auto reader = *store->openReader();
    MessageFilter filter;
    filter.text = QStringLiteral("you");
    filter.errorCode = QStringLiteral("no such code");
    std::atomic<bool> stop = false;
    std::thread other([&] {
        while (!stop)
            reader->interrupt();
    });
    for (int i = 0; i < 5; ++i)
        QVERIFY(reader->searchTexts(filter, {}, 10).isEmpty());
    stop = true;
    other.join();
    QVERIFY(!reader->takeError());
    filter.errorCode.clear();
    QCOMPARE(reader->searchTexts(filter, {}, 10).size(), 10);
    QVERIFY(!reader->takeError());
}

QTEST_GUILESS_MAIN(TestSearchTexts)
#include "tst_search_texts.moc"
