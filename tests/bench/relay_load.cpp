#include "bench/relay_load.h"

#include <QTest>

#include <future>

namespace longcode::bench {

namespace {

constexpr char numberBegins[] = "\"id\":\"00000000-0000-4000-8000-";

} // namespace

QByteArray webhook(int number) {
    QByteArray body =
        "{\"data\":{\"event_type\":\"message.received\"," + QByteArray(numberBegins) +
        QByteArray::number(number).rightJustified(12, '0') +
        "\",\"occurred_at\":\"2026-03-05T18:30:00.000Z\",\"payload\":{\"direction\":\"inbound\","
        "\"text\":\"";
    const QByteArray end = "\"},\"record_type\":\"event\"},\"meta\":{\"attempt\":1}}";
    return body.append(QByteArray(webhookBytes - body.size() - end.size(), 'x')).append(end);
}

int webhookNumber(const QByteArray &body) {
    const qsizetype begin = body.indexOf(numberBegins);
    return begin < 0 ? -1 : body.mid(begin + qsizetype(sizeof numberBegins) - 1, 12).toInt();
}

QList<QByteArray> signedRequests(const tests::RelayFixture &relay, int first, int count) {
    QList<QByteArray> requests;
    requests.reserve(count);
    for (int i = first; i < first + count; ++i)
        requests.append(relay.bytes({.body = webhook(i)}));
    return requests;
}

LoadResult loadWhileServing(quint16 port, const LoadPlan &plan, const QList<QByteArray> &requests) {
    auto running = std::async(std::launch::async, [&] { return runLoad(port, plan, requests); });
    while (running.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        QTest::qWait(5);
    return running.get();
}

} // namespace longcode::bench
