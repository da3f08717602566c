#include "rules/prohibited_content.h"

#include <algorithm>

namespace longcode::rules {

namespace {

/// Word indices that harmless phrases cover.
std::vector<bool> coveredWords(const Words &words, const Lexicon &harmless) {
    std::vector<bool> covered(static_cast<std::size_t>(words.size()), false);
    for (qsizetype at = 0; at < words.size(); ++at)
        if (const auto match = harmless.matchAt(words, at))
            std::fill(covered.begin() + match->begin, covered.begin() + match->end, true);
    return covered;
}

bool isDenied(const Words &words, qsizetype at) {
    constexpr qsizetype reach = 12;
    const Lexicon &negations = phrases("negation");
    for (qsizetype i = std::max<qsizetype>(0, at - reach); i < at; ++i)
        if (negations.matchAt(words, i))
            return true;
    return false;
}

} // namespace

QString prohibitedIn(const Passage &passage, const char *category, bool denialsCount) {
    const ProhibitedCategory &list = prohibitedCategory(category);
    const Words &words = passage.words();
    auto match = list.terms.find(words);
    if (!match)
        return {};
    const std::vector<bool> covered = coveredWords(words, list.harmless);
    for (; match; match = list.terms.find(words, match->begin + 1)) {
        const bool isHarmless = std::any_of(covered.begin() + match->begin, covered.begin() + match->end,
                                            [](bool word) { return word; });
        if (!isHarmless && !(denialsCount && isDenied(words, match->begin)))
            return match->phrase;
    }
    return {};
}

QString adultMatterIn(const Passage &passage) {
    for (const char *category : {"alcohol", "tobacco", "firearms", "gambling", "cannabis"}) {
        const QString term = prohibitedIn(passage, category, true);
        if (!term.isEmpty())
            return term;
    }
    const auto age = phrases("age").find(passage.words());
    return age ? age->phrase : QString();
}

} // namespace longcode::rules
