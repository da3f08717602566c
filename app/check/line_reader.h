#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace longcode::check {

/// Reads lines of bounded length from a stream it does not own. What is beyond the limit is read and
/// dropped, so the next line is found whatever comes.
class LineReader {
public:
    LineReader(std::FILE *stream, std::size_t limit);

    /// The next line without its line feed; false at the end. `tooLong()` tells whether it was cut.
    [[nodiscard]] bool next(std::string &line);
    [[nodiscard]] bool tooLong() const { return m_tooLong; }
    /// Whether the next line may be there already; if not, the caller should flush what it has to say.
    [[nodiscard]] bool hasMore() const { return m_position < m_filled; }

private:
    bool fill();

    std::FILE *m_stream;
    std::size_t m_limit;
    std::vector<char> m_buffer;
    std::size_t m_position = 0;
    std::size_t m_filled = 0;
    bool m_tooLong = false;
};

} // namespace longcode::check
