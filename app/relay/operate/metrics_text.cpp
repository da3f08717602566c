#include "relay/operate/metrics_text.h"

#include "relay/operate/histogram.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace longcode::relay {

namespace {

constexpr std::string_view prefix = "longcode_relay_";

std::string number(double value) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.15g", value);
    return text.data();
}

/// Backslash, quote and line end are what the format wants escaped in a label's value.
std::string escaped(const QString &value) {
    std::string out;
    for (const char c : value.toUtf8()) {
        if (c == '\\' || c == '"')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

} // namespace

MetricsText &MetricsText::family(std::string_view name, Kind kind, std::string_view help) {
    head(name, kind == Kind::Counter ? "counter" : "gauge", help);
    return *this;
}

MetricsText &MetricsText::sample(double value, std::initializer_list<Label> labels) {
    line(m_family, labels, number(value));
    return *this;
}

MetricsText &MetricsText::sample(qint64 value, std::initializer_list<Label> labels) {
    line(m_family, labels, std::to_string(value));
    return *this;
}

MetricsText &MetricsText::histogram(std::string_view name, std::string_view help, const Histogram &times) {
    head(name, "histogram", help);
    // The number is read first: a bucket may count more than the whole, never the other way round.
    const quint64 all = times.count();
    quint64 below = 0;
    for (std::size_t i = 0; i < Histogram::bounds.size(); ++i) {
        below = std::min(below + times.in(i), all);
        const QString bound = QString::fromStdString(number(static_cast<double>(Histogram::bounds[i]) / 1e6));
        line(m_family + "_bucket", {{"le", bound}}, std::to_string(below));
    }
    line(m_family + "_bucket", {{"le", QStringLiteral("+Inf")}}, std::to_string(all));
    line(m_family + "_sum", {}, number(times.sumSeconds()));
    line(m_family + "_count", {}, std::to_string(all));
    return *this;
}

void MetricsText::head(std::string_view name, std::string_view type, std::string_view help) {
    m_family = prefix;
    m_family += name;
    m_text.append("# HELP ").append(m_family).append(" ").append(help).append("\n# TYPE ");
    m_text.append(m_family).append(" ").append(type).append("\n");
}

void MetricsText::line(std::string_view name, std::initializer_list<Label> labels, const std::string &value) {
    m_text.append(name);
    char separator = '{';
    for (const auto &[label, text] : labels) {
        m_text += separator;
        m_text.append(label).append("=\"").append(escaped(text)).append("\"");
        separator = ',';
    }
    if (labels.size() > 0)
        m_text += '}';
    m_text.append(" ").append(value).append("\n");
}

} // namespace longcode::relay
