#include "protocol/protocol.h"

#include <QRegularExpression>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace longcode::protocol;
using nlohmann::json;

namespace {

json whole(const QByteArray &text) {
    json value = json::parse(text.begin(), text.end(), nullptr, false);
    if (value.is_discarded())
        qFatal("the test's own frame is no JSON: %s", text.constData());
    return value;
}

/// One good frame of each kind, with an element in every list.
QList<json> goodFrames() {
    return {
        whole(R"({"frame":"hello","version":2,"after":1,"log_id":"l","client":"c","console":"s"})"),
        whole(R"({"frame":"welcome","version":2,"log_id":"l","head":5,"first":2,"public_url":"u","name":"n",
              "role":"agent","members":[{"name":"n","role":"admin"}]})"),
        whole(R"({"frame":"events","events":[{"seq":5,"received_at":"2026-03-05T18:30:00.120Z",
              "kind":"webhook","intent":"i","author":"a","account":"c","body":"b"}]})"),
        whole(R"({"frame":"ack","seq":1})"),
        whole(R"({"frame":"refusal","code":"slow","message":"m"})"),
        whole(R"({"frame":"publish","id":"i","fact":"f"})"),
        whole(R"({"frame":"published","id":"i"})"),
        whole(R"({"frame":"not_published","id":"i","code":"busy","message":"m"})"),
        whole(R"({"frame":"presence","name":"n","peer":"p","own":"o","activity":"viewing"})"),
        whole(
            R"({"frame":"relay_state","public_url":"u","version":"v","started_at":"2026-03-05T18:30:00.120Z",
              "now":"2026-03-05T18:30:00.120Z","first":1,"head":2,"last_webhook_at":"","stored":1,
              "duplicates":1,"refused":1,"store_failing":false,"log_bytes":1,"free_bytes":1,
              "readers":[{"name":"n","console":"c","acknowledged":1,"seen_at":"","connected":true}],
              "forwards":[{"name":"n","waiting":1,"dead":1,"trouble":"t"}]})"),
        whole(R"({"frame":"self_test","id":"i"})"),
        whole(R"({"frame":"self_test_result","id":"i","arrived":true,"message":"m"})"),
    };
}

/// Most UTF-16 units, as PROTOCOL.md states them; 0: no text.
int longest(const QByteArray &name, const QByteArray &list) {
    if (list == "readers" || list == "forwards")
        return name == "name" ? 128 : name == "trouble" ? 1000 : name == "console" ? 64 : 0;
    static const QHash<QByteArray, int> lengths{
        {"log_id", 64},    {"client", 200}, {"console", 64}, {"public_url", 2048}, {"name", 64},
        {"intent", 200},   {"author", 64},  {"account", 64}, {"code", 32},         {"message", 1000},
        {"fact", 1 << 20}, {"id", 64},      {"peer", 64},    {"own", 64},          {"version", 64}};
    return lengths.value(name);
}

/// Most entries of a list; 0: no list.
int fullest(const QByteArray &name) {
    return name == "events" ? 1024 : name == "members" || name == "readers" || name == "forwards" ? 1000 : 0;
}

} // namespace

/// Takes each member of each frame away, gives it wrong types and goes beyond its bounds: every time the
/// frame is refused, and the error names the member.
class TestFrameBounds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void members_data();
    void members();
    void lists_data();
    void lists();
    void words_data();
    void words();

private:
    static void addRows(const json &frame, const json &object, const QByteArray &list);
};

namespace {

QByteArray textOf(const json &value) {
    return QByteArray::fromStdString(value.dump());
}

json &objectIn(json &frame, const QByteArray &list) {
    return list.isEmpty() ? frame : frame[list.toStdString()][0];
}

QString problemOf(const json &frame) {
    const auto read = decode(textOf(frame));
    return read ? QStringLiteral("accepted") : read.error();
}

} // namespace

void TestFrameBounds::addRows(const json &frame, const json &object, const QByteArray &list) {
    for (const auto &[name, value] : object.items()) {
        if (name == "frame")
            continue;
        QTest::addRow("%s %s %s", frame["frame"].get<std::string>().c_str(), list.constData(), name.c_str())
            << textOf(frame) << list << QByteArray::fromStdString(name);
    }
}

void TestFrameBounds::members_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("name");
    for (const json &frame : goodFrames()) {
        addRows(frame, frame, {});
        for (const char *list : {"events", "members", "readers", "forwards"}) {
            if (frame.contains(list))
                addRows(frame, frame[list][0], list);
        }
    }
}

