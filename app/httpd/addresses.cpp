#include "httpd/addresses.h"

#include "httpd/text.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>
#include <random>

namespace longcode::httpd {

namespace {

/// A chain longer than this is no honest one.
constexpr int mostHops = 16;

/// IPv4 as the IPv6 address that stands for it.
std::array<unsigned char, 16> bytesOf(const net::ip::address &address) {
    if (address.is_v4())
        return net::ip::make_address_v6(net::ip::v4_mapped, address.to_v4()).to_bytes();
    return address.to_v6().to_bytes();
}

std::uint64_t number(const unsigned char *bytes) {
    std::uint64_t out = 0;
    for (int i = 0; i < 8; ++i)
        out = out << 8 | bytes[i];
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

/// The last element of a comma-separated list, which then ends before it. Nothing: the list is at its end.
std::optional<std::string_view> takeLast(std::string_view &list) {
    if (list.empty())
        return std::nullopt;
    const std::size_t comma = list.rfind(',');
    const std::string_view last = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
    return trimmed(last);
}

std::string_view unquoted(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        return text.substr(1, text.size() - 2);
    return text;
}

/// All fields of that name as one list (RFC 7230, 3.2.2).
std::string joined(const Request &request, std::string_view name) {
    std::string out;
    for (const Header &header : request.headers) {
        if (!equalsIgnoringCase(header.name, name))
            continue;
        if (!out.empty())
            out.append(", ");
        out.append(header.value);
    }
    return out;
}

} // namespace

ClientKey clientKey(const net::ip::address &address) {
    const auto bytes = bytesOf(address);
    const bool v4 = address.is_v4() || address.to_v6().is_v4_mapped();
    return {number(bytes.data()), v4 ? number(bytes.data() + 8) : 0};
}

std::size_t ClientKeyHash::operator()(const ClientKey &key) const {
    // Strangers must not be able to choose who shares a place with whom.
    static const std::uint64_t secret = std::uint64_t(std::random_device()()) << 32 | std::random_device()();
    std::uint64_t hash = (key.high ^ secret) * 0x9E3779B97F4A7C15ull;
    hash = (hash ^ (hash >> 32) ^ key.low) * 0xD6E8FEB86659FD93ull;
    hash = (hash ^ (hash >> 32) ^ secret) * 0xD6E8FEB86659FD93ull;
    return static_cast<std::size_t>(hash ^ (hash >> 32));
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    beast::error_code error;
    const auto address = net::ip::make_address(std::string(text.substr(0, slash)), error);
    if (error)
        return std::nullopt;
    AddressRange out;
    out.m_bytes = bytesOf(address);
    if (slash == std::string_view::npos)
        return out;
    const std::string_view digits = text.substr(slash + 1);
    const unsigned most = address.is_v4() ? 32 : 128;
    unsigned bits = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (problem != std::errc() || end != digits.data() + digits.size() || bits > most)
        return std::nullopt;
    out.m_bits = bits + (128 - most);
    return out;
}

bool AddressRange::contains(const net::ip::address &address) const {
    const auto bytes = bytesOf(address);
    for (unsigned bit = 0; bit < m_bits; bit += 8) {
        const unsigned kept = std::min(8U, m_bits - bit);
        const auto mask = static_cast<unsigned char>(0xFF << (8 - kept));
        if (((bytes[bit / 8] ^ m_bytes[bit / 8]) & mask) != 0)
            return false;
    }
    return true;
}

Result<TrustedProxies, std::string> TrustedProxies::parse(const std::vector<std::string> &texts) {
    TrustedProxies out;
    for (const std::string &text : texts) {
        const auto range = AddressRange::parse(text);
        if (!range)
            return failed("“" + text + "” is not the address of a proxy, nor a range of addresses.");
        out.m_ranges.push_back(*range);
    }
    return out;
}

bool TrustedProxies::contains(const net::ip::address &address) const {
    return std::ranges::any_of(m_ranges, [&](const AddressRange &range) { return range.contains(address); });
}

Origin TrustedProxies::originOf(const net::ip::address &peer, bool secure, const Request &request) const {
    Origin out{peer, secure, false};
    if (m_ranges.empty() || !contains(peer))
        return out;
    out.anonymous = true;
    const std::string addresses = joined(request, "x-forwarded-for");
    std::string_view rest = addresses;
    for (int hop = 0; hop < mostHops; ++hop) {
        const auto last = takeLast(rest);
        const auto address = last ? addressIn(*last) : std::nullopt;
        if (!address)
            break;
        out.address = *address;
        out.anonymous = contains(*address);
        if (!out.anonymous)
            break;
    }
    const std::string protocols = joined(request, "x-forwarded-proto");
    std::string_view protocolList = protocols;
    if (const auto last = takeLast(protocolList))
        out.secure = out.secure || equalsIgnoringCase(*last, "https");
    return out;
}

std::optional<net::ip::address> addressIn(std::string_view text) {
    text = unquoted(trimmed(text));
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return std::nullopt;
        text = text.substr(1, end - 1);
    } else if (std::ranges::count(text, ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    // Longer than any address: not even tried.
    if (text.empty() || text.size() > 64)
        return std::nullopt;
    beast::error_code error;
    const auto address = net::ip::make_address(std::string(text), error);
    if (error)
        return std::nullopt;
    return address;
}

std::string hostName(std::string_view authority) {
    authority = trimmed(authority);
    if (authority.starts_with('[')) {
        const std::size_t end = authority.find(']');
        authority = end == std::string_view::npos ? std::string_view() : authority.substr(1, end - 1);
    } else if (std::ranges::count(authority, ':') == 1) {
        authority = authority.substr(0, authority.find(':'));
    }
    if (authority.ends_with('.'))
        authority.remove_suffix(1);
    std::string out(authority);
    std::ranges::transform(
        out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

} // namespace longcode::httpd
