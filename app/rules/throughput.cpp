#include "rules/throughput.h"

#include "rules/word_lists.h"

#include <algorithm>
#include <string_view>

namespace longcode::data {
extern const std::string_view throughput;
} // namespace longcode::data

namespace longcode::rules {

namespace {

struct AttRow {
    QString useCases;
    int lowest = 0;
    int highest = 100;
    AttThroughput figures;
};

struct TMobileRow {
    int lowest = 0;
    int highest = 100;
    TMobileThroughput figures;
};

const QLatin1String anyScore("-");

const QList<AttRow> &attRows() {
    static const QList<AttRow> rows = [] {
        constexpr qsizetype cells = 8;
        QList<AttRow> read;
        for (const QStringList &row : rowsOf(data::throughput)) {
            if (row.size() != cells || row[0] != QLatin1String("att"))
                continue;
            const bool isAny = row[3] == anyScore;
            read.append({row[2],
                         isAny ? 0 : row[3].toInt(),
                         isAny ? 100 : row[4].toInt(),
                         {row[1], row[5].toInt(), row[6].toInt(), row[7] == QLatin1String("number")}});
        }
        return read;
    }();
    return rows;
}

const QList<TMobileRow> &tMobileRows() {
    static const QList<TMobileRow> rows = [] {
        constexpr qsizetype cells = 5;
        QList<TMobileRow> read;
        for (const QStringList &row : rowsOf(data::throughput)) {
            if (row.size() != cells || row[0] != QLatin1String("t-mobile"))
                continue;
            const bool isAny = row[2] == anyScore;
            read.append({isAny ? -1 : row[2].toInt(), isAny ? -1 : row[3].toInt(), {row[1], row[4].toInt()}});
        }
        return read;
    }();
    return rows;
}

int bounded(std::optional<int> score) {
    return std::clamp(score.value_or(0), 0, 100);
}

} // namespace

AttThroughput attThroughput(const QString &useCase, std::optional<int> score) {
    const bool isMixed = useCase == QLatin1String("MIXED") || useCase == QLatin1String("MARKETING");
    const bool isNamed = std::any_of(attRows().begin(), attRows().end(),
                                     [&](const AttRow &row) { return row.useCases == useCase; });
    const QString wanted = isNamed   ? useCase
                           : isMixed ? QStringLiteral("mixed")
                                     : QStringLiteral("dedicated");
    const int points = bounded(score);
    for (const AttRow &row : attRows())
        if (row.useCases == wanted && points >= row.lowest && points <= row.highest)
            return row.figures;
    return {};
}

std::optional<AttThroughput> attThroughputOfClass(const QString &messageClass) {
    for (const AttRow &row : attRows())
        if (row.figures.messageClass == messageClass.trimmed().toUpper())
            return row.figures;
    return std::nullopt;
}

TMobileThroughput tMobileThroughput(const QString &useCase, std::optional<int> score) {
    const int points = useCase == QLatin1String("SOLE_PROPRIETOR") ? -1 : bounded(score);
    for (const TMobileRow &row : tMobileRows())
        if (points >= row.lowest && points <= row.highest)
            return row.figures;
    return {};
}

double tollFreePerSecond(TollFreeState state) {
    constexpr double unverified = 0.25;
    constexpr double pending = 1;
    constexpr double verified = 20;
    if (state == TollFreeState::Unverified)
        return unverified;
    return state == TollFreeState::Pending ? pending : verified;
}

} // namespace longcode::rules
