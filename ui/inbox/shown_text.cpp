#include "inbox/shown_text.h"

#include "rules/visible_controls.h"

#include <algorithm>

namespace longcode::inbox {

namespace {

QString withPlainParagraphs(const QString &foreign) {
    QString text = foreign;
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    for (QChar &character : text) {
        if (character == QLatin1Char('\r') || character == QChar::ParagraphSeparator ||
            character == QChar::LineSeparator)
            character = QLatin1Char('\n');
    }
    return text;
}

constexpr QChar writtenOutBegin(0x27e8);
constexpr QChar writtenOutEnd(0x27e9);

} // namespace

ShownText::ShownText(const QString &foreign)
    : m_original(withPlainParagraphs(foreign)), m_shown(rules::displayWithVisibleControls(m_original)) {
    if (m_shown != m_original)
        align();
}

/// What is written out stands between angle brackets, where the original has another character.
void ShownText::align() {
    m_starts.reserve(m_original.size() + 1);
    int shown = 0;
    for (int i = 0; i < m_original.size(); ++i) {
        m_starts << shown;
        const bool same = shown < m_shown.size() && m_shown.at(shown) == m_original.at(i);
        const bool writtenOut = !same && shown < m_shown.size() && m_shown.at(shown) == writtenOutBegin;
        if (!writtenOut) {
            ++shown;
            continue;
        }
        const auto end = int(m_shown.indexOf(writtenOutEnd, shown));
        shown = end < 0 ? int(m_shown.size()) : end + 1;
        const bool pair = m_original.at(i).isHighSurrogate() && i + 1 < m_original.size() &&
                          m_original.at(i + 1).isLowSurrogate();
        if (pair) {
            m_starts << shown;
            ++i;
        }
    }
    m_starts << int(m_shown.size());
}

int ShownText::toShown(int original) const {
    const int place = std::clamp(original, 0, int(m_original.size()));
    return m_starts.isEmpty() ? place : m_starts.at(place);
}

int ShownText::toOriginal(int shown) const {
    if (m_starts.isEmpty())
        return std::clamp(shown, 0, int(m_original.size()));
    const auto next = std::upper_bound(m_starts.cbegin(), m_starts.cend(), shown);
    return next == m_starts.cbegin() ? 0 : int(next - m_starts.cbegin()) - 1;
}

QString ShownText::originalBetween(int shownFrom, int shownTo) const {
    const int from = toOriginal(shownFrom);
    return m_original.mid(from, toOriginal(shownTo) - from);
}

} // namespace longcode::inbox
