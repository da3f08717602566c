#pragma once

#include "httpd/httpd.h"

namespace longcode::httpd {

/// What a connection would have made of some bytes.
struct Dissected {
    std::vector<Request> requests; ///< whole ones, in order
    int status = 0;                ///< the refusal that ended it; 0: it waits for more
};

/// Reads `bytes` as a connection from 127.0.0.1 does, `step` of them at a time, without a socket: for tests
/// and fuzzers. Host names are not checked, nobody is paused.
[[nodiscard]] Dissected dissect(std::string_view bytes, std::size_t step, const Options &options);

} // namespace longcode::httpd
