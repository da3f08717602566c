#pragma once

#include <algorithm>
#include <vector>

namespace longcode::bench {

/// Measured values of one thing.
class Samples {
public:
    void add(double value) { m_values.push_back(value); }
    [[nodiscard]] std::size_t count() const { return m_values.size(); }
    /// 0 to 1; the nearest measured value.
    [[nodiscard]] double quantile(double part) const {
        if (m_values.empty())
            return 0;
        std::vector<double> sorted = m_values;
        std::sort(sorted.begin(), sorted.end());
        const auto place = static_cast<std::size_t>(part * double(sorted.size() - 1) + 0.5);
        return sorted[place];
    }
    [[nodiscard]] double median() const { return quantile(0.5); }
    [[nodiscard]] double p99() const { return quantile(0.99); }
    [[nodiscard]] double most() const { return quantile(1); }

private:
    std::vector<double> m_values;
};

} // namespace longcode::bench
