#pragma once

#include <QtGlobal>

#include <array>
#include <atomic>
#include <chrono>

namespace longcode::relay {

/// How long something took, as Prometheus wants to know it. Any thread counts, any thread reads; the figures
/// of one reading may be apart by what is counted meanwhile.
class Histogram {
public:
    /// Upper bounds of the buckets in microseconds; what is above counts in the sum and the number only.
    static constexpr std::array<qint64, 12> bounds{500,    1'000,   2'500,   5'000,   10'000,    25'000,
                                                   50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000};

    void observe(std::chrono::microseconds time) {
        const qint64 micros = time.count() < 0 ? 0 : time.count();
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            if (micros <= bounds[i]) {
                m_buckets[i].fetch_add(1, std::memory_order_relaxed);
                break;
            }
        }
        m_sum.fetch_add(static_cast<quint64>(micros), std::memory_order_relaxed);
        m_count.fetch_add(1, std::memory_order_relaxed);
    }

    /// In bucket `i` alone, not cumulated.
    [[nodiscard]] quint64 in(std::size_t i) const { return m_buckets[i].load(std::memory_order_relaxed); }
    [[nodiscard]] quint64 count() const { return m_count.load(std::memory_order_relaxed); }
    [[nodiscard]] double sumSeconds() const {
        return static_cast<double>(m_sum.load(std::memory_order_relaxed)) / 1e6;
    }

private:
    std::array<std::atomic<quint64>, bounds.size()> m_buckets{};
    std::atomic<quint64> m_sum = 0;
    std::atomic<quint64> m_count = 0;
};

} // namespace longcode::relay
