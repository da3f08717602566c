#include "relay/operate/histogram.h"
#include "relay/operate/metrics_text.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::relay;
using namespace std::chrono_literals;

class MetricsTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void writesFamilies();
    void writesAHistogram();
};

void MetricsTextTest::writesFamilies() {
    MetricsText text;
    text.family("webhooks_total", MetricsText::Kind::Counter, "Webhooks by outcome.")
        .sample(qint64(12345678901), {{"outcome", QStringLiteral("stored")}})
        .sample(qint64(0), {{"outcome", QStringLiteral("a \"b\"\\\n")}, {"account", QString()}});
    text.family("start", MetricsText::Kind::Gauge, "Start.").sample(1.5);
    QCOMPARE(QByteArray::fromStdString(text.text()),
             QByteArray("# HELP longcode_relay_webhooks_total Webhooks by outcome.\n"
                        "# TYPE longcode_relay_webhooks_total counter\n"
                        "longcode_relay_webhooks_total{outcome=\"stored\"} 12345678901\n"
                        "longcode_relay_webhooks_total{outcome=\"a \\\"b\\\"\\\\\\n\",account=\"\"} 0\n"
                        "# HELP longcode_relay_start Start.\n"
                        "# TYPE longcode_relay_start gauge\n"
                        "longcode_relay_start 1.5\n"));
}

void MetricsTextTest::writesAHistogram() {
    Histogram times;
    times.observe(100us);
    times.observe(500us); // a bound belongs to its bucket
    times.observe(501us);
    times.observe(3s); // above all
    MetricsText text;
    text.histogram("append_seconds", "Time.", times);
    const QByteArray written = QByteArray::fromStdString(text.text());
    QVERIFY(written.contains("# TYPE longcode_relay_append_seconds histogram\n"));
    QVERIFY(written.contains("_bucket{le=\"0.0005\"} 2\n"));
    QVERIFY(written.contains("_bucket{le=\"0.001\"} 3\n"));
    QVERIFY(written.contains("_bucket{le=\"2.5\"} 3\n"));
    QVERIFY(written.contains("_bucket{le=\"+Inf\"} 4\n"));
    QVERIFY(written.contains("append_seconds_count 4\n"));
    QVERIFY(written.contains("append_seconds_sum 3.001101\n"));
}

QTEST_GUILESS_MAIN(MetricsTextTest)
#include "tst_metrics_text.moc"
