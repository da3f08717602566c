#include "contacts/csv_separator.h"

#include <algorithm>
#include <array>
#include <vector>

namespace longcode::contacts {

namespace {

constexpr std::array candidates{';', '\t', '|', ','}; // the comma last: it is in numbers and sentences, too
constexpr std::size_t mostLines = 20;
using Counts = std::array<int, candidates.size()>;

/// How often each candidate stands outside quotes, line by line.
std::vector<Counts> countsOf(QByteArrayView beginning) {
    std::vector<Counts> lines(1);
    bool isQuoted = false;
    bool isBlankLine = true;
    for (const char c : beginning) {
        if (c == '"')
            isQuoted = !isQuoted;
        if (isQuoted)
            continue;
        if (c == '\n' || c == '\r') {
            if (!isBlankLine) {
                if (lines.size() == mostLines)
                    return lines;
                lines.emplace_back();
            }
            isBlankLine = true;
            continue;
        }
        isBlankLine = false;
        const auto found = std::find(candidates.begin(), candidates.end(), c);
        if (found != candidates.end())
            ++lines.back()[static_cast<std::size_t>(found - candidates.begin())];
    }
    if (lines.size() > 1)
        lines.pop_back(); // cut off, or nothing behind the last line end
    return lines;
}

} // namespace

char likelySeparator(QByteArrayView beginning) {
    const std::vector<Counts> lines = countsOf(beginning);
    std::size_t best = candidates.size() - 1;
    int bestScore = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const int first = lines.front()[i];
        if (first == 0)
            continue;
        const auto even = std::count_if(lines.begin(), lines.end(),
                                        [i, first](const Counts &counts) { return counts[i] == first; });
        const int score = static_cast<int>(even) * 1000 + std::min(first, 999);
        if (score > bestScore) {
            bestScore = score;
            best = i;
        }
    }
    return candidates[best];
}

} // namespace longcode::contacts
