#pragma once

#include "httpd/net.h"

#include "httpd/httpd.h"

namespace longcode::httpd {

/// Who counts as one client: an IPv4 address, or an IPv6 network of /64, which is what one customer gets.
struct ClientKey {
    std::uint64_t high = 0, low = 0;
    friend bool operator==(const ClientKey &, const ClientKey &) = default;
};
[[nodiscard]] ClientKey clientKey(const net::ip::address &address);
struct ClientKeyHash {
    std::size_t operator()(const ClientKey &key) const;
};

/// "10.0.0.0/8", or a single address.
class AddressRange {
public:
    [[nodiscard]] static std::optional<AddressRange> parse(std::string_view text);
    [[nodiscard]] bool contains(const net::ip::address &address) const;

private:
    std::array<unsigned char, 16> m_bytes{};
    unsigned m_bits = 128;
};

/// Where a request came from.
struct Origin {
    net::ip::address address;
    bool secure = false;
    /// A trusted proxy sent it and did not say for whom: nobody can be held to account.
    bool anonymous = false;
};

/// The proxies whose word is believed.
class TrustedProxies {
public:
    /// The error is a sentence.
    [[nodiscard]] static Result<TrustedProxies, std::string> parse(const std::vector<std::string> &texts);
    [[nodiscard]] bool contains(const net::ip::address &address) const;
    /// Follows X-Forwarded-For from the last hop on, for as long as the hops are
    /// trusted.
    [[nodiscard]] Origin originOf(const net::ip::address &peer, bool secure, const Request &request) const;

private:
    std::vector<AddressRange> m_ranges;
};

/// An address as it stands in a header: with or without port, brackets and quotes.
[[nodiscard]] std::optional<net::ip::address> addressIn(std::string_view text);

/// The name or address in a Host header: lower case, without port, brackets and the root's dot. Empty: not a
/// host.
[[nodiscard]] std::string hostName(std::string_view authority);

} // namespace longcode::httpd