void TestFrameBounds::members() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, name);
    const json good = whole(text);
    QVERIFY2(decode(text), qPrintable(problemOf(good)));
    const std::string key = name.toStdString();
    const auto refusedWith = [&](const std::function<void(json &)> &spoil) {
        json frame = good;
        spoil(objectIn(frame, list)[key]);
        const QString problem = problemOf(frame);
        return problem.contains(QString::fromLatin1(name)) ? QString() : problem;
    };
    json without = good;
    objectIn(without, list).erase(key);
    QVERIFY2(problemOf(without).contains(QString::fromLatin1(name)), qPrintable(problemOf(without)));
    for (const json &wrong : {json(nullptr), json(json::object()), json(1.5), json(json::array({1}))})
        QCOMPARE(refusedWith([&](json &value) { value = wrong; }), QString());
    json good1 = good;
    const json &value = objectIn(good1, list)[key];
    if (value.is_number()) {
        for (const json &wrong : {json("1"), json(-1), json(qint64(1) << 53), json(true)})
            QCOMPARE(refusedWith([&](json &at) { at = wrong; }), QString());
    } else {
        for (const json &wrong : {json(1), value.is_boolean() ? json("true") : json(false)})
            QCOMPARE(refusedWith([&](json &at) { at = wrong; }), QString());
    }
    if (const int most = value.is_string() ? longest(name, list) : 0) {
        QCOMPARE(refusedWith([&](json &at) { at = std::string(std::size_t(most) + 1, 'x'); }), QString());
        json full = good;
        objectIn(full, list)[key] = std::string(std::size_t(most), 'x');
        QVERIFY2(decode(textOf(full)), qPrintable(problemOf(full)));
    }
}

void TestFrameBounds::lists_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("list");
    for (const json &frame : goodFrames()) {
        for (const char *list : {"events", "members", "readers", "forwards"}) {
            if (frame.contains(list))
                QTest::newRow(list) << textOf(frame) << QByteArray(list);
        }
    }
}

void TestFrameBounds::lists() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, list);
    json frame = whole(text);
    json &all = frame[list.toStdString()];
    const auto grow = [&] {
        json next = all.back();
        if (next.contains("seq"))
            next["seq"] = next["seq"].get<int>() + 1;
        all.push_back(next);
    };
    while (int(all.size()) < fullest(list))
        grow();
    QVERIFY2(decode(textOf(frame)), qPrintable(problemOf(frame)));
    grow();
    QCOMPARE(problemOf(frame), QString(QString::fromLatin1(list) % QLatin1String(" has too many entries")));
}

void TestFrameBounds::words_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const char *text, const char *problem) {
        QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(problem);
    };
    row("kind of entry",
        R"({"frame":"events","events":[{"seq":5,"received_at":"2026-03-05T18:30:00.120Z","kind":"rumour","intent":"","author":"","account":"","body":""}]})",
        "events[0].kind");
    row("withheld with a body",
        R"({"frame":"events","events":[{"seq":5,"received_at":"2026-03-05T18:30:00.120Z","kind":"withheld","intent":"","author":"","account":"","body":"x"}]})",
        "events[0].body of a withheld entry is not empty");
    row("role",
        R"({"frame":"welcome","version":2,"log_id":"l","head":5,"first":2,"public_url":"u","name":"n","role":"king","members":[]})",
        "role");
    row("role of a member",
        R"({"frame":"welcome","version":2,"log_id":"l","head":5,"first":2,"public_url":"u","name":"n","role":"agent","members":[{"name":"n","role":""}]})",
        "members[0].role");
    row("first beyond head",
        R"({"frame":"welcome","version":2,"log_id":"l","head":5,"first":7,"public_url":"u","name":"n","role":"agent","members":[]})",
        "first is beyond head");
    row("activity", R"({"frame":"presence","name":"n","peer":"p","own":"o","activity":"sleeping"})",
        "activity");
    row("time",
        R"({"frame":"events","events":[{"seq":5,"received_at":"","kind":"fact","intent":"","author":"","account":"","body":""}]})",
        "events[0].received_at");
    row("fact without an id", R"({"frame":"publish","id":"","fact":"{}"})", "id is empty");
    row("self-test without an id", R"({"frame":"self_test","id":""})", "id is empty");
}

void TestFrameBounds::words() {
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    const auto frame = decode(text);
    QVERIFY(!frame);
    QCOMPARE(frame.error(), problem);
}

QTEST_GUILESS_MAIN(TestFrameBounds)
#include "tst_frame_bounds.moc"
