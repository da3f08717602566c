#include "telnyx/paginator.h"

#include "telnyx/api_fixture.h"

#include <QRegularExpression>
#include <QUrlQuery>

using namespace longcode;
using namespace longcode::tests;
using namespace longcode::telnyx;
using nlohmann::json;

namespace {

/// A list of `total` entries, paged by the server in pages of at most `clamp`, and told in one of the styles.
struct PagedList {
    int total = 0;
    int clamp = 1000;
    const char *number = "page[number]";
    const char *size = "page[size]";
    const char *list = "data";
    const char *totalName = nullptr; ///< null with inMeta false: no total is told
    bool inMeta = false;

    [[nodiscard]] Reaction operator()(const SeenRequest &request) const {
        const QUrlQuery query(QUrl::fromEncoded(request.target));
        const auto value = [&](const char *name) {
            return query
                .queryItemValue(QString::fromLatin1(QUrl::toPercentEncoding(QString::fromLatin1(name))),
                                QUrl::FullyEncoded)
                .toInt();
        };
        const int page = value(number);
        const int entries = std::min(value(size), clamp);
        json body{{list, json::array()}};
        for (int i = (page - 1) * entries; i < std::min(page * entries, total); ++i)
            body[list].push_back(i);
        if (inMeta)
            body["meta"] = {{"total_pages", (total + entries - 1) / entries}, {"page_number", page}};
        else if (totalName)
            body[totalName] = total;
        return jsonAnswer(200, QByteArray::fromStdString(body.dump()));
    }
};

constexpr Operation anyList{Verb::Get, "/messaging_profiles"};

} // namespace

Q_DECLARE_METATYPE(PageStyle)
Q_DECLARE_METATYPE(PagedList)

class TestPaginator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void styles_data();
    void styles();
    void emptyForms_data();
    void emptyForms();
    void strangeForms_data();
    void strangeForms();
    void anErrorOnTheWay();
    void endlessLists();
    void stopsWhenNotWanted();
    void keepsTheQuery();

private:
    /// Collects with a network that records nothing: the lists are made up.
    static JsonAnswer collect(
        ScriptedServer &server, PageStyle style, std::function<bool()> wanted = [] { return true; },
        Request request = {anyList}, int mostPages = maximumPages);
};

JsonAnswer TestPaginator::collect(ScriptedServer &server, PageStyle style, std::function<bool()> wanted,
                                  Request request, int mostPages) {
    QNetworkAccessManager network;
    Settings settings;
    settings.baseUrl = server.url(QStringLiteral("/v2"));
    settings.apiKey = "KEY";
    settings.retries = 0;
    Transport transport(network, settings);
    std::optional<JsonAnswer> result;
    collectPages(
        transport, std::move(request), style, std::move(wanted),
        [&](JsonAnswer answer) { result = std::move(answer); }, mostPages);
    if (!QTest::qWaitFor([&] { return result.has_value(); }, 30'000))
        qFatal("the list did not end");
    return *result;
}

void TestPaginator::styles_data() {
    QTest::addColumn<PageStyle>("style");
    QTest::addColumn<PagedList>("list");
    QTest::addColumn<int>("requests");
    const PagedList p1{600, 1000, "page[number]", "page[size]", "data", nullptr, true};
    const PagedList p3{230, 1000, "page", "page_size", "records", "total_records", false};
    const PagedList p4{230, 1000, "page[number]", "page[size]", "records", "total_records", false};
    const PagedList p5{1001, 1000, "page", "recordsPerPage", "records", "totalRecords", false};
    const PagedList p6{250, 1000, "page", "recordsPerPage", "records", nullptr, false};
    const auto with = [](PagedList list, int total, int clamp = 1000) {
        list.total = total;
        list.clamp = clamp;
        return list;
    };
    QTest::newRow("P1") << PageStyle::P1 << p1 << 3;
    QTest::newRow("P1, one page") << PageStyle::P1 << with(p1, 250) << 1;
    QTest::newRow("P1, size clamped") << PageStyle::P1 << with(p1, 600, 100) << 6;
    QTest::newRow("P1, empty") << PageStyle::P1 << with(p1, 0) << 1;
    QTest::newRow("P2") << PageStyle::P2 << with(p1, 201) << 3;
    QTest::newRow("P3") << PageStyle::P3 << p3 << 3;
    QTest::newRow("P3, size clamped") << PageStyle::P3 << with(p3, 230, 50) << 5;
    QTest::newRow("P3, exactly two pages") << PageStyle::P3 << with(p3, 200) << 2;
    QTest::newRow("P4") << PageStyle::P4 << p4 << 3;
    QTest::newRow("P5") << PageStyle::P5 << p5 << 3;
    QTest::newRow("P6, no total") << PageStyle::P6 << p6 << 3;
    QTest::newRow("P6, no total, full last page") << PageStyle::P6 << with(p6, 200) << 3;
}

void TestPaginator::styles() {
    QFETCH(PageStyle, style);
    QFETCH(PagedList, list);
    QFETCH(int, requests);
    ScriptedServer server(list);
    const JsonAnswer answer = collect(server, style);
    QVERIFY(answer);
    QCOMPARE(answer->size(), std::size_t(list.total));
    for (int i = 0; i < list.total; ++i)
        QCOMPARE((*answer)[std::size_t(i)].get<int>(), i);
    QCOMPARE(server.requests().size(), requests);
}

void TestPaginator::emptyForms_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("no body") << QByteArray();
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("data null") << QByteArray(R"({"data":null,"meta":null})");
    QTest::newRow("only meta") << QByteArray(R"({"meta":{"total_pages":7}})");
    QTest::newRow("empty, though pages are promised")
        << QByteArray(R"({"data":[],"meta":{"total_pages":7}})");
}

void TestPaginator::emptyForms() {
    QFETCH(QByteArray, body);
    ScriptedServer server([&](const SeenRequest &) { return jsonAnswer(200, body); });
    const JsonAnswer answer = collect(server, PageStyle::P1);
    QVERIFY(answer);
    QVERIFY(answer->is_array() && answer->empty());
    QCOMPARE(server.requests().size(), 1);
}

void TestPaginator::strangeForms_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("data an object") << QByteArray(R"({"data":{"id":1}})");
    QTest::newRow("data a text") << QByteArray(R"({"data":"x"})");
    QTest::newRow("a text") << QByteArray("\"x\"");
}

