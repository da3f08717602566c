#pragma once

#include <QString>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace longcode::relay {

class Histogram;

/// Writes figures in Prometheus' text format 0.0.4. One thread.
class MetricsText {
public:
    enum class Kind : quint8 { Counter, Gauge };
    using Label = std::pair<std::string_view, QString>;

    static constexpr char contentType[] = "text/plain; version=0.0.4; charset=utf-8";

    /// Begins a family; its samples follow. `name` without the prefix `longcode_relay_`, which is added.
    MetricsText &family(std::string_view name, Kind kind, std::string_view help);
    MetricsText &sample(double value, std::initializer_list<Label> labels = {});
    MetricsText &sample(qint64 value, std::initializer_list<Label> labels = {});
    /// A whole family, in seconds.
    MetricsText &histogram(std::string_view name, std::string_view help, const Histogram &times);

    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    void head(std::string_view name, std::string_view type, std::string_view help);
    void line(std::string_view name, std::initializer_list<Label> labels, const std::string &value);

    std::string m_family;
    std::string m_text;
};

} // namespace longcode::relay
