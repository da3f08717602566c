#include "contacts/plain_text.h"

#include <algorithm>

namespace longcode::contacts {

namespace {

constexpr char32_t joiner = 0x200D;
constexpr char32_t nonJoiner = 0x200C;

bool isJoiner(char32_t c) {
    return c == joiner || c == nonJoiner;
}

/// Characters nobody sees that letters do without: direction controls, zero-width spaces, fillers, tags.
bool isHidden(char32_t c) {
    switch (c) {
    case 0x00AD: // soft hyphen
    case 0x034F: // combining grapheme joiner
    case 0x061C: // Arabic letter mark
    case 0x115F: // Hangul fillers
    case 0x1160:
    case 0x3164:
    case 0xFFA0:
    case 0x180E: // Mongolian vowel separator
    case 0x200B: // zero-width space
    case 0xFEFF:
        return true;
    default:
        return (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
               (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
    }
}

bool isBlank(char32_t c) {
    return QChar::isSpace(c) || c == 0x2800; // the empty Braille pattern
}

bool isControl(char32_t c) {
    return QChar::category(c) == QChar::Other_Control;
}

/// Builds the cleaned text one character at a time.
class Cleaner {
public:
    Cleaner(bool hasLines, qsizetype longest) : m_hasLines(hasLines), m_longest(longest) {}

    void add(char32_t c) {
        if (m_hasLines && c == U'\n')
            m_breaks = std::min(m_breaks + 1, 2);
        else if (isBlank(c))
            m_hasBlank = true;
        else if (isHidden(c) || isControl(c))
            m_result.hadHidden = true;
        else if (isJoiner(c))
            m_joiner = c;
        else
            addVisible(c);
    }

    PlainText result() {
        m_result.hadHidden = m_result.hadHidden || m_joiner != 0;
        return m_result;
    }

private:
    void addVisible(char32_t c) {
        QString piece;
        const bool isFirst = m_result.text.isEmpty();
        if (m_breaks > 0 && !isFirst)
            piece = QString(m_breaks, QLatin1Char('\n'));
        else if (m_hasBlank && !isFirst)
            piece = QStringLiteral(" ");
        if (m_joiner != 0) {
            if (isFirst || !piece.isEmpty())
                m_result.hadHidden = true;
            else
                piece = QChar(static_cast<char16_t>(m_joiner));
        }
        m_breaks = 0;
        m_hasBlank = false;
        m_joiner = 0;
        piece += QChar::fromUcs4(c);
        if (m_result.wasCut || m_result.text.size() + piece.size() > m_longest)
            m_result.wasCut = true;
        else
            m_result.text += piece;
    }

    bool m_hasLines;
    qsizetype m_longest;
    PlainText m_result;
    int m_breaks = 0;
    bool m_hasBlank = false;
    char32_t m_joiner = 0;
};

/// Most text of the world's files: printable ASCII without blanks to mend.
bool isCleanAlready(QStringView text, qsizetype longest) {
    if (text.size() > longest || text.startsWith(u' ') || text.endsWith(u' '))
        return false;
    bool wasBlank = false;
    for (const QChar c : text) {
        if (c < u' ' || c > u'~' || (wasBlank && c == u' '))
            return false;
        wasBlank = c == u' ';
    }
    return true;
}

PlainText plain(QStringView text, qsizetype longest, bool hasLines) {
    if (isCleanAlready(text, longest))
        return {text.toString(), false, false};
    Cleaner cleaner(hasLines, longest);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'\r') {
            if (i + 1 == text.size() || text[i + 1] != u'\n')
                cleaner.add(U'\n');
        } else if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            cleaner.add(QChar::surrogateToUcs4(c, text[++i]));
        } else {
            cleaner.add(c.isSurrogate() ? char32_t(QChar::ReplacementCharacter) : char32_t(c.unicode()));
        }
    }
    return cleaner.result();
}

} // namespace

PlainText plainLine(QStringView text, qsizetype longest) {
    return plain(text, longest, false);
}

PlainText plainLines(QStringView text, qsizetype longest) {
    return plain(text, longest, true);
}

QString excerpt(QStringView text) {
    constexpr qsizetype longest = 40;
    const PlainText cleaned = plainLine(text.left(10 * longest), longest);
    return cleaned.wasCut || text.size() > 10 * longest ? QString(cleaned.text + QChar(0x2026))
                                                        : cleaned.text;
}

} // namespace longcode::contacts