void TestPaginator::strangeForms() {
    QFETCH(QByteArray, body);
    ScriptedServer server([&](const SeenRequest &) { return jsonAnswer(200, body); });
    const JsonAnswer answer = collect(server, PageStyle::P1);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(answer.error().title, QStringLiteral("data"));
}

void TestPaginator::anErrorOnTheWay() {
    const PagedList list{600, 1000, "page[number]", "page[size]", "data", nullptr, true};
    ScriptedServer server;
    server.setScript([&](const SeenRequest &request) {
        return server.requests().size() == 2 ? jsonAnswer(403, "{}") : list(request);
    });
    const JsonAnswer answer = collect(server, PageStyle::P1);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Forbidden);
    QCOMPARE(server.requests().size(), 2);
}

/// A server that always promises one page more does not keep us for ever.
void TestPaginator::endlessLists() {
    ScriptedServer server([](const SeenRequest &) {
        return jsonAnswer(200, R"({"data":[1],"meta":{"total_pages":999999999}})");
    });
    const JsonAnswer answer = collect(server, PageStyle::P1, [] { return true; }, {anyList}, 7);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(server.requests().size(), 7);
}

void TestPaginator::stopsWhenNotWanted() {
    const PagedList list{600, 1000, "page[number]", "page[size]", "data", nullptr, true};
    ScriptedServer server(list);
    const JsonAnswer answer = collect(server, PageStyle::P1, [] { return false; });
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
    QCOMPARE(server.requests().size(), 1);
}

void TestPaginator::keepsTheQuery() {
    ScriptedServer server([](const SeenRequest &) { return jsonAnswer(200, R"({"data":[]})"); });
    Request request{anyList};
    request.query = {{QStringLiteral("filter[name][contains]"), QStringLiteral("a&b=c d/é")}};
    QVERIFY(collect(server, PageStyle::P1, [] { return true; }, request));
    QCOMPARE(server.requests().value(0).target,
             QByteArray("/v2/messaging_profiles?filter%5Bname%5D%5Bcontains%5D=a%26b%3Dc%20d%2F%C3%A9"
                        "&page%5Bnumber%5D=1&page%5Bsize%5D=250"));
}

QTEST_GUILESS_MAIN(TestPaginator)
#include "tst_paginator.moc"
