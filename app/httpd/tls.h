#pragma once

#include "httpd/net.h"

#include "httpd/httpd.h"

#include <filesystem>

struct ssl_ctx_st;
struct ssl_st;

namespace longcode::httpd {

struct SslDeleter {
    void operator()(ssl_st *ssl) const;
};
using Ssl = std::unique_ptr<ssl_st, SslDeleter>;

/// Certificate and key, as OpenSSL wants them: TLS 1.2 and 1.3, forward secrecy only. Looks at the files
/// again from time to time. Lives on the server's thread after `load`.
class TlsContext {
public:
    using Trouble = std::function<void(const std::string &)>;

    /// The error is a sentence that names the file.
    [[nodiscard]] static Result<std::unique_ptr<TlsContext>, std::string> load(TlsFiles files,
                                                                               Trouble trouble);

    /// The server's end of a session over `peer`, which must stay where it is for as long. Null: out of
    /// memory.
    [[nodiscard]] Ssl session(Peer &peer);

private:
    /// What tells one state of the files from another.
    struct Stamp {
        std::filesystem::file_time_type certificateTime{}, keyTime{};
        std::uintmax_t certificateSize = 0, keySize = 0;
        friend bool operator==(const Stamp &, const Stamp &) = default;
    };

    TlsContext(TlsFiles files, Trouble trouble);
    [[nodiscard]] Stamp stamp() const;
    void reloadWhenChanged();

    const TlsFiles m_files;
    const Trouble m_trouble;
    std::shared_ptr<ssl_ctx_st> m_context;
    Stamp m_seen;
    std::chrono::steady_clock::time_point m_nextCheck;
};

} // namespace longcode::httpd
