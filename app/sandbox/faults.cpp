#include "sandbox/faults.h"

#include <algorithm>

namespace longcode::sandbox {

std::optional<Fault> Faults::takeWhere(std::string_view method, std::string_view path, bool delay) {
    const auto found = std::find_if(m_faults.begin(), m_faults.end(), [&](const Fault &fault) {
        return (fault.kind == Fault::Kind::Delay) == delay &&
               (fault.method.empty() || fault.method == method) && path.starts_with(fault.path);
    });
    if (found == m_faults.end())
        return {};
    Fault fault = *found;
    if (--found->times <= 0)
        m_faults.erase(found);
    return fault;
}

std::optional<Fault> Faults::take(std::string_view method, std::string_view path) {
    return takeWhere(method, path, false);
}

std::chrono::milliseconds Faults::takeDelay(std::string_view method, std::string_view path) {
    const auto fault = takeWhere(method, path, true);
    return fault ? fault->delay : std::chrono::milliseconds(0);
}

} // namespace longcode::sandbox
