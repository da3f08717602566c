#include "check/line_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace longcode::check {

namespace {

/// What is there, without waiting for a full buffer as fread does.
std::size_t readSome(std::FILE *stream, char *to, std::size_t size) {
#ifdef _WIN32
    const int got = _read(_fileno(stream), to, static_cast<unsigned>(size));
#else
    ssize_t got = -1;
    do
        got = ::read(fileno(stream), to, size);
    while (got < 0 && errno == EINTR);
#endif
    return got > 0 ? static_cast<std::size_t>(got) : 0;
}

} // namespace

LineReader::LineReader(std::FILE *stream, std::size_t limit)
    : m_stream(stream), m_limit(limit), m_buffer(64 * 1024) {}

bool LineReader::fill() {
    m_position = 0;
    m_filled = readSome(m_stream, m_buffer.data(), m_buffer.size());
    return m_filled > 0;
}

bool LineReader::next(std::string &line) {
    line.clear();
    m_tooLong = false;
    bool any = false;
    while (hasMore() || fill()) {
        any = true;
        const auto begin = m_buffer.begin() + static_cast<std::ptrdiff_t>(m_position);
        const auto end = m_buffer.begin() + static_cast<std::ptrdiff_t>(m_filled);
        const auto feed = std::find(begin, end, '\n');
        const auto length = static_cast<std::size_t>(feed - begin);
        const std::size_t kept = std::min(length, m_limit - line.size());
        line.append(begin, begin + static_cast<std::ptrdiff_t>(kept));
        m_tooLong = m_tooLong || kept < length;
        m_position += length;
        if (feed != end) {
            ++m_position;
            return true;
        }
    }
    return any;
}

} // namespace longcode::check
