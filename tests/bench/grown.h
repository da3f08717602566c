#pragma once

#include "bench/bench.h"
#include "bench/stores.h"

#include <optional>
#include <vector>

namespace longcode::bench {

/// The same figure at several sizes of the store: prints each, and at last the ratio of the largest to the
/// smallest.
class Grown {
public:
    Grown(Bench &bench, QString name, QString unit, double ceiling)
        : m_bench(bench), m_name(std::move(name)), m_unit(std::move(unit)), m_ceiling(ceiling) {}

    void add(const MeasuredStore &store, double value, QJsonObject more = {}) {
        const QJsonObject sizes = store.context();
        for (auto one = sizes.begin(); one != sizes.end(); ++one)
            more.insert(one.key(), one.value());
        m_bench.report({m_name, value, m_unit, Better::Lower, m_ceiling, more});
        m_values.push_back(value);
        m_sizes.append(store.messages);
    }
    void reportRatio() {
        if (m_values.size() > 1 && m_values.front() > 0)
            m_bench.report({m_name + QStringLiteral("_ratio"),
                            m_values.back() / m_values.front(),
                            QStringLiteral("times"),
                            Better::Lower,
                            std::nullopt,
                            {{QStringLiteral("from_messages"), m_sizes.first()},
                             {QStringLiteral("to_messages"), m_sizes.last()}}});
    }

private:
    Bench &m_bench;
    QString m_name, m_unit;
    double m_ceiling;
    std::vector<double> m_values;
    QList<int> m_sizes;
};

} // namespace longcode::bench
