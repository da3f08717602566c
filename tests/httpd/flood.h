#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace longcode::tests {

/// As many descriptors as this system gives. Returns how many that are.
std::size_t raiseDescriptorLimit();

/// One blocking connection without any cleverness, cheap enough to have thousands of.
class FloodClient {
public:
    /// From a loopback address of choice, so that several clients can be played.
    explicit FloodClient(std::uint16_t port, const char *from = "127.0.0.1");
    ~FloodClient();
    FloodClient(FloodClient &&other) noexcept;
    FloodClient &operator=(FloodClient &&other) noexcept;

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    bool send(std::string_view bytes);
    /// Reads answers until there are `wanted`, or the server closes. How often each status came.
    std::map<int, int> answers(int wanted);
    void close();

private:
    int m_descriptor = -1;
    std::string m_rest;
};

} // namespace longcode::tests
