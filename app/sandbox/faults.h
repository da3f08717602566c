#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace longcode::sandbox {

/// Something that goes wrong on purpose with the next requests that match.
struct Fault {
    enum class Kind : std::uint8_t {
        DropBefore, ///< the connection closes, the request has no effect
        DropAfter,  ///< the request has its effect, then the connection closes unanswered
        Status,     ///< another answer is given
        Delay       ///< the answer comes later
    };
    Kind kind = Kind::DropBefore;
    int times = 1;
    std::string method{}; ///< empty: any
    std::string path{};   ///< begin of the path below /v2; empty: any
    int status = 500;
    std::string code{}, detail{};
    int retryAfter = 0;    ///< seconds; 0: no header
    bool accepted = false; ///< Status: whether the request has its effect all the same
    std::chrono::milliseconds delay{0};
};

/// The faults still to come, oldest first.
class Faults {
public:
    void add(Fault fault) { m_faults.push_back(std::move(fault)); }
    void clear() { m_faults.clear(); }
    [[nodiscard]] const std::vector<Fault> &all() const { return m_faults; }

    /// The first fault for this request that is no delay; it counts as used.
    [[nodiscard]] std::optional<Fault> take(std::string_view method, std::string_view path);
    /// The first delay for this request, 0 when there is none.
    [[nodiscard]] std::chrono::milliseconds takeDelay(std::string_view method, std::string_view path);

private:
    [[nodiscard]] std::optional<Fault> takeWhere(std::string_view method, std::string_view path, bool delay);

    std::vector<Fault> m_faults;
};

} // namespace longcode::sandbox
