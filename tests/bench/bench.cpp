#include "bench/bench.h"

#include "base/program.h"

#include <QJsonDocument>

#include <algorithm>
#include <ctime>

namespace longcode::bench {

namespace {

std::vector<Entry> &registered() {
    static std::vector<Entry> all;
    return all;
}

double processNanoseconds() {
    return static_cast<double>(std::clock()) * (1e9 / static_cast<double>(CLOCKS_PER_SEC));
}

double timed(const std::function<void()> &work, qint64 calls) {
    const double start = processNanoseconds();
    for (qint64 i = 0; i < calls; ++i)
        work();
    return processNanoseconds() - start;
}

} // namespace

void Bench::report(const Figure &figure) const {
    const QJsonValue ceiling = figure.ceiling ? QJsonValue(*figure.ceiling) : QJsonValue(QJsonValue::Null);
    const QJsonObject line{
        {QStringLiteral("bench"), m_name},
        {QStringLiteral("case"), figure.name},
        {QStringLiteral("value"), figure.value},
        {QStringLiteral("unit"), figure.unit},
        {QStringLiteral("better"),
         figure.better == Better::Lower ? QStringLiteral("lower") : QStringLiteral("higher")},
        {QStringLiteral("ceiling"), ceiling},
        {QStringLiteral("context"), figure.context},
    };
    printLine(QJsonDocument(line).toJson(QJsonDocument::Compact));
}

std::vector<Entry> entries() {
    std::vector<Entry> all = registered();
    std::sort(all.begin(), all.end(), [](const Entry &a, const Entry &b) { return a.name < b.name; });
    return all;
}

void keep(qint64 value) {
    static volatile qint64 kept = 0;
    kept = kept + value;
}

Registration::Registration(const char *name, Run run) {
    registered().push_back({QLatin1String(name), run});
}

double nanosecondsPerCall(const std::function<void()> &work, int rounds) {
    constexpr double shortestRound = 20e6;
    qint64 calls = 1;
    while (timed(work, calls) < shortestRound)
        calls *= 2;
    double least = timed(work, calls);
    for (int round = 1; round < rounds; ++round)
        least = std::min(least, timed(work, calls));
    return least / static_cast<double>(calls);
}

} // namespace longcode::bench
